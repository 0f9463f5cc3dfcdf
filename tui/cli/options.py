"""Options that many commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StorePath = Annotated[
    Path | None, typer.Option("--store", envvar="TASKING_STORE", help="The store to use.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Top = Annotated[str, typer.Option("--top", help="How many ranks to print, or 'all'.")]

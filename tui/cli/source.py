"""``--source``: whether ward numbers are from published counts or from crime reports, never from both."""

from __future__ import annotations

from db.report_counts import REPORTS
from tui.cli.choices import ward_sources
from tui.cli.common import choice


def release_asked(source: str, release: str | None) -> str | None:
    """The release that is counted, by its name; crime reports are counted as one. Raises a usage error."""
    import typer

    if choice("--source", source, ward_sources()) != REPORTS:
        return release
    if release is not None:
        raise typer.BadParameter("is of published counts; leave out --source reports", param_hint="--release")
    return REPORTS

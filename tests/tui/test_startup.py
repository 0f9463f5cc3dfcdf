"""What stands between the command and the first paint: no library that the ranked list can do without."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.days import day_of
from core.meetings import views
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import NOW, WriteExtract
from tests.tui.keyboard import MakeApp, seated
from tui.cli.dressing import takes_keys

_LATER = ("typer", "alembic", "markdown_it", "pydantic", "sqlalchemy", "sqlmodel", "zipfile")
_OF_OTHERS = (
    "core.cohorts",
    "core.registers",
    "core.stability",
    "db.areas",
    "db.memberships",
    "db.wards",
    "tui.dialogs.pick",
)
"""Modules of the program that the list of people is shown without: together a tenth of the time to its first paint."""
_OPEN = """
import sys
from textual.app import App
from tui.launch import run
from tui.widgets.record_list import RecordList

def look(app):
    lists = list(app.screen.query(RecordList))
    if lists and lists[0].count:
        loaded = sorted(name for name in {later!r} if name in sys.modules)
        with open({said!r}, "w") as stream:
            stream.write(f"{{lists[0].count}} {{loaded}}")
        app.exit()

display = App._display
def painted(app, *rest):
    display(app, *rest)
    look(app)
App._display = painted
sys.argv = ["tasking", "open", "--store", {store!r}, "--view", "suspects", "--as-of", {day!r}]
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_ranked_list_is_painted_before_any_heavy_library_is_loaded(
    store: Store, tmp_path: Path, write_extract: WriteExtract
) -> None:
    from db.loading.importing import import_file

    rows = [{"crime_ref": f"26{n:05}/26", "person_ref": f"P{n // 2}", "victim_ref": f"V{n}"} for n in range(8)]
    import_file(store, write_extract(rows))
    make_run(store, RankingRequest(day_of(NOW.date())))
    said = tmp_path / "said"
    script = _OPEN.format(
        later=(*_LATER, *_OF_OTHERS), said=str(said), store=str(store.path), day=NOW.date().isoformat()
    )
    _run_in_terminal([sys.executable, "-c", script], tmp_path)
    assert said.read_text() == "4 []"


@pytest.mark.parametrize("view", ["suspects", None])
async def test_keys_go_to_the_room_as_soon_as_it_is_there(make_app: MakeApp, view: str | None) -> None:
    app = make_app(view=view)
    assert not takes_keys(app), "what is typed before waits"
    async with seated(app, size=(80, 24)) as chair:
        await chair.settled()
        assert takes_keys(app)


def test_no_list_and_no_page_of_a_ward_loads_a_heavy_library_to_be_read() -> None:
    names = [f"tui.views.{name}" for name in views() if name != "readback"] + ["tui.screens.ward"]
    script = f"import sys\nfor name in {names!r}: __import__(name)\nprint([n for n in {_LATER!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_loop_is_loaded_without_tls_which_is_there_for_who_asks_later() -> None:
    script = (
        "import sys\nfrom tui.launch import load_the_loop\nload_the_loop()\n"
        "print('asyncio' in sys.modules, 'ssl' in sys.modules)\nimport ssl\nprint(ssl.HAS_TLSv1_2)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True"]


def _run_in_terminal(command: list[str], home: Path) -> None:
    import pexpect

    environment = {**os.environ, "HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_FPS": "60"}
    child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=(40, 120), timeout=20)
    end = time.monotonic() + 20
    while child.isalive() and time.monotonic() < end:
        try:
            child.read_nonblocking(65536, timeout=0.2)
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            break
    child.close(force=True)


def test_the_tables_load_no_other_database() -> None:
    """A keyword of another dialect makes SQLAlchemy load all of it: a sixth of what the tables take."""
    script = (
        "import sys, db.tables; print({n.split('.')[2] for n in sys.modules if n.startswith('sqlalchemy.dialects.')})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("{'sqlite', '_typing'}", "{'_typing', 'sqlite'}")

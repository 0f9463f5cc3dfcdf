"""What many tests need: a store with a still clock, extracts of a few rows, and the real files where they are."""

from __future__ import annotations

import csv
import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from core.extract import COLUMNS
from db import demo
from db.store import Clock, Store, access, engine, make_store, open_store
from tests import connections, once, rings, whole
from tests.kept import kept

settings.register_profile("suite", max_examples=10, derandomize=True, database=None, deadline=None)
settings.register_profile("thorough", max_examples=200, deadline=None)  # with --hypothesis-profile=thorough
settings.load_profile("suite")
gc.set_threshold(50_000, 20, 50)  # every screen that was open leaves cycles behind: collecting seldom saves a sixth
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
_HERE = Path(__file__).resolve().parent
ROW = {
    "crime_ref": "2600001/26",
    "ho_code": "105/01",
    "offence": "Common assault",
    "committed_from": "01/11/2026",
    "reported_on": "02/11/2026",
    "ward_code": "E05009367",
    "borough": "Hackney",
    "domestic_abuse": "yes",
    "vawg": "yes",
    "detected_by": "public",
    "outcome": "under investigation",
    "person_ref": "P1",
    "surname": "Testcase",
    "forenames": "Al",
    "born_on": "01/02/1990",
    "sex": "M",
    "status": "at large",
    "role": "named suspect",
    "named_by": "victim",
    "victim_ref": "V1",
}
"""A row of an extract that is taken as it stands."""

DURABLE: tuple[str, ...] = engine._PRAGMAS
"""What the program asks of SQLite for every connection that writes."""
engine._PRAGMAS = (
    *DURABLE,
    "PRAGMA synchronous=OFF",
)  # no test in this process cuts the power; journeys use the program
access.machine_user = lambda: "keeper"  # whoever runs the tests is the user of the stores that have users
WriteExtract = Callable[..., Path]
connections.watch()
once.share_commands()
once.share_statements()


_LONG_FIRST = ("tui", "core", "db")
"""The order of the folders of tests: a long file that begins last would be waited for alone, and ``core`` has one."""
_WAITING = ("journeys", "strain")
"""The folders of tests that mostly wait for programs of their own. Side by side they would leave the cores idle."""
_BETWEEN = 8
"""So many other files are handed out after each file of them."""
_MEANWHILE = 12
"""So many files that need no demo are tried while the first worker builds it: the others would only wait for it."""


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(_HERE).parts[0]


def _in_order(items: Sequence[pytest.Item]) -> dict[Path, int]:
    """The place of each file: those that take long first, what waits strewn among what works."""
    place = {name: nth for nth, name in enumerate(_LONG_FIRST)}
    waiting = dict.fromkeys(item.path for item in items if _folder(item) in _WAITING)
    files = dict.fromkeys(item.path for item in sorted(items, key=lambda one: place.get(_folder(one), len(place))))
    working = [path for path in files if path not in waiting]
    for nth, path in enumerate(waiting):
        working.insert(nth * (_BETWEEN + 1), path)
    return {path: nth for nth, path in enumerate(working)}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare ``--whole``."""
    whole.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of what is left to ``--whole``."""
    whole.add_markers(config)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Look for cycles among all that a run has left once, not time and again while its process ends."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores to work on: what is tried in a terminal mostly waits."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1


def pytest_report_header(config: pytest.Config) -> str:
    """Say what of the walks is tried."""
    return f"walks: {whole.left_to_whole(config)}"


@pytest.hookimpl(trylast=True)  # pictures of what is left out are known by then, and not taken for unused ones
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is left to ``--whole``, and begin with the files that take longest: they are handed out so."""
    whole.leave(config, items)
    order = _in_order(items)
    items.sort(key=lambda item: order[item.path])
    on_demo = {item.path for item in items if "demo_store" in getattr(item, "fixturenames", ())}
    builds = next((item.path for item in items if item.path in on_demo), None)
    others = dict.fromkeys(item.path for item in items if item.path not in on_demo and item.path.parent.name == "db")
    meanwhile = [*others][:_MEANWHILE]
    items.sort(key=lambda item: 0 if item.path == builds else 1 if item.path in meanwhile else 2)


@pytest.fixture(scope="module", autouse=True)
def everything_closed() -> Iterator[None]:
    """Fail a file of tests that leaves a connection open, by itself or in the program. Set up first, so ended last."""
    yield
    if found := connections.close_left_open():
        pytest.fail("not closed:\n" + "\n".join(found), pytrace=False)


@pytest.fixture(scope="session")
def of_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of this run, one for all its workers."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


@pytest.fixture(scope="session")
def demo_store(of_run: Path) -> Path:
    """The store of a small synthetic London; copy it, do not write to it."""

    def build(path: Path) -> None:
        demo.build(path, NOW.date(), step=lambda *_: None, suspects=600).close()

    return kept("demo", of_run, build)


@pytest.fixture
def shared() -> Path:
    """The folder of real published files beside the project."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real published files are not beside the project")
    return folder


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return lambda: NOW


@pytest.fixture(scope="session")
def blank(of_run: Path) -> Path:
    """A store that holds nothing yet, made once; copy it, do not write to it."""
    return kept("blank", of_run, lambda path: make_store(path, "tester").close())


@pytest.fixture
def store(tmp_path: Path, blank: Path, clock: Clock) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(Path(shutil.copy(blank, tmp_path / "tasking.db")), "tester", clock)
    yield opened
    opened.close()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[rings.Ring]:
    """A machine with a keyring, which keeps what it is given in memory."""
    with rings.put_in_place(monkeypatch) as found:
        yield found


@pytest.fixture
def write_extract(tmp_path: Path) -> WriteExtract:
    """Writes an extract: each row is what differs from :data:`ROW`."""

    def write(rows: Sequence[dict[str, str]], name: str = "extract.csv", columns: Sequence[str] = COLUMNS) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows({**ROW, **row} for row in rows)
        return path

    return write

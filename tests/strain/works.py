"""What writes, each as one command line on a store laid out for it: killed, starved of disk, and locked out alike."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from db.loading.importing import import_file
from db.loading.profiles import profiles
from db.store import open_store
from db.store.backup import back_up
from db.store.opening import REVISIONS
from tests.db.test_hostile_imports import FILES
from tests.strain import checks, files, programs
from tests.strain.bases import Bases

_ROWS = 3_000
"""Rows of a long file: its import writes for some tenths of a second."""
_OF_FEW = {"edition": 400}
"""Profiles whose rows cannot be so many: codes of offences run out."""

Lay = Callable[[Bases, Path], list[str]]


@dataclass(frozen=True)
class Work:
    """A command that writes.

    reaches: what is covered by it. lay: lays out its store in a folder and gives the words of the command. says: what
    stands in its print once the write is done, which acknowledges it. whole: whether it is one transaction, so that
    the store is as before or as after.
    """

    name: str
    reaches: frozenset[str]
    lay: Lay
    says: str
    whole: bool = True


@dataclass(frozen=True)
class Reference:
    """How a work ends when it is let be: how many rows each table has before and after, how long it writes.

    before, after: by table. seconds: from its first write to its end. size: of the store's file, in bytes.
    """

    before: dict[str, int]
    after: dict[str, int]
    seconds: float
    size: int


def works() -> tuple[Work, ...]:
    """Everything that writes and can be started from the command line."""
    return (*_imports(), *_upgrades(), *_ON_LONDON, *_COPIES, DEMO)


def _imports() -> Iterator[Work]:
    for kind in profiles():
        reaches = frozenset({"command import", f"profile {kind}"})
        yield Work(f"import {kind}", reaches, _imported(kind, first=False), " taken, ")
        yield Work(f"first import, {kind}", reaches, _imported(kind, first=True), " taken, ")


def _imported(kind: str, *, first: bool) -> Lay:
    def lay(bases: Bases, place: Path) -> list[str]:
        if not first:
            bases.copy(bases.sampled, place)
        path = files.long_file(kind, _OF_FEW.get(kind, _ROWS), place)
        return ["import", str(path), "--store", str(place / "tasking.db")]

    return lay


def _upgrades() -> Iterator[Work]:
    for revision in REVISIONS[:-1]:
        reaches = frozenset({f"store of revision {revision}", "command verify"})
        yield Work(f"upgrade from {revision}", reaches, _upgraded(revision), "Sound: ")


def _upgraded(revision: str) -> Lay:
    def lay(bases: Bases, place: Path) -> list[str]:
        return ["verify", "--store", str(bases.old(revision, place))]

    return lay


def _on_london(*words: str) -> Lay:
    """A command on the synthetic London; ``{batch}`` and ``{meeting}`` are the last that can be named."""

    def lay(bases: Bases, place: Path) -> list[str]:
        store = bases.copy(bases.london, place)
        with closing(sqlite3.connect(store)) as connection:
            batch = connection.execute("SELECT MAX(id) FROM batch WHERE withdrawn = 0").fetchone()[0]
            meeting = connection.execute("SELECT MAX(id) FROM meeting WHERE sealed_at IS NOT NULL").fetchone()[0]
        given = {
            "{batch}": str(batch),
            "{meeting}": str(meeting),
            "{folder}": str(place / "papers"),
            "{export}": str(place / "q.csv"),
        }
        return [words[0], "--store", str(store), *(given.get(word, word) for word in words[1:])]

    return lay


def _command(name: str) -> frozenset[str]:
    return frozenset({f"command {name}"})


_DAY = ("--as-of", "2026-11-21")
_ON_LONDON = (
    Work(
        "rank",
        _command("rank"),
        _on_london("rank", "--method", "rfg", *_DAY),
        "Run ",
        whole=False,
    ),
    Work("withdraw", _command("withdraw"), _on_london("withdraw", "{batch}"), "is withdrawn"),
    Work(
        "addendum",
        _command("addendum"),
        _on_london("addendum", "{meeting}", "--what", "Six officers", "--why", "Written wrong"),
        "Addendum 1",
    ),
    Work(
        "actions raise",
        _command("actions"),
        _on_london("actions", "raise", "Visit the victim", "--owner", "Ward team", "--due", "+24h"),
        "Action ",
    ),
    Work("officers --keep", _command("officers"), _on_london("officers", "--total", "90", "--keep"), "Kept: "),
    Work("minutes --to", _command("minutes"), _on_london("minutes", "{meeting}", "--to", "{folder}"), "Written: "),
    Work("letter --to", _command("letter"), _on_london("letter", "--to", "{folder}"), "Written: "),
    Work("quarantine --export", _command("quarantine"), _on_london("quarantine", "--export", "{export}"), "written to"),
)


def _weighed(bases: Bases, place: Path) -> list[str]:
    weights = place / "own.toml"
    weights.write_text("[weights]\nharm = 77\n", encoding="utf-8")
    return ["priority", "--store", str(bases.copy(bases.london, place)), "--weights", str(weights), "--keep"]


def _counted_otherwise(bases: Bases, place: Path) -> list[str]:
    """A release of street-level crimes counted on another map of areas and wards."""
    store = bases.copy(bases.sampled, place)
    with closing(open_store(store, "strain")) as opened:
        import_file(opened, FILES / "lookup-years.csv")
    return ["lookup", "use", "wd25-lsoa21", "--release", "202610-202610-metropolitan", "--store", str(store)]


def _copied(bases: Bases, place: Path) -> list[str]:
    return ["backup", "--store", str(bases.copy(bases.london, place)), str(place / "copy.db")]


def _restored(bases: Bases, place: Path) -> list[str]:
    copy = back_up(bases.sampled, place / "copy.db").path
    return ["restore", "--store", str(bases.copy(bases.london, place)), str(copy)]


def _owned(_bases: Bases, place: Path) -> list[str]:
    return ["init", "--store", str(place / "tasking.db")]


_COPIES = (
    Work("init", _command("init"), _owned, "Made "),
    Work("priority --keep", _command("priority"), _weighed, "in force"),
    Work("lookup use", _command("lookup"), _counted_otherwise, "wd25-lsoa21"),
    Work("backup", _command("backup"), _copied, "Copied to "),
    Work("restore", _command("restore"), _restored, "Restored "),
)


def _demo(_bases: Bases, place: Path) -> list[str]:
    return ["demo", "--no-open", "--store", str(place / "tasking.db"), *_DAY]


DEMO = Work("demo", _command("demo"), _demo, "A synthetic London")
"""Takes some fifteen seconds, so that it is killed far less often."""


def reference(work: Work, bases: Bases) -> Reference:
    """How a work ends when it is let be; found once for all rounds of a run.

    Raises RuntimeError where it fails or writes nothing: what is killed then would not be what is meant.
    """
    kept = bases.folder / f"{work.name}.json"
    if kept.is_file():
        return Reference(**json.loads(kept.read_text("utf-8")))
    place = bases.folder / f"{work.name} let be by {os.getpid()}"
    place.mkdir()
    words = work.lay(bases, place)
    there = {path.name for path in place.iterdir()}
    before = checks.filled_tables(place / "tasking.db")
    ended = programs.run(words, place)
    after = checks.filled_tables(place / "tasking.db")
    changed = before != after or {path.name for path in place.iterdir()} != there
    if ended.code not in (0, 3) or work.says not in ended.printed or not changed:
        raise RuntimeError(f"{work.name} does not do what it is there for: {ended.code}: {ended.printed}")
    found = Reference(before, after, ended.writing, (place / "tasking.db").stat().st_size)
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(asdict(found)), encoding="utf-8")
    part.replace(kept)
    return found

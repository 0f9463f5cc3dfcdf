"""Stores that rounds copy: made once for a run, before the first round."""

from __future__ import annotations

import gzip
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from db import demo
from db.loading.importing import import_file
from db.store import make_store, open_store, sealed
from tests.db.test_hostile_imports import FILES, SAMPLES
from tests.db.test_old_stores import STORES

DAY = date(2026, 11, 21)
"""The day of the demo's meeting."""
_SUSPECTS = 600
_DECIDED = ("membership", "priority_ward", "focus_comment", "focus_item", "focus_week")
"""What a meeting adopts and chooses; what refers to another stands before it."""
_SAMPLED = datetime(2026, 11, 18, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Bases:
    """The folder of the stores. Each is copied, never written to.

    london: a synthetic London with three weeks of meetings. undecided: the same, in which no one was adopted and no
    ward or focus decided, so that every verb has something to do. sampled: the sound file of every profile, nothing
    else.
    """

    folder: Path

    @property
    def london(self) -> Path:
        """Where the synthetic London is."""
        return self.folder / "london.db"

    @property
    def undecided(self) -> Path:
        """Where the synthetic London is of which nothing was decided that a verb may want to decide."""
        return self.folder / "undecided.db"

    @property
    def sampled(self) -> Path:
        """Where the store with a file of every profile is."""
        return self.folder / "sampled.db"

    def copy(self, base: Path, place: Path) -> Path:
        """This round's own copy of a store, in its folder."""
        return Path(shutil.copy(base, place / "tasking.db"))

    def old(self, revision: str, place: Path) -> Path:
        """A store as the program of a revision left it, in the folder of a round."""
        path = place / "tasking.db"
        path.write_bytes(gzip.decompress((STORES / f"{revision}.db.gz").read_bytes()))
        return path


def make_bases(folder: Path, london: Path | None = None) -> Bases:
    """Make the stores in a folder; *london* where a synthetic London is there already."""
    bases = Bases(folder)
    if london is None:
        demo.build(bases.london, DAY, step=lambda *_: None, suspects=_SUSPECTS).close()
    else:
        shutil.copy(london, bases.london)
    _leave_undecided(bases)
    with closing(make_store(bases.sampled, "tester", lambda: _SAMPLED)) as store:
        for sample in SAMPLES.values():
            import_file(store, FILES / f"{sample.file}.csv", today=_SAMPLED.date())
    return bases


def _leave_undecided(bases: Bases) -> None:
    """Take out what meetings decided, by a command of its own, the sealed ones' too: no meeting could do that."""
    shutil.copy(bases.london, bases.undecided)
    with (
        patch.object(sealed, "check", lambda *_given, **_named: None),
        closing(open_store(bases.undecided, "tester")) as store,
        store.change("Leave it undecided", kind="import", meeting=None) as writing,
    ):
        for table in _DECIDED:
            for row in store.read.rows(f'SELECT id FROM "{table}" ORDER BY id DESC'):  # noqa: S608 - names from here
                writing.remove(table, row["id"])

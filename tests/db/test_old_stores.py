"""Stores of every revision, filled by the program of their time (``tests/stores``), opened by the program of today."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from typer.testing import CliRunner

import db
from core.deployments import State
from core.errors import Conflict
from db import actions, addenda, bids, deployments, granting, meetings, rankings, releases, sealing
from db.actions import Subject
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.runs import make_run
from db.store import HEAD, Store, open_store
from db.store.journal import Values
from db.store.undo import Undoable, redo, reverse, undo
from db.store.verify import verify
from tests.db import run_history
from tests.db.files import rows_of
from tui import exits
from tui.main import app

STORES = Path(__file__).resolve().parents[1] / "stores"
REVISIONS = sorted(path.name[:4] for path in (Path(db.__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 18)
DAILY, WEEKLY = 1, 2
PAPERS = {
    "2026-11-17-daily-minutes.md": "minutes.md",
    "2026-11-17-daily-minutes.html": "minutes.html",
    "2026-11-17-briefing-report.md": "report.md",
    "2026-11-17-briefing-report.html": "report.html",
}
"""The papers of the sealed meeting as they are written today, and the end of the name that each is kept under."""
UNITS = {"VCTF East 1": 6, "VCTF North 1": 8, "VCTF North 2": 7, "VCTF South 1": 11, "VCTF South 2": 6}
"""The units of every store with their officers; the latest batch brought East 1 and changed South 1."""
SENT = {("VCTF North 1", "knife arch"): State.OVER, ("VCTF South 1", "ANPR"): State.PLANNED}
"""What units of every store were sent for, and how that stands at three on the Wednesday."""


pytestmark = pytest.mark.in_turn("old", 6, always=(REVISIONS[0], REVISIONS[-1]))
"""Every test tries the first revision, the last and some of those between; with --whole all."""


@dataclass(frozen=True)
class Old:
    """A store as its revision left it, and the copy that today's program opens."""

    revision: str
    left: Path
    path: Path

    def rows(self, query: str) -> list[Any]:
        """Rows of the store as it was left."""
        with closing(sqlite3.connect(self.left)) as connection:
            return connection.execute(query).fetchall()

    def paper(self, end: str) -> bytes:
        """A paper as the program of the revision wrote it."""
        return (STORES / f"{self.revision}-{end}").read_bytes()


@pytest.fixture(params=REVISIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    """The store of one revision."""
    packed = STORES / f"{request.param}.db.gz"
    if not packed.exists():
        pytest.fail(f"No store of revision {request.param} is kept. Make it: python tests/stores/make.py")
    left, path = tmp_path / "left.db", tmp_path / "tasking.db"
    left.write_bytes(gzip.decompress(packed.read_bytes()))
    shutil.copyfile(left, path)
    return Old(request.param, left, path)


@cache
def _as_today(packed: Path) -> bytes:
    """A store that today's program opened once: the upgrade is most of what a test would take."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tasking.db"
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        _opened(path).close()
        return path.read_bytes()


def _opened(path: Path) -> Store:
    return open_store(path, "Insp A. Nother", lambda: NOW)


@pytest.fixture
def upgraded(old: Old) -> Iterator[Store]:
    """The store of one revision, opened by today's program."""
    old.path.write_bytes(_as_today(STORES / f"{old.revision}.db.gz"))
    store = _opened(old.path)
    yield store
    store.close()


def test_a_store_is_of_its_revision_and_holds_something_of_every_table(old: Old) -> None:
    assert old.rows("SELECT version_num FROM alembic_version") == [(old.revision,)]
    tables = [name for (name,) in old.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    empty = [name for name in tables if not old.rows(f'SELECT 1 FROM "{name}" LIMIT 1')]  # noqa: S608
    assert empty == ([] if old.revision < "0011" else ["run_entry"]), "which holds runs of before alone"


def test_the_journal_is_sound_and_its_entries_are_those_that_were_written(old: Old, upgraded: Store) -> None:
    query = "SELECT id, who, decided_at, entered_at, what, kind, changes, undoes, previous, hash FROM journal"
    written = old.rows(f"{query} ORDER BY id")
    assert rows_of(upgraded, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert [tuple(row) for row in upgraded.read.rows(f"{query} ORDER BY id")][: len(written)] == written
    assert verify(upgraded).fault is None


def _stand(store: Store, changes: list[Values], side: str) -> bool:
    """Whether every row of an entry is as it was before or after it, in the columns that the entry names."""
    return all(_row(store, change) == change[side] for change in changes)


def _row(store: Store, change: Values) -> Values | None:
    names = list(change["before"] or change["after"])
    columns = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT {columns} FROM "{change["table"]}" WHERE id = :id'  # noqa: S608 - names from the journal
    found = store.read.rows(query, id=change["id"])
    return dict(zip(names, found[0], strict=True)) if found else None


def test_the_last_commands_are_taken_back_and_done_again(old: Old, upgraded: Store) -> None:
    rows = old.rows("SELECT id, what, changes FROM journal ORDER BY id DESC LIMIT 2")
    for number, what, changes in rows:
        reverse(upgraded, Undoable(number, what), "Undo")
        assert _stand(upgraded, json.loads(changes), "before")
        assert verify(upgraded).fault is None
    for number, what, changes in reversed(rows):
        taken_back = f"SELECT id, what FROM journal WHERE undoes = {number}"  # noqa: S608 - a number
        reverse(upgraded, Undoable(*upgraded.read.rows(taken_back)[0]), "Redo")
        assert _stand(upgraded, json.loads(changes), "after"), what
        assert verify(upgraded).fault is None


def test_undo_takes_back_what_this_sitting_does_to_old_records_and_nothing_older(old: Old, upgraded: Store) -> None:
    with pytest.raises(Conflict, match="Nothing to undo"):
        undo(upgraded)
    [(number,)] = old.rows("SELECT MAX(id) FROM action WHERE status = 'open'")
    before = upgraded.read.rows("SELECT * FROM action ORDER BY id")
    actions.close_actions(upgraded, [number], "located", meeting_id=WEEKLY)
    after = upgraded.read.rows("SELECT * FROM action ORDER BY id")
    for _ in range(2):
        assert undo(upgraded) == f"Action {number} closed: located"
        assert upgraded.read.rows("SELECT * FROM action ORDER BY id") == before
        redo(upgraded)
        assert upgraded.read.rows("SELECT * FROM action ORDER BY id") == after
    undo(upgraded)
    with pytest.raises(Conflict, match="Nothing to undo"):
        undo(upgraded)
    assert verify(upgraded).fault is None


def test_an_upgrade_is_an_entry_that_covers_the_columns_that_rows_gained(old: Old, upgraded: Store) -> None:
    query = "SELECT who, what, meeting_id, sitting, changes FROM journal WHERE kind = 'upgrade'"
    entries = upgraded.read.rows(query)
    if old.revision == HEAD:
        assert entries == []
        return
    [(who, what, meeting, sitting, changes)] = entries
    assert who == "Insp A. Nother"
    kept = f"tasking-before-{HEAD}-2026-11-18-150000.db"
    as_made = "; runs 2, 3 are kept as they were made" if old.revision == "0001" else ""
    assert what == f"Upgrade the store from schema {old.revision} to {HEAD}; as it was it is kept in {kept}{as_made}"
    assert (meeting, sitting, upgraded.sitting) == (None, _sittings(old) + 1, None)
    gained = {
        (one["table"], column) for one in json.loads(changes) if one["before"] is not None for column in one["after"]
    }
    assert gained == _columns_since(old, upgraded)
    for table, column in sorted(gained & _columns_of_the_next(old)):
        with _spoilt(old, table, column):
            fault = verify(upgraded).fault
            assert fault is not None, f"{table}.{column} is not covered"
            assert f": {column} differs." in fault or f"cannot be read: {column} of" in fault, fault
    assert verify(upgraded).fault is None


def _sittings(old: Old) -> int:
    """How many sittings had written to a store; the first revisions did not count them."""
    columns = {name for _, name, *_ in old.rows("SELECT * FROM pragma_table_info('journal')")}
    return int(old.rows("SELECT COALESCE(MAX(sitting), 0) FROM journal")[0][0]) if "sitting" in columns else 0


def _columns_since(old: Old, upgraded: Store) -> set[tuple[str, str]]:
    """The columns that tables of the journal have today and had not then, where such a row is still there."""
    changes = [change for (text,) in old.rows("SELECT changes FROM journal") for change in json.loads(text)]
    since = set()
    for table in {change["table"] for change in changes}:
        query = f"SELECT name FROM pragma_table_info('{table}')"  # noqa: S608 - names from the journal
        then, now = ({name for (name,) in rows} for rows in (old.rows(query), upgraded.read.rows(query)))
        kept = {number for (number,) in old.rows(f'SELECT id FROM "{table}"')}  # noqa: S608 - the same
        if kept & {change["id"] for change in changes if change["table"] == table}:
            since |= {(table, column) for column in now - then}
    return since


def _columns_of_the_next(old: Old) -> set[tuple[str, str]]:
    """The columns of the store of the next revision: what came later is asked of a later store, so each only once."""
    following = REVISIONS[REVISIONS.index(old.revision) + 1]
    path = old.path.with_name("next.db")
    path.write_bytes(gzip.decompress((STORES / f"{following}.db.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            (table, name)
            for table in tables
            for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])
        }


@contextmanager
def _spoilt(old: Old, table: str, column: str) -> Iterator[None]:
    """While it lasts, something else stands in a column of the first row, written past the program."""
    with closing(sqlite3.connect(old.path, isolation_level=None)) as connection:
        number, stood = connection.execute(f'SELECT id, "{column}" FROM "{table}" ORDER BY id').fetchone()  # noqa: S608
        write = f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?'  # noqa: S608 - names from the journal
        connection.execute(write, ("spoilt", number))
        yield
        connection.execute(write, (stood, number))


def _units(store: Store) -> dict[str, int]:
    ours = [unit for unit in deployments.units(store) if not unit.whom]
    return {unit.unit: unit.own for unit in ours}


def _sent(store: Store) -> dict[tuple[str, str], State]:
    found = deployments.board(store, NOW).deployments
    return {(sent.unit, one.tactic): one.state for one in found for sent in one.units}


def test_the_latest_batch_is_withdrawn(old: Old, upgraded: Store) -> None:
    [(latest,)] = old.rows("SELECT MAX(id) FROM batch WHERE withdrawn = 0")
    assert _units(upgraded) == UNITS
    assert SENT.items() <= _sent(upgraded).items(), "what a row of before said is a deployment, with its times"
    assert withdraw(upgraded, latest) == "units-3.csv"
    assert _units(upgraded) == {name: many for name, many in UNITS.items() if name != "VCTF East 1"} | {
        "VCTF South 1": 9
    }
    assert ("VCTF South 1", "ANPR") not in _sent(upgraded)
    assert verify(upgraded).fault is None


def _scores(store: Store, run: int) -> list[tuple[str, int | None, float, int, str]]:
    return [(e.person, e.rank, e.score, e.victims, e.status) for e in rankings.entries(store, run)]


def test_reports_stand_as_they_did_before_a_batch_that_revised_them(old: Old, upgraded: Store) -> None:
    [(revising,)] = old.rows("SELECT id FROM batch WHERE file = 'reports-2.csv'")
    later = f"SELECT id FROM batch WHERE withdrawn = 0 AND id >= {revising} ORDER BY id DESC"  # noqa: S608 - a number
    for (number,) in old.rows(later):
        withdraw(upgraded, number)
    again = make_run(upgraded, rankings.run(upgraded, 1).request)
    assert _scores(upgraded, again.id) == _scores(upgraded, 1)
    assert verify(upgraded).fault is None


def test_reports_that_are_read_again_change_nothing(upgraded: Store, tmp_path: Path) -> None:
    lines = (STORES / "files" / "reports-2.csv").read_text(encoding="utf-8").splitlines()
    more = tmp_path / "reports-3.csv"
    more.write_text("\n".join([*lines, lines[-1].replace("2601027/26", "2601028/26")]) + "\n", encoding="utf-8")
    result = import_file(upgraded, more, today=WEDNESDAY)
    assert (result.read, result.taken, result.unchanged, result.revised, result.quarantined) == (6, 1, 5, 0, 0)
    assert verify(upgraded).fault is None


_ENTRIES = (
    "SELECT e.rank, e.previous_rank, p.ref, e.score, e.allegations, e.crimes, e.victims, e.last_allegation "
    "FROM run_entry e JOIN person p ON p.id = e.person_id WHERE e.run_id = {run} ORDER BY e.position"
)


def test_a_kept_ranking_opens_as_it_was(old: Old, upgraded: Store) -> None:
    query = "SELECT id, method, edition, as_of, made_at, people, ranked, historic, unweighted FROM run"
    for number, *head, unweighted in old.rows(query):
        run = rankings.run(upgraded, number)
        assert [run.method, run.edition, run.as_of, run.made_at, run.people, run.ranked, run.historic] == head
        assert run.unweighted == json.loads(unweighted)
        entries = [
            (e.rank, e.previous_rank, e.person, e.score, e.allegations, e.crimes, e.victims, e.last_allegation)
            for e in rankings.entries(upgraded, number)
        ]
        assert entries
        assert old.revision >= "0011" or entries == old.rows(_ENTRIES.format(run=number))


def test_every_kept_ranking_reads_back_to_the_letter(old: Old, upgraded: Store) -> None:
    told = run_history.GOLDEN.read_text(encoding="utf-8").splitlines()
    assert [line for line in told if line.startswith(f"{old.revision} run")] == list(
        run_history.of_a_store(upgraded, old.revision)
    )


def test_a_ranking_made_anew_ranks_the_same_people_with_the_same_scores(old: Old, upgraded: Store) -> None:
    latest = [number for (number,) in old.rows("SELECT MAX(id) FROM run GROUP BY method")]
    assert latest
    for number in latest:
        head = rankings.run(upgraded, number)
        again = make_run(upgraded, head.request)
        assert (again.id > number, again.edition, again.people) == (True, head.edition, head.people)
        assert _scores(upgraded, again.id) == _scores(upgraded, number)
    assert verify(upgraded).fault is None


def test_the_papers_of_the_sealed_meeting_are_as_they_were(old: Old, upgraded: Store) -> None:
    meeting = meetings.meeting(upgraded, DAILY)
    query = f"SELECT minutes, report, seal FROM meeting WHERE id = {DAILY}"  # noqa: S608 - a number
    assert [(meeting.minutes, meeting.report, meeting.seal)] == old.rows(query)
    added = addenda.addenda(upgraded, DAILY)
    printed = [addenda.with_addenda(paper, added).encode() for paper in (meeting.minutes, meeting.report)]
    assert printed == [old.paper("minutes.md"), old.paper("report.md")]
    assert meetings.broken_seals(upgraded) == []


def _tasking(old: Old, *words: str) -> str:
    done = CliRunner().invoke(app, words, env={"TASKING_STORE": str(old.path), "COLUMNS": "200"})
    assert done.exit_code == exits.OK, done.stdout
    return done.stdout


def test_the_command_line_prints_and_writes_the_papers_as_they_were(old: Old, tmp_path: Path) -> None:
    assert _tasking(old, "minutes", str(DAILY)).encode() == old.paper("minutes.md") + b"\n"
    assert _tasking(old, "minutes", str(DAILY), "--report").encode() == old.paper("report.md") + b"\n"
    _tasking(old, "minutes", str(DAILY), "--to", str(tmp_path / "papers"), "--recipient", "archive")
    written = {path.name: path.read_bytes() for path in (tmp_path / "papers").iterdir()}
    assert written == {name: old.paper(end) for name, end in PAPERS.items()}


def test_the_command_line_finds_the_store_sound(old: Old) -> None:
    _tasking(old, "verify")


def test_the_open_meeting_goes_on_and_is_sealed(old: Old, upgraded: Store) -> None:
    meeting = meetings.open_meeting(upgraded, "weekly", "Another chair", WEDNESDAY)
    assert meeting == meetings.meeting(upgraded, WEEKLY)
    # Since then the weekly meeting of the store was handed over and raised one action more.
    chair, raised = ("DI D. Eputy", 3) if old.revision >= "0010" else ("Insp T. Tester", 2)
    assert (meeting.chair, meeting.sealed_at) == (chair, None)
    assert [one.reason for one in bids.bids(upgraded, WEEKLY) if one.outcome == "part"] == [
        "four officers, Friday only"
    ]
    assert len(actions.raised_in(upgraded, WEEKLY, NOW)) == raised
    about = [Subject("person", "P101", "ASHWORTH, Alan")]
    [number] = actions.raise_actions(upgraded, about, "Locate", "Intelligence", NOW + timedelta(1), meeting_id=WEEKLY)
    actions.close_actions(upgraded, [number], "located", meeting_id=WEEKLY)
    granting.decide_bid(upgraded, 2, "granted", "as asked", WEEKLY)
    sealing.seal(upgraded, meeting.id)
    assert meetings.broken_seals(upgraded) == []
    assert verify(upgraded).fault is None


def test_an_older_street_month_joins_and_what_was_not_kept_of_it_is_unknown(old: Old, upgraded: Store) -> None:
    if not "0003" <= old.revision < "0008":
        pytest.skip("a store without a street-level file of an earlier version")
    [before] = [one for one in releases.releases(upgraded) if one.profile == "police-uk-street"]
    assert (before.months, before.antisocial, before.facts.without_location) == (("202610",), (1,), None)
    import_file(upgraded, STORES / "files" / "street-2.csv")
    [after] = [one for one in releases.releases(upgraded) if one.profile == "police-uk-street"]
    assert (after.months, after.totals, after.antisocial) == (("202609", "202610"), (1, 2), (1, 0))
    assert [edition.release for edition in after.editions] == ["202609-202610-metropolitan"]


def test_the_store_of_today_can_be_made_anew_as_the_documentation_says(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(STORES.parents[1])}
    subprocess.run([sys.executable, STORES / "fill.py", HEAD, tmp_path], env=env, cwd=tmp_path, check=True)
    with closing(open_store(tmp_path / "tasking.db", "tester")) as made:
        assert verify(made).fault is None
    assert {path.suffix for path in (tmp_path / "papers").iterdir()} == {".md", ".html"}

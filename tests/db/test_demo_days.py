"""The demo lived through its days: nothing that it holds or has sealed is of a later day than when it was written."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.demo import deployments
from core.geography import current_wards

_AHEAD = {"Look again", "What was said", "What came of it", "Due", "Review on", "When", "From", "Until"}
"""Columns of papers that may name a later day: promises, what is due, reviews, what bids are for, plans of units."""
_FAIR = re.compile(
    r"\bdue (\d\d/\d\d/\d{4} \d\d:\d\d)"  # when an action is due
    r"|\bfrom \d\d/\d\d/\d{4} \d\d:\d\d to (\d\d/\d\d/\d{4} \d\d:\d\d)"  # carried from one time to another
    r"|; review (\d\d/\d\d(?:/\d{4})?(?: \d\d:\d\d)?)"  # when tension is looked at again
    r"|\b(?:until )?review on (\d\d/\d\d/\d{4})"  # the next review of a membership or a ward
    r"|: [^,|]+, \d\d/\d\d/\d{4} \d\d:\d\d to (\d\d/\d\d/\d{4} \d\d:\d\d)"  # when a unit is on a deployment
    r"|\buntil \d\d/\d\d/\d{4} \d\d:\d\d"  # until when it is measured, or officers are lent
    r"|, \d\d/\d\d/\d{4} \d\d:\d\d until \d\d/\d\d/\d{4} \d\d:\d\d"  # from when to when they are
    r"|; (?:review|accepted until|by|expected[^|;]*? by):? (\d\d/\d\d(?:/\d{4})?)"  # of a decision, of what is expected
    r"|, expected [^|;]*? by \d\d/\d\d(?:/\d{4})?"
    r"|, \w{3} \d\d/\d\d \d\d:\d\d-\d\d:\d\d"  # the hours that a bid is for
    r"|; its result is due on (\d\d/\d\d/\d{4}) \d\d:\d\d"
)
_LONG, _SHORT = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b"), re.compile(r"(?<![:\d/])(\d\d)/(\d\d)\b(?![/:])")
_LATER = {"review_at", "due_at", "due_on", "review_on", "ends", "over_at", "measure_until", "result_due"} | {
    "risk_until", "expected_on", "starts_at", "ends_at",
}  # fmt: skip
"""Columns of records that may name a later day: when something is due, looked at again, planned to end."""


@pytest.fixture(scope="module")
def rows(demo_store: Path) -> Iterator[sqlite3.Connection]:
    """The store, past the program."""
    with closing(sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True)) as store:
        store.row_factory = sqlite3.Row
        yield store


def papers(rows: sqlite3.Connection) -> Iterator[tuple[sqlite3.Row, str]]:
    """Every sealed paper with its meeting."""
    meetings = rows.execute("SELECT * FROM meeting WHERE sealed_at IS NOT NULL").fetchall()
    assert len(meetings) == 87
    for meeting in meetings:
        for paper in (meeting["minutes"], meeting["report"]):
            if paper:
                yield meeting, paper


def without_plans(paper: str) -> str:
    """A paper without the columns and phrases that may name a later day."""
    lines: list[str] = []
    heads: list[str] = []
    for line in paper.splitlines():
        if not line.startswith("|"):
            heads = []
            lines.append(line)
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        heads = heads or cells
        lines.append(" | ".join(cell for head, cell in zip(heads, cells, strict=True) if head not in _AHEAD))
    return _FAIR.sub("", "\n".join(lines))


def dates(text: str, year: int) -> list[date]:
    """The days that a text names; of a day and month alone those of the year."""
    long = [date(int(y), int(m), int(d)) for d, m, y in _LONG.findall(text)]
    short = [date(year, int(m), int(d)) for d, m in _SHORT.findall(_LONG.sub("", text))]
    return long + short


def test_no_sealed_paper_names_a_later_day(rows: sqlite3.Connection) -> None:
    seen = 0
    for meeting, paper in papers(rows):
        day = date.fromisoformat(meeting["as_of"])
        named = dates(without_plans(paper), day.year)
        seen += len(named)
        assert max(named) <= day, (meeting["id"], max(named))
        months = re.findall(r"\b(20\d\d)-(\d\d)\b(?!-)", paper)  # not the day in the name of a file
        assert all((int(year), int(month)) < (day.year, day.month) for year, month in months), (
            "counts of a month to come"
        )
    assert seen > 200


def test_a_sealed_paper_has_the_units_of_its_own_day(rows: sqlite3.Connection) -> None:
    wards, told = current_wards(), 0
    for meeting, paper in papers(rows):
        day = date.fromisoformat(meeting["as_of"])
        units = {row[0]: (row[5][:5], row[5][11:]) for row in deployments(wards, day)}
        for line in paper.splitlines():
            if line.startswith("| VCTF ") and line.count("|") == 10:
                unit, *_, starts, _ends = (cell.strip() for cell in line.split("|")[1:-1])
                told += starts == (" ".join(units[unit]) if units[unit][0] else r"\-")
    assert told >= 63 * 9, "but for what its own meeting, or the one before, has planned or moved"


def test_a_sealed_paper_has_no_bid_that_came_later(rows: sqlite3.Connection) -> None:
    bids = rows.execute("SELECT requester, resource, starts, made_at FROM bid").fetchall()
    known = 0
    for meeting, paper in papers(rows):
        lines = paper.splitlines()
        for bid in bids:
            if any(all(bid[name] in line for name in ("requester", "resource", "starts")) for line in lines):
                assert bid["made_at"] < meeting["sealed_at"]
                known += 1
    assert known >= 2
    assert [bid for bid in bids if bid["made_at"] > "2026-11-18T14:30"], "some wait for the next weekly"


def test_every_record_came_in_on_or_after_its_day(rows: sqlite3.Connection) -> None:
    for table, day in (
        ("report_row", "reported_on"),
        ("report_row", "committed_from"),
        ("marker", "starts"),
        ("activity", "day + 1"),
        ("patrol", "day + 1"),
        ("unsafe_place", "reported_on + 1"),
        ("panel_priority", "set_on + 1"),
    ):
        late = rows.execute(
            f"SELECT b.file, {day} AS day, b.imported_at FROM {table} t JOIN batch b ON b.id = t.batch_id "  # noqa: S608
            f"WHERE {day} > julianday(substr(b.imported_at, 1, 10)) - 1721424.5"
        ).fetchall()
        assert not late, (table, day, tuple(late[0]))


def test_every_marker_that_closes_something_came_in_after_it_was_closed(rows: sqlite3.Connection) -> None:
    query = (
        "SELECT m.kind, m.ends, b.imported_at FROM marker m JOIN batch b ON b.id = m.batch_id "
        "WHERE m.kind NOT IN ('order', 'rso', 'mappa') AND m.ends > julianday(substr(b.imported_at, 1, 10)) - 1721424.5"
    )
    assert not rows.execute(query).fetchall()


def test_every_run_knows_the_batches_of_its_day_alone(rows: sqlite3.Connection) -> None:
    runs = rows.execute("SELECT r.*, b.imported_at FROM run r JOIN batch b ON b.id = r.batch_id").fetchall()
    assert runs
    for run in runs:
        made = datetime.fromisoformat(run["made_at"])
        assert date.fromordinal(run["as_of"]) == made.date() == datetime.fromisoformat(run["imported_at"]).date()
        step = "SELECT as_of, known_to FROM kept_step WHERE id = ?"
        [(as_of, known_to)] = rows.execute(step, (run["step_id"],)).fetchall()
        assert known_to <= as_of <= run["as_of"]


def is_later(name: str, value: object, entered: datetime) -> bool:
    """Whether a value that an entry wrote is of a day after the entry."""
    if name in _LATER or isinstance(value, bool) or name.endswith("id"):
        return False
    if isinstance(value, int) and 739_000 < value < 741_000:
        return date.fromordinal(value) > entered.date()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC) > entered
    return False


def planned(change: dict[str, Any], name: str) -> bool:
    """Whether a value is the planned start of a unit."""
    return change["table"] in ("deployment", "deployment_record", "uplift") and name == "starts"


def test_the_journal_goes_forward_and_writes_nothing_of_a_later_day(rows: sqlite3.Connection) -> None:
    before = datetime.min.replace(tzinfo=UTC)
    for entry in rows.execute("SELECT id, entered_at, what, changes FROM journal ORDER BY id").fetchall():
        entered = datetime.fromisoformat(entry["entered_at"])
        assert entered >= before, entry["what"]
        before = entered
        for change in json.loads(entry["changes"]):
            for name, value in (change["after"] or {}).items():
                starts = planned(change, name) and datetime.fromisoformat(value or "2026-01-01T00:00:00+00:00")
                if starts:
                    ahead = (starts.date() - entered.date()).days
                    most = 6 if change["after"].get("bid_id") else 1
                    assert ahead <= most, "units are planned for their own day or the next, for a bid within the week"
                else:
                    assert not is_later(name, value, entered), (entry["what"], change["table"], name, value)


def test_nothing_outside_meetings_is_written_down_while_one_is_held(rows: sqlite3.Connection) -> None:
    held = rows.execute("SELECT opened_at, sealed_at FROM meeting WHERE sealed_at IS NOT NULL").fetchall()
    outside = rows.execute("SELECT entered_at, what FROM journal WHERE meeting_id IS NULL").fetchall()
    at = Counter(entered for entered, what in outside if "mport" not in what)
    assert max(at.values()) <= 4, "a minute has room for so much"
    for entered, what in outside:
        assert not any(began < entered < ended for began, ended in held), (entered, what)

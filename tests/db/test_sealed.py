"""Nothing that a sealed meeting decided is changed, and nothing is added to it, whichever function is asked."""

from __future__ import annotations

import gzip
import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import db
from core.composite_weights import default
from core.errors import Conflict
from core.journal import RULE
from core.registers import Adoption, Ending
from db import (
    actions,
    addenda,
    bids,
    composite,
    composite_weights,
    decisions,
    deploying,
    deployment_changes,
    fly_tips,
    focus,
    focus_comments,
    focus_measures,
    granting,
    incident_marks,
    incident_series,
    meeting_notes,
    meetings,
    memberships,
    officers,
    priority_wards,
    registers,
    tension,
)
from db.actions import Subject
from db.meetings import Papers
from db.store import HEAD, Store, open_store, settings
from db.store.sealed import PARTS
from db.store.undo import redo, undo
from db.store.verify import verify
from db.tables import METADATA
from tests.db.files import rows_of

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
TODAY = date(2026, 11, 18).toordinal()
WEEKLY = 2
"""The weekly meeting of the kept store: it has decided something of everything."""
WHO = Subject("person", "P101", "ASHWORTH, Alan")
_STABBED = Subject("incident", "2601902/26", "Gun crime 2601902/26")


def _opened(path: Path, holds: bytes) -> Store:
    path.write_bytes(holds)
    return open_store(path, "Insp A. Nother", lambda: NOW)


@cache
def _begun() -> bytes:
    """The kept store of the latest revision, with an action that waits for an answer: made once, as bytes."""
    packed = Path(__file__).resolve().parents[1] / "stores" / f"{HEAD}.db.gz"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "begun.db"
        with closing(_opened(path, gzip.decompress(packed.read_bytes()))) as opened:
            _begin(opened)
        return path.read_bytes()


def _begin(opened: Store) -> None:
    waiting = int(opened.read.rows("SELECT MAX(id) FROM action WHERE status = 'open'")[0][0])
    actions.escalate(opened, [waiting], "weekly", "no unit is free")
    [carried] = actions.raise_actions(opened, [WHO], "Visit", "Ward team", NOW + timedelta(days=1))
    for days in (2, 3, 4):
        actions.carry_actions(opened, [carried], NOW + timedelta(days=days), "not at home")
    meeting_notes.park(opened, WEEKLY, [_PARKED])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A copy of it."""
    with closing(_opened(tmp_path / "tasking.db", _begun())) as opened:
        yield opened


@cache
def _with_a_seal() -> bytes:
    """The same with its weekly meeting sealed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sealed.db"
        with closing(_opened(path, _begun())) as opened:
            _seal(opened)
        return path.read_bytes()


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Store]:
    """A copy of that."""
    with closing(_opened(tmp_path / "sealed.db", _with_a_seal())) as opened:
        yield opened


def _seal(store: Store) -> None:
    actions.close_actions(store, [_first(store, "action", "status = 'open'")], "located", meeting_id=WEEKLY)
    decisions.decide(store, [(WHO, {})], "Adopt", "harm", decided_by="Chair", meeting_id=WEEKLY)
    meetings.seal_meeting(store, WEEKLY, lambda: Papers("minutes", "", "papers", 2))
    addenda.add(store, WEEKLY, "Two officers", "three were read out")


def _first(store: Store, table: str, where: str = "1") -> int:
    rows = store.read.rows(f"SELECT MIN(id) FROM {table} WHERE {where}")  # noqa: S608 - names from the tests
    assert rows[0][0] is not None, f"the kept store has no {table} where {where}"
    return int(rows[0][0])


def _proposed_ward(store: Store) -> list[priority_wards.Proposal]:
    return priority_wards.proposals(store, composite.parts(store), default(), 9)[:1]


def _officers(store: Store, meeting: int) -> object:
    placed = officers.proposed(composite.parts(store), default(), "harm", total=6, first=3)
    return officers.keep(store, placed, "Chair", meeting)


def _measure(store: Store, meeting: int) -> object:
    stock = next(one for one in focus.model_of(store).measures if not one.option)
    return focus_measures.read_measure(store, stock, TODAY, 120, "Chair", meeting_id=meeting)


def _move(store: Store, meeting: int) -> object:
    placement = officers.placement(store)
    assert placement is not None
    return officers.move(store, min(placement.held), 1, meeting)


_UNTIL = NOW + timedelta(hours=8)
_ADOPTION: dict[str, Any] = {"since": TODAY, "reason": "harm", "adopted_by": "Chair", "review_on": TODAY + 9}
_ENDING: dict[str, Any] = {"on": TODAY, "reason": "done", "by": "Chair"}

_PARKED = Subject("item", "performance", "Performance")


def _by_rule(store: Store, meeting: int) -> list[int]:
    """An action that was carried three times goes to the other meeting."""
    return actions.escalate_by_rule(store, meeting_id=meeting, scope="force")


WRITES: dict[str, Callable[[Store, int], object]] = {
    "action_writes.raise_actions": lambda s, m: actions.raise_actions(s, [WHO], "Locate", "Team", _UNTIL, meeting_id=m),
    "action_writes.close_actions": lambda s, m: actions.close_actions(
        s, [_first(s, "action", "status = 'open'")], "located", meeting_id=m
    ),
    "action_writes.carry_actions": lambda s, m: actions.carry_actions(
        s, [_first(s, "action", "status = 'open'")], _UNTIL + timedelta(days=30), "not yet", meeting_id=m
    ),
    "action_writes.edit_action": lambda s, m: actions.edit_action(
        s, _first(s, "action", "status = 'open'"), "Arrest", "Team", _UNTIL, meeting_id=m
    ),
    "escalations.escalate": lambda s, m: actions.escalate(
        s, [_first(s, "action", "status = 'open' AND escalated_to = ''")], "daily", "no unit is free", meeting_id=m
    ),
    "escalations.answer": lambda s, m: actions.answer(
        s, [_first(s, "action", "escalated_to <> ''")], "one from Friday", meeting_id=m
    ),
    "action_writes.update_actions": lambda s, m: actions.update_actions(
        s, [_first(s, "action", "status = 'open'")], "seen at his mother's", meeting_id=m
    ),
    "escalations.take_back": lambda s, m: actions.take_back(
        s, [_first(s, "action", "escalated_to <> ''")], "the DI has a date", meeting_id=m
    ),
    "escalations.escalate_by_rule": _by_rule,
    "meeting_notes.note_quorum": lambda s, m: meeting_notes.note_quorum(s, m, "2 of 4", "the Commander decided"),
    "meeting_notes.hand_over": lambda s, m: meeting_notes.hand_over(s, m, "DI N. Other", "called away"),
    "meeting_notes.pause": lambda s, m: meeting_notes.pause(s, m, "fire alarm"),
    "meeting_notes.park": lambda s, m: meeting_notes.park(s, m, [WHO], "waits for the DI"),
    "meeting_notes.take_up": lambda s, m: meeting_notes.take_up(s, m, [_PARKED]),
    "bids.make_bid": lambda s, m: bids.make_bid(s, "CE BCU", "CE", "Robbery", "8", "Hackney", "Fri", meeting_id=m),
    "granting.decide_bid": lambda s, m: granting.decide_bid(s, _first(s, "bid", "outcome = ''"), "granted", "yes", m),
    "decisions.decide": lambda s, m: decisions.decide(
        s, [(WHO, {})], "Adopt", "harm", decided_by="Chair", meeting_id=m
    ),
    "deploying.stand_down": lambda s, m: deploying.stand_down(s, [2], "night shift is over", meeting_id=m),
    "deploying.task": lambda s, m: deploying.task(
        s, deploying.Draft((1,), "E05013806", "weapon sweep", NOW, _UNTIL, objective="fewer knives"), meeting_id=m
    ),
    "deployment_changes.change": lambda s, m: deployment_changes.change(
        s,
        _first(s, "deployment_record", "visits IS NOT NULL"),
        deployment_changes.Terms("fewer", "robbery", _UNTIL, "a week without", "a plan", None, 3, ""),
        "asked for",
        meeting_id=m,
    ),
    "deployment_changes.answer": lambda s, m: deployment_changes.answer(
        s, [_first(s, "deployment", "whom <> ''")], "agreed", "until midnight", meeting_id=m
    ),
    "deployment_changes.lend": lambda s, m: deployment_changes.lend(
        s, 1, -2, "SW BCU", NOW, _UNTIL, "football", meeting_id=m
    ),
    "deployment_changes.set_away": lambda s, m: deployment_changes.set_away(
        s, [1, 2], NOW, _UNTIL, "training day", meeting_id=m
    ),
    "deployment_changes.set_available": lambda s, m: deployment_changes.set_available(
        s, [_first(s, "deployment", "away_from IS NOT NULL")], "the course was put off", meeting_id=m
    ),
    "bids.score_bid": lambda s, m: bids.score_bid(
        s, _first(s, "bid", "outcome = ''"), {"physical": 3}, "low", meeting_id=m
    ),
    "bids.tell_result": lambda s, m: bids.tell_result(
        s, _first(s, "bid", "outcome = 'part'"), "four arrests", meeting_id=m
    ),
    "incident_marks.give_owner": lambda s, m: incident_marks.give_owner(s, [_STABBED], "Team", meeting_id=m),
    "incident_marks.declare_critical": lambda s, m: incident_marks.declare_critical(
        s, _STABBED, "the family was not told", by="Chair", meeting_id=m
    ),
    "incident_series.accept_series": lambda s, m: incident_series.accept_series(
        s, ["R1", "R2"], "the same ward", accepted_by="Chair", meeting_id=m
    ),
    "tension.raise_tension": lambda s, m: tension.raise_tension(
        s,
        ward_code="E05013806",
        community="",
        sort="evidenced",
        level="3",
        reason="talk",
        review_at=_UNTIL,
        meeting_id=m,
    ),
    "tension.end_tension": lambda s, m: tension.end_tension(
        s, _first(s, "tension", "ended_at IS NULL"), "quiet", meeting_id=m
    ),
    "focus.propose": lambda s, m: focus.propose(s, focus.model_of(s), TODAY + 14, meeting_id=m),
    "focus.change_item": lambda s, m: focus.change_item(
        s, _first(s, "focus_item", "done IS NULL"), 3, "Visit twice", meeting_id=m
    ),
    "focus.agree": lambda s, m: focus.agree(
        s, [_first(s, "focus_item", "state = 'offered' AND planned > 0")], by="Chair", meeting_id=m
    ),
    "focus.leave_out": lambda s, m: focus.leave_out(
        s, [_first(s, "focus_item", "done IS NULL AND state <> 'left out'")], "no premises", meeting_id=m
    ),
    "focus.record": lambda s, m: focus.record(s, _first(s, "focus_item", "state = 'agreed'"), 1, "", meeting_id=m),
    "focus.summarise": lambda s, m: focus.summarise(s, 1, "All was done.", meeting_id=m),
    "focus_comments.comment": lambda s, m: focus_comments.comment(
        s, ward_code="E05013546", week_id=None, councillor="Cllr X", words="More", meeting_id=m
    ),
    "focus_measures.read_measure": _measure,
    "fly_tips.add_site": lambda s, m: fly_tips.add_site(s, "Another Yard", "E05013546", 2, TODAY, meeting_id=m),
    "fly_tips.close_site": lambda s, m: fly_tips.close_site(
        s, [_first(s, "fly_tip_site", "closed_on IS NULL")], TODAY, "gated", meeting_id=m
    ),
    "fly_tips.plan": lambda s, m: fly_tips.plan(
        s, [_first(s, "fly_tip_site", "closed_on IS NULL")], "litter", "Patrols", "Team", TODAY + 9, meeting_id=m
    ),
    "fly_tips.finish_step": lambda s, m: fly_tips.finish_step(
        s, [_first(s, "fly_tip_step", "done_on IS NULL")], TODAY, "done", meeting_id=m
    ),
    "fly_tips.check": lambda s, m: fly_tips.check(
        s, [_first(s, "fly_tip_site", "closed_on IS NULL")], TODAY, "Team", "evidence", meeting_id=m
    ),
    "meetings.call": lambda s, m: meetings.call(s, [_first(s, "attendance", f"meeting_id = {m}")], "absent", m),
    "meetings.attend": lambda s, m: meetings.attend(
        s, _first(s, "attendance", f"meeting_id = {m}"), "deputy", "Insp X", m
    ),
    "memberships.adopt": lambda s, m: memberships.adopt(
        s, "dauntless", [memberships.Proposal("P105", "by name", {})], **_ADOPTION, meeting_id=m
    ),
    "memberships.leave": lambda s, m: memberships.leave(
        s, [_first(s, "membership", "left_on IS NULL")], **_ENDING, meeting_id=m
    ),
    "memberships.review": lambda s, m: memberships.review(
        s, [_first(s, "membership", "left_on IS NULL")], TODAY + 30, "Seen", meeting_id=m
    ),
    "officers.keep": _officers,
    "officers.move": _move,
    "priority_wards.adopt": lambda s, m: priority_wards.adopt(s, _proposed_ward(s), **_ADOPTION, meeting_id=m),
    "priority_wards.drop": lambda s, m: priority_wards.drop(
        s, [_first(s, "priority_ward", "dropped_on IS NULL")], **_ENDING, meeting_id=m
    ),
    "priority_wards.review": lambda s, m: priority_wards.review(
        s, [_first(s, "priority_ward", "dropped_on IS NULL")], on=TODAY, review_on=TODAY + 30, meeting_id=m
    ),
    "registers.adopt": lambda s, m: registers.adopt(
        s, registers.PRIORITY_WARDS, _proposed_ward(s), Adoption(**_ADOPTION), meeting_id=m
    ),
    "registers.end": lambda s, m: registers.end(
        s, registers.MEMBERSHIPS, [_first(s, "membership", "left_on IS NULL")], Ending(**_ENDING), meeting_id=m
    ),
    "registers.review": lambda s, m: registers.review(
        s, registers.MEMBERSHIPS, [_first(s, "membership", "left_on IS NULL")], TODAY + 30, "Seen", meeting_id=m
    ),
    "settings.write": lambda s, m: settings.write(s, "x.toml", "X", "a = 1", meeting_id=m),
    "composite_weights.save_weights": lambda s, m: composite_weights.save_weights(s, default(), meeting_id=m),
}
"""Every function that writes for a meeting, called with what it needs."""

OUTSIDE = {
    "focus.save_model", "importing.import_file", "meetings.open_meeting", "runs.make_run", "withdraw.withdraw",
    "lookups.use", "meeting_notes.tick", "meetings.note_time", "meetings.seal_meeting", "undo.reverse",
    "addenda.add", "meetings.write_copy", "users.add", "users.end", "restrictions.restrict",
}  # fmt: skip
"""Functions that write outside meetings, that open, read back or seal one, or come after its seal: tested apart."""


def _writing_functions() -> set[str]:
    """Every public function of ``db`` that writes, by itself or as the first that calls one that does."""
    found = set()
    for info in pkgutil.walk_packages(db.__path__, "db."):
        if info.ispkg or info.name.split(".")[1] in ("migrations", "tables", "demo", "demo_places"):
            continue
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            parameters, source = inspect.signature(function).parameters, inspect.getsource(function)
            hands_on = "meeting_id" in parameters and "meeting_id=meeting_id" in source
            if "store" in parameters and ("store.change(" in source or hands_on):
                found.add(f"{info.name.rpartition('.')[2]}.{name}")
    return found


def test_every_function_that_writes_is_tried_here() -> None:
    listed = set(WRITES) | OUTSIDE
    written = _writing_functions()
    assert written - listed == set(), "give it a call in WRITES, or say in OUTSIDE why it belongs to no meeting"
    assert set(WRITES) - written == set(), "it is gone"


def _everything(store: Store) -> list[str]:
    with closing(sqlite3.connect(store.path)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("name", WRITES)
def test_it_writes_in_an_open_meeting_and_says_so_in_its_entry(store: Store, name: str) -> None:
    WRITES[name](store, WEEKLY)
    entry = "SELECT meeting_id, sitting, rule FROM journal ORDER BY id DESC LIMIT 1"
    assert rows_of(store, entry) == [(WEEKLY, store.sitting, RULE)]
    assert verify(store).fault is None


@pytest.mark.parametrize("name", WRITES)
def test_it_is_refused_in_a_sealed_one_and_nothing_is_changed(sealed: Store, name: str) -> None:
    before = _everything(sealed)
    with pytest.raises(Conflict) as refused:
        WRITES[name](sealed, WEEKLY)
    assert refused.value.title == "Sealed"
    assert _everything(sealed) == before


def test_time_is_not_noted_and_a_seal_is_not_set_twice(sealed: Store) -> None:
    before = _everything(sealed)
    meetings.note_time(sealed, WEEKLY, "bids", 30)
    with pytest.raises(Conflict, match="sealed"):
        meetings.seal_meeting(sealed, WEEKLY, lambda: Papers("other minutes", ""))
    assert _everything(sealed) == before


def test_every_table_that_names_a_meeting_says_what_of_it_a_seal_holds() -> None:
    naming = {
        (name, column)
        for name, table in METADATA.tables.items()
        for column in list(table.c.keys())
        if column.endswith("meeting_id")
    }
    declared = {(table, part.meeting) for table, parts in PARTS.items() for part in parts}
    assert naming - declared == {("journal", "meeting_id")}, "the journal is only added to; declare the rest in PARTS"
    for table, parts in PARTS.items():
        assert {column for part in parts for column in part.columns} <= set(METADATA.tables[table].c.keys())


def _decided(store: Store) -> Iterator[tuple[str, int, str]]:
    """Every table, row and column that the sealed meeting has decided."""
    for table, parts in PARTS.items():
        columns = list(METADATA.tables[table].c.keys())
        for part in parts:
            rows = store.read.rows(f"SELECT * FROM {table} WHERE {part.meeting} = {WEEKLY}")  # noqa: S608
            for row in (dict(zip(columns, values, strict=True)) for values in rows):
                if part.settled(row):
                    yield from ((table, row["id"], column) for column in part.columns or columns if column != "id")


def test_no_column_that_it_decided_is_changed_and_no_row_taken_out(sealed: Store) -> None:
    decided = list(_decided(sealed))
    assert {table for table, _, _ in decided} == set(PARTS) - {"focus_item"}, "the kept store has something of each"
    before = _everything(sealed)
    for table, number, column in decided:
        with pytest.raises(Conflict), sealed.change("Rewrite", meeting=None) as writing:
            writing.update(table, number, **{column: "something else"})
    for table, number in {(table, number) for table, number, _ in decided}:
        with pytest.raises(Conflict), sealed.change("Take out", meeting=None) as writing:
            writing.remove(table, number)
    for table in set(PARTS) - {"meeting"}:
        columns = {column: "x" for column in list(METADATA.tables[table].c.keys()) if column != "id"}
        for part in PARTS[table]:
            with pytest.raises(Conflict), sealed.change("Add", meeting=None) as writing:
                writing.insert(table, **(columns | dict.fromkeys(_meetings_of(table)) | {part.meeting: WEEKLY}))
    assert _everything(sealed) == before


def _meetings_of(table: str) -> list[str]:
    return [part.meeting for part in PARTS[table]]


def test_an_open_action_and_a_deferred_bid_live_on_in_a_later_meeting(store: Store) -> None:
    [number] = actions.raise_actions(store, [WHO], "Locate", "Team", NOW, meeting_id=WEEKLY)
    granting.decide_bid(store, _first(store, "bid", "outcome = ''"), "deferred", "next week", WEEKLY)
    deferred = _first(store, "bid", "outcome = 'deferred'")
    meetings.seal_meeting(store, WEEKLY, lambda: Papers("minutes", ""))
    later = meetings.open_meeting(store, "weekly", "Chair", date(2026, 11, 25)).id
    actions.edit_action(store, number, "Locate and arrest", "Intelligence", NOW, meeting_id=later)
    actions.carry_actions(store, [number], _UNTIL, "not yet", meeting_id=later)
    actions.close_actions(store, [number], "arrested", meeting_id=later)
    said = [words for _, _, words in actions.updates(store, number)]
    assert said[-1].startswith("edited; was: Locate (Team, due 18/11/2026 15:00)"), "the wording then is kept"
    granting.decide_bid(store, deferred, "granted", "units are free", later)
    undo(store)
    assert {bid.id: bid.outcome for bid in bids.bids(store, later)}[deferred] == "deferred"
    redo(store)
    with pytest.raises(Conflict, match="has decided this"):
        granting.decide_bid(store, _first(store, "bid", "outcome = 'part'"), "refused", "after all", later)
    assert verify(store).fault is None

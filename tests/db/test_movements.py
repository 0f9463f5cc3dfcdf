"""Runs over real imports: every kind of change that an extract can bring, and any history adds up for everyone."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import NotFound
from core.movement import Kind, Move
from core.pools import Pool
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.movements import causes_for, moves, runs_named
from db.rankings import RunHead, run, runs
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store

TODAY = date(2026, 11, 21)
AS_OF = TODAY.toordinal()
WriteExtract = Callable[..., Path]
Row = dict[str, str]

_LONG_AGO = {"reported_on": "22/11/2025", "committed_from": "21/11/2025"}
_ABH = {"ho_code": "008/06", "offence": "Actual bodily harm"}
_RAPE = {"ho_code": "019/08", "offence": "Rape of a female aged 16 or over"}
_START: tuple[Row, ...] = (
    {"crime_ref": "1", "person_ref": "A", "surname": "Ash", **_RAPE},
    {"crime_ref": "2", "person_ref": "A", "surname": "Ash"},
    {"crime_ref": "3", "person_ref": "B", "surname": "Birch", **_LONG_AGO},
    {"crime_ref": "4", "person_ref": "B", "surname": "Birch", **_ABH},
    {"crime_ref": "5", "person_ref": "C", "surname": "Cole"},
    {"crime_ref": "6", "person_ref": "C", "surname": "Cole"},
)  # fmt: skip
"""A 1,826 days, B 11 days of which one leaves tomorrow, C 2 days."""


class Room:
    """A store, and what is done with it: take rows in, rank, look at what moved."""

    def __init__(self, store: Store, write: WriteExtract) -> None:
        self.store = store
        self._write = write
        self._files = 0

    def take(self, *rows: Row) -> int:
        self._files += 1
        path = self._write(rows, f"{self._files}.csv")
        batch = import_file(self.store, path, today=TODAY + timedelta(40)).batch
        assert batch is not None
        return batch

    def rank(self, days: int = 0, **asked: object) -> RunHead:
        return make_run(self.store, RankingRequest(AS_OF + days, **asked))  # type: ignore[arg-type]

    def moved(self, first: RunHead, second: RunHead) -> dict[str, dict[Kind, float]]:
        found = moves(self.store, first.id, second.id, None)
        assert all(abs(sum(cause.days for cause in move.causes) - move.change) < 1e-9 for move in found)
        assert all(move.causes for move in found)
        return {move.person: dict(move.causes) for move in found}


@pytest.fixture
def room(store: Store, write_extract: WriteExtract) -> Room:
    made = Room(store, write_extract)
    made.take(*_START)
    return made


def test_nothing_moves_where_nothing_changed(room: Room) -> None:
    first = room.rank()
    assert room.moved(first, first) == room.moved(first, room.rank()) == {}


def test_a_new_report_and_whoever_it_passes(room: Room) -> None:
    first = room.rank()
    room.take({"crime_ref": "7", "person_ref": "C", "surname": "Cole", **_RAPE})
    assert room.moved(first, room.rank()) == {"C": {Kind.NEW: 1825}, "A": {Kind.OTHERS: 0}, "B": {Kind.OTHERS: 0}}


def test_one_more_day_over_the_same_batch(room: Room) -> None:
    room.take({"crime_ref": "7", "person_ref": "C", "surname": "Cole", "reported_on": "22/11/2026", **_ABH})
    first, second = room.rank(), room.rank(1)
    why = {"C": {Kind.NEW: 10}, "B": {Kind.ROLL_OFF: -1}}
    assert room.moved(first, second) == why
    assert room.moved(second, first) == {ref: {k: -d for k, d in one.items()} for ref, one in why.items()}


def test_a_roll_off_that_ends_a_rank(room: Room) -> None:
    first, second = room.rank(), room.rank(1)
    found = moves(room.store, first.id, second.id)
    assert [(m.person, m.word, m.before.rank, m.after.rank) for m in found] == [
        ("C", "+1", 3, 2),
        ("B", "out", 2, None),
    ]
    assert found[1].causes == ((Kind.ROLL_OFF, -1),)
    assert found[1].after.score == 10


@pytest.mark.parametrize(
    ("change", "days"),
    [({"outcome": "cancelled"}, -10), ({"role": "eliminated"}, -10), (_RAPE, 1815), ({"named_by": "police"}, -10)],
)
def test_a_revised_record(room: Room, change: Row, days: float) -> None:
    first = room.rank(min_crimes=1)
    room.take({**_START[3], **change})
    second = room.rank(min_crimes=1)
    assert room.moved(first, second)["B"] == {Kind.REVISED: days}
    assert room.moved(second, first)["B"] == {Kind.REVISED: -days}


def test_another_method_window_pool_and_threshold(room: Room) -> None:
    first = room.rank(min_crimes=1)
    room.take({"crime_ref": "8", "person_ref": "D", "vawg": "no"})
    ways: tuple[dict[str, Any], ...] = (
        {"method": "rfh"}, {"window": 100}, {"method": "css"}, {"pool": Pool.EVERYTHING}, {"by": "committed"},
    )  # fmt: skip
    for way in ways:
        found = room.moved(first, room.rank(0, min_crimes=1, **way))
        assert found
        assert all(set(why) <= {Kind.METHOD, Kind.OTHERS} for ref, why in found.items() if ref != "D")
    assert room.moved(first, room.rank(window=100, min_crimes=1))["B"] == {Kind.METHOD: -1}
    assert room.moved(first, room.rank(min_crimes=3))["A"] == {Kind.METHOD: 0}


def test_a_status_filter(room: Room) -> None:
    first = room.rank()
    room.take({"crime_ref": "7", "person_ref": "A", "surname": "Ash", "status": "in custody"})
    second = room.rank(statuses=("at large",))
    assert room.moved(first, second) == {
        "A": {Kind.NEW: 1, Kind.STATUS: -1827},
        "B": {Kind.OTHERS: 0},
        "C": {Kind.OTHERS: 0},
    }
    [move] = [move for move in moves(room.store, first.id, second.id) if move.person == "A"]
    assert (move.after, move.letter, move.name) == ((None, None), "S", "ASH, Al")


def test_a_batch_taken_back(room: Room) -> None:
    batch = room.take({"crime_ref": "7", "person_ref": "C", "surname": "Cole", **_RAPE}, {**_START[3], **_RAPE})
    first = room.rank()
    withdraw(room.store, batch)
    second = room.rank()
    assert room.moved(first, second) == {
        "C": {Kind.REVISED: -1825},
        "B": {Kind.REVISED: -1815},
        "A": {Kind.OTHERS: 0},
    }


def test_all_together(room: Room) -> None:
    first = room.rank(min_crimes=1)
    room.take(
        {"crime_ref": "7", "person_ref": "B", "surname": "Birch", "reported_on": "22/11/2026", **_ABH},
        {**_START[3], "outcome": "no crime"},
    )
    second = room.rank(1, method="css", min_crimes=1)
    why = room.moved(first, second)["B"]
    assert list(why) == [Kind.NEW, Kind.REVISED, Kind.ROLL_OFF, Kind.METHOD]
    assert why[Kind.NEW] == -why[Kind.REVISED] > 0 > why[Kind.ROLL_OFF]


def test_the_top_takes_in_whoever_was_in_it_or_is(room: Room) -> None:
    first = room.rank()
    room.take({"crime_ref": "7", "person_ref": "C", "surname": "Cole", "victim_ref": "A", **_RAPE})
    second = room.rank()
    found = moves(room.store, first.id, second.id, 1)
    assert [(m.person, m.before.rank, m.after.rank, m.victim) for m in found] == [("C", 3, 1, False), ("A", 1, 2, True)]


def test_a_page_of_letters_and_one_person(room: Room) -> None:
    first = room.rank()
    room.take({"crime_ref": "7", "person_ref": "C", "surname": "Cole", **_RAPE})
    second = room.rank(1)
    assert second.earlier == first.id
    assert causes_for(room.store, second, ["A", "B", "C", "nobody"]) == {"A": "=", "B": "O", "C": "N"}
    assert causes_for(room.store, second, []) == causes_for(room.store, first, ["A"]) == {}
    assert moves(room.store, first.id, first.id) == []


def test_runs_by_number_and_by_word(store: Store, write_extract: WriteExtract) -> None:
    room = Room(store, write_extract)
    room.take(*_START)
    with pytest.raises(NotFound, match="No ranking has been made yet"):
        runs_named(store, None, None)
    one = room.rank()
    with pytest.raises(NotFound, match="No run of the same kind"):
        runs_named(store, None, None)
    two, three = room.rank(1), room.rank(2)
    other = room.rank(3, method="rfg")
    four = room.rank(3)
    asked = {
        (None, None): (three, four), (None, "3"): (two, three), ("previous", "latest"): (three, four),
        ("latest", "1"): (four, one), ("4", "previous"): (other, three), ("previous", None): (three, four),
    }  # fmt: skip
    for names, heads in asked.items():
        assert tuple(head.id for head in runs_named(store, *names)) == tuple(head.id for head in heads)
    with pytest.raises(NotFound, match=r"There is no run 99\. The latest is run 5"):
        runs_named(store, "99", "1")
    with pytest.raises(NotFound, match="no run 99"):
        moves(store, 99, 1)


def _random_row(chance: random.Random) -> Row:
    code, offence = chance.choice(
        [
            ("105/01", "Common assault"),
            ("008/06", "Actual bodily harm"),
            ("019/08", "Rape of a female aged 16 or over"),
            ("008/66", "Stalking"),
            ("105/99", "Out of the index"),
        ]
    )
    day = TODAY - timedelta(chance.choice([-3, -1, 0, 5, 90, 363, 364, 365, 366, 400]))
    who = chance.choice(["A", "B", "C", "D", ""])
    return {
        "crime_ref": f"{chance.randrange(14)}",
        "ho_code": code,
        "offence": offence,
        "committed_from": (day - timedelta(chance.choice([0, 0, 30]))).isoformat(),
        "reported_on": day.isoformat(),
        "vawg": chance.choice(["yes", "yes", "no"]),
        "outcome": chance.choice(["charged", "charged", "cancelled"]),
        "person_ref": who,
        "surname": "Testcase" if who else "",
        "forenames": "Al" if who else "",
        "born_on": "01/02/1990" if who else "",
        "sex": "M" if who else "",
        "status": chance.choice(["at large", "in custody"]) if who else "",
        "role": chance.choice(["named suspect", "charged", "eliminated"]) if who else "",
        "named_by": chance.choice(["victim", "witness", "police"]) if who else "",
        "victim_ref": chance.choice(["", "V1", "V2"]),
    }


_ASKED = (
    RankingRequest(AS_OF),
    RankingRequest(AS_OF + 2),
    RankingRequest(AS_OF, min_crimes=1),
    RankingRequest(AS_OF + 1, "committed"),
    RankingRequest(AS_OF - 10, window=90),
    RankingRequest(AS_OF + 1, method="rfh"),
    RankingRequest(AS_OF, method="rfgv"),
    RankingRequest(AS_OF, pool=Pool.EVERYTHING, split="highest"),
    RankingRequest(AS_OF + 1, method="css", min_crimes=1),
    RankingRequest(AS_OF, min_crimes=1, statuses=("at large",)),
)


@pytest.mark.parametrize("seed", range(6))
def test_any_history_adds_up_for_everyone_between_any_two_runs(
    seed: int, store: Store, write_extract: WriteExtract
) -> None:
    chance = random.Random(seed)
    room = Room(store, write_extract)
    for _ in range(3):
        batch = room.take({"crime_ref": "E", "person_ref": "E"}, *(_random_row(chance) for _ in range(14)))
        for asked in chance.sample(_ASKED, 3):
            make_run(store, asked)
    if seed % 2:
        withdraw(store, batch)
        make_run(store, chance.choice(_ASKED))
    heads = runs(store)
    pairs = [(first, second) for first in heads for second in heads if first.id != second.id]
    relied = {(a.id, b.id): _checked(room, a, b) for a, b in pairs}
    # Where a run kept no weights nothing is relied on: every step is made again from the records, to the same end.
    with store.change("Forget what offences weighed", meeting=None) as writing:
        for head in heads:
            writing.update("run", head.id, weighing_id=None)
    assert {(a.id, b.id): _checked(room, run(store, a.id), run(store, b.id)) for a, b in pairs} == relied


def _checked(room: Room, first: RunHead, second: RunHead) -> list[Move]:
    room.moved(first, second)
    found = moves(room.store, first.id, second.id, None)
    filtered = bool(first.statuses or second.statuses)
    assert filtered or not any(cause.kind is Kind.STATUS for move in found for cause in move.causes)
    return found

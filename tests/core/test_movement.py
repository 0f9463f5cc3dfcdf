"""Each cause alone and all together; whatever happens, the causes add up to the change of the score."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from core import bands
from core.allegations import Window, allegations
from core.methods import METHODS
from core.methods.base import measures, points, score
from core.movement import Cause, End, Kind, Move, Place, Way, causes, letter
from core.pools import Pool
from core.reports import NamedBy, ReportRow, Role

DAY = 740_000
OUT = Place(None, None)


def a_row(number: int, **changes: object) -> ReportRow:
    plain = ReportRow(
        id=number, crime_ref=f"C{number}", ho_code="008/06", offence="ABH", days=10.0, confidence="published", note="",
        committed_from=DAY - 20, reported_on=DAY - 20, vawg=True, outcome="charged", role=Role.CHARGED,
        named_by=NamedBy.VICTIM, victim_ref=f"V{number}", borough="Hackney", file="a.csv", line=number, batch=1,
    )  # fmt: skip
    return plain._replace(**changes)  # type: ignore[arg-type]


def a_way(method: str = "v100", times: float = 1.0, **changes: object) -> Way:
    def weigh(row: ReportRow) -> float | None:
        return None if row.days is None else row.days * times

    return replace(
        Way(METHODS[method], Pool.VAWG, bands.default(), "reported", 365, 1, weigh),
        **changes,  # type: ignore[arg-type]
    )


def placed(end: End, rows: list[ReportRow], rank: int) -> Place:
    """What the records of a ranking come to, made the long way, with a rank where there are enough of them."""
    stood = [r for r in rows if r.batch <= end.batch and (r.replaced_by is None or r.replaced_by > end.batch)]
    window = Window(end.as_of, end.way.days, end.way.by)
    lines = allegations(stood, window, end.way.pool)
    lines = tuple(line._replace(row=line.row._replace(days=end.way.weigh(line.row))) for line in lines)
    found = measures(lines, window)
    if not found.frequency:
        return OUT
    enough = found.frequency >= end.way.min_crimes
    return Place(rank if enough else None, points(score(end.way.method, found, end.way.bands)))


def found(first: End, second: End, rows: list[ReportRow], ranks: tuple[int, int] = (3, 3)) -> dict[Kind, float]:
    """The causes, with ranks for whoever is in a ranking; checked to add up."""
    before, after = placed(first, rows, ranks[0]), placed(second, rows, ranks[1])
    why = causes(first, second, before, after, rows)
    assert sum(cause.days for cause in why) == pytest.approx((after.score or 0) - (before.score or 0), abs=1e-9)
    assert why == causes(replace(first, certain=False), replace(second, certain=False), before, after, rows)
    return dict(why)


WAY = a_way()
BEFORE = End(WAY, DAY, 1)


def test_a_report_that_came_with_a_later_batch_is_new() -> None:
    rows = [a_row(1), a_row(2, batch=2, days=365.0)]
    assert found(BEFORE, replace(BEFORE, batch=2), rows) == {Kind.NEW: 365}
    assert found(replace(BEFORE, batch=2), BEFORE, rows) == {Kind.NEW: -365}


def test_a_report_made_after_the_earlier_day_is_new_though_its_batch_is_not() -> None:
    rows = [a_row(1), a_row(2, reported_on=DAY + 1, committed_from=DAY - 3)]
    assert found(BEFORE, replace(BEFORE, as_of=DAY + 1), rows) == {Kind.NEW: 10}
    assert found(replace(BEFORE, as_of=DAY + 1), BEFORE, rows) == {Kind.NEW: -10}


def test_a_report_grows_too_old_on_the_day_the_window_leaves_it() -> None:
    rows = [a_row(1), a_row(2, reported_on=DAY - 364, days=730.0)]
    assert found(BEFORE, replace(BEFORE, as_of=DAY), rows) == {}
    assert found(BEFORE, replace(BEFORE, as_of=DAY + 1), rows) == {Kind.ROLL_OFF: -730}
    assert found(replace(BEFORE, as_of=DAY + 1), BEFORE, rows) == {Kind.ROLL_OFF: 730}


@pytest.mark.parametrize(
    "change", [{"outcome": "cancelled"}, {"role": Role.ELIMINATED}, {"named_by": NamedBy.POLICE}, {"vawg": False}]
)
def test_a_record_that_no_longer_counts_is_revised(change: dict[str, object]) -> None:
    rows = [a_row(1), a_row(2, replaced_by=2), a_row(3, crime_ref="C2", batch=2, **change)]
    assert found(BEFORE, replace(BEFORE, batch=2), rows) == {Kind.REVISED: -10}


def test_a_record_with_another_offence_is_revised() -> None:
    rows = [a_row(1, replaced_by=2), a_row(2, crime_ref="C1", batch=2, days=1825.0)]
    assert found(BEFORE, replace(BEFORE, batch=2), rows) == {Kind.REVISED: 1815}
    assert found(replace(BEFORE, batch=2), BEFORE, rows) == {Kind.REVISED: -1815}


def test_a_record_put_to_a_later_day_has_not_changed_the_score() -> None:
    rows = [a_row(1, replaced_by=2), a_row(2, crime_ref="C1", batch=2, reported_on=DAY + 1)]
    assert found(BEFORE, End(WAY, DAY + 1, 2), rows) == {}


@pytest.mark.parametrize(
    ("way", "days"),
    [
        (a_way(times=2.5), 30.0),
        (a_way(days=10), -20.0),
        (a_way(pool=Pool.DOMESTIC_ABUSE), -10.0),
        (a_way("rfgv"), None),
    ],
)
def test_another_way_of_scoring_is_told_from_what_happened(way: Way, days: float | None) -> None:
    rows = [a_row(1, domestic_abuse=True), a_row(2), a_row(3, batch=2, days=50.0, reported_on=DAY)]
    alone = found(BEFORE, End(way, DAY, 1), rows[:2])
    assert set(alone) == {Kind.METHOD}
    assert days is None or alone[Kind.METHOD] == days
    assert found(BEFORE, End(way, DAY, 2), rows)[Kind.METHOD] == alone[Kind.METHOD]


def test_points_age_with_the_day() -> None:
    way = a_way("rfgv")
    assert set(found(End(way, DAY, 1), End(way, DAY + 200, 1), [a_row(1)])) == {Kind.ROLL_OFF}


def test_everything_at_once_is_told_apart() -> None:
    rows = [
        a_row(1),
        a_row(2, reported_on=DAY - 360, days=100.0),
        a_row(3, replaced_by=2, days=1000.0),
        a_row(4, crime_ref="C3", batch=2, days=400.0),
        a_row(5, batch=2, days=7.0),
    ]
    why = found(BEFORE, End(a_way(times=2.0), DAY + 30, 2), rows)
    assert why == {Kind.NEW: 14, Kind.REVISED: -1200, Kind.ROLL_OFF: -200, Kind.METHOD: 1110}
    assert list(why) == [Kind.NEW, Kind.REVISED, Kind.ROLL_OFF, Kind.METHOD]


def test_a_filter_by_status_hides_and_shows() -> None:
    rows = [a_row(1), a_row(2, batch=2)]
    later = End(WAY, DAY, 2, filtered=True)
    assert dict(causes(BEFORE, later, Place(1, 10.0), OUT, rows)) == {Kind.NEW: 10, Kind.STATUS: -20}
    assert dict(causes(replace(BEFORE, filtered=True), later, OUT, Place(1, 20.0), rows)) == {
        Kind.STATUS: 10,
        Kind.NEW: 10,
    }
    light = [a_row(1, days=None)]
    assert causes(BEFORE, later, Place(1, 0.0), OUT, light) == (Cause(Kind.STATUS, 0.0),)


def test_what_the_records_do_not_explain_is_a_revised_record() -> None:
    rows = [a_row(1), a_row(2, batch=2, replaced_by=2, days=500.0)]
    later = replace(BEFORE, batch=2)
    assert dict(causes(later, later, Place(1, 510.0), Place(2, 10.0), rows)) == {Kind.REVISED: -500}
    unsure = replace(BEFORE, certain=False)
    aged = replace(unsure, as_of=DAY + 1)
    assert dict(causes(unsure, aged, Place(1, 510.0), Place(2, 10.0), rows[:1])) == {Kind.REVISED: -500}
    assert dict(causes(unsure, aged, Place(1, 10.0), Place(2, 10.5), rows[:1])) == {Kind.REVISED: 0.5, Kind.OTHERS: 0}


def test_a_rank_that_a_report_without_weight_makes_is_put_down_to_it() -> None:
    two = a_way(min_crimes=2)
    rows = [a_row(1), a_row(2, batch=2, days=None)]
    first, second = End(two, DAY, 1), End(two, DAY, 2)
    assert causes(first, second, Place(None, 10.0), Place(4, 10.0), rows) == (Cause(Kind.NEW, 0.0),)
    assert causes(second, first, Place(4, 10.0), Place(None, 10.0), rows) == (Cause(Kind.NEW, 0.0),)
    assert causes(BEFORE, first, Place(4, 10.0), Place(None, 10.0), rows) == (Cause(Kind.METHOD, 0.0),)

    swapped = [
        a_row(1),
        a_row(2, days=None, replaced_by=2),
        a_row(3, crime_ref="C2", days=None, outcome="cancelled", batch=2),
    ]
    swapped.append(a_row(4, days=None, batch=2))
    assert found(first, second, swapped) == {}


def test_others_move_whoever_keeps_the_score_or_moves_against_it() -> None:
    later = replace(BEFORE, batch=2)
    rows = [a_row(1), a_row(2, batch=2)]
    assert found(BEFORE, later, rows[:1], (3, 4)) == {Kind.OTHERS: 0}
    assert found(BEFORE, later, rows, (3, 4)) == {Kind.NEW: 10, Kind.OTHERS: 0}
    assert found(BEFORE, later, rows, (4, 3)) == {Kind.NEW: 10}


def test_the_letter_is_that_of_the_most_days() -> None:
    assert letter([Cause(Kind.NEW, 5), Cause(Kind.ROLL_OFF, -7)]) == "O"
    assert letter([Cause(Kind.NEW, 5), Cause(Kind.ROLL_OFF, -5)]) == "N"
    assert letter([Cause(Kind.OTHERS, 0)]) == "="
    assert letter([]) == ""
    assert "".join(kind.letter for kind in Kind) == "NROWS="


def test_a_move_in_a_word() -> None:
    ranks: dict[str, tuple[int | None, int | None]] = {
        "new": (None, 4), "out": (4, None), "+3": (7, 4), "-3": (4, 7), "=": (4, 4), "": (None, None),
    }  # fmt: skip
    for word, (before, after) in ranks.items():
        assert Move("P1", "ASH", Place(before, 0.1), Place(after, 0.3), ()).word == word
    assert Move("P1", "ASH", Place(1, 0.1), Place(1, 0.3), ()).change == 0.2


def _history(chance: random.Random) -> list[ReportRow]:
    """Rows as imports leave them: some replaced by a later batch, some reports with several rows."""
    rows: list[ReportRow] = []
    for report in range(chance.randrange(1, 6)):
        alive: list[int] = []
        for batch in range(1, 4):
            if chance.random() < 0.5:
                continue
            if alive and chance.random() < 0.6:
                old = alive.pop(0)
                rows[old] = rows[old]._replace(replaced_by=batch)
            alive.append(len(rows))
            rows.append(
                a_row(
                    len(rows) + 1,
                    crime_ref=f"C{report}",
                    batch=batch,
                    days=chance.choice([None, 0.25, 10.0, 19.33, 1825.0]),
                    reported_on=DAY - chance.choice([-9, 0, 5, 60, 364, 365, 370]),
                    committed_from=DAY - chance.choice([0, 5, 60, 364, 365, 370, 400]),
                    outcome=chance.choice(["charged", "charged", "cancelled"]),
                    named_by=chance.choice([NamedBy.VICTIM, NamedBy.WITNESS, NamedBy.POLICE]),
                    victim_ref=chance.choice(["", "V1", "V2"]),
                )
            )
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_the_causes_of_any_history_add_up(seed: int) -> None:
    chance = random.Random(seed)
    ways = [WAY, a_way(times=1.5), a_way("rfg"), a_way("rfgv", by="committed"), a_way("rfh", days=60, min_crimes=2)]
    for _ in range(10):
        rows = _history(chance)
        ends = [End(chance.choice(ways), DAY + chance.choice([-5, 0, 1, 10]), chance.randrange(1, 4)) for _ in range(2)]
        why = found(ends[0], ends[1], rows)
        assert Kind.STATUS not in why
        if ends[0].way is ends[1].way:
            assert Kind.METHOD not in why
        if ends[0].as_of == ends[1].as_of and ends[0].way is ends[1].way:
            assert Kind.ROLL_OFF not in why

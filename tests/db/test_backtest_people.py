from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.backtest_words import Backtest
from core.errors import Problem
from core.harm import Harm
from core.methods import METHODS
from core.pools import Pool
from core.ranking import place
from db import meetings, papers
from db.backtest_known import known_on
from db.backtest_papers import people_line
from db.backtest_people import Asked, backtest, usual
from db.backtest_sql import EVERYONE, Statements
from db.backtest_sums import sums
from db.loading.importing import import_file
from db.scoring import RankingRequest, scoring_of, standings
from db.store import Store, make_store

WriteExtract = Callable[..., Path]
TODAY = date(2026, 11, 21)
DAY = date(2026, 6, 1)
CODES = {"019/08": ("Rape", 1825.0), "008/06": ("ABH", 10.0), "105/01": ("Common assault", 1.0)}
"""Codes with what they weigh (CCHI 2020)."""


class _Clock:
    """A clock that is set by hand."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


def _row(report: int, person: str, code: str, day: date, victim: str = "V1", **others: str) -> dict[str, str]:
    words = f"{day:%d/%m/%Y}"
    return {
        "crime_ref": f"{report:07d}/26", "person_ref": person, "ho_code": code, "offence": CODES[code][0],
        "committed_from": words, "reported_on": words, "victim_ref": victim, **others,
    }  # fmt: skip


def _random_rows(seed: int, people: int = 25, reports: int = 160) -> list[dict[str, str]]:
    draw = random.Random(seed)
    rows = []
    for report in range(reports):
        day = DAY - timedelta(days=draw.randrange(-150, 420))
        for _ in range(draw.choice((1, 1, 2))):
            who, code = f"P{draw.randrange(people):02d}", draw.choice(list(CODES))
            others = {"named_by": draw.choice(("victim", "witness", "police"))}
            rows.append(_row(report, who, code, day, f"V{draw.randrange(9)}", **others))
    return rows


def _script(rows: Sequence[dict[str, str]], days: int, first: int) -> tuple[float, float, float]:
    """Captured, best and chance of V100 from the rows alone."""
    heaviest: dict[tuple[str, str], tuple[int, float]] = {}
    for row in rows:
        if row["named_by"] in ("victim", "witness"):
            key = row["crime_ref"], row["person_ref"]
            day = datetime.strptime(row["reported_on"], "%d/%m/%Y").date().toordinal() - DAY.toordinal()
            heaviest[key] = day, max(heaviest.get(key, (0, 0.0))[1], CODES[row["ho_code"]][1])
    before: dict[str, list[tuple[int, float]]] = defaultdict(list)
    after: dict[str, float] = defaultdict(float)
    for (_, person), (day, weight) in heaviest.items():
        if -365 < day <= 0:
            before[person].append((day, weight))
        elif 0 < day <= days:
            after[person] += weight

    def order(person: str) -> tuple[bool, float, int, str]:
        held = before[person]
        return len(held) < 2, -sum(weight for _, weight in held), -max(day for day, _ in held), person

    total = sum(after.values())
    held = sum(after.get(person, 0.0) for person in sorted(before, key=order)[:first])
    return held / total, sum(sorted(after.values())[-first:]) / total, first / len(before.keys() | after.keys())


def _of(found: Backtest, ranking: str, first: int) -> tuple[float, float, float]:
    [one] = [one for one in found.entries if (one.ranking, one.first) == (ranking, first)]
    return one.captured, one.best, one.chance


def test_a_script_gives_the_same_of_a_random_store(store: Store, write_extract: WriteExtract) -> None:
    rows = _random_rows(1)
    import_file(store, write_extract(rows), today=TODAY)
    found = backtest(store, Asked(DAY.toordinal(), 100), [1, 5, 15])
    for first in (1, 5, 15):
        assert _of(found, "v100", first) == pytest.approx(_script(rows, 100, first))
    assert [one.ranking for one in found.at(5)] == list(METHODS)
    assert any("No report had been imported by 01/06/2026; the first came in on 21/11/2026" in one.sentence
               for one in found.left_out)  # fmt: skip


def _two_years(seed: int, *, repeats: bool) -> list[dict[str, str]]:
    """Rows of a year before the day and one after: of people a few of whom are named again and again, or anyone."""
    draw = random.Random(seed)
    rows = []
    for year in (0, 1):
        few = draw.sample(range(300), 10)
        for report in range(600):
            day = DAY + timedelta(days=365 * (year - 1) + 1 + draw.randrange(364))
            who = draw.randrange(300) if draw.random() < 0.7 else draw.choice(range(10) if repeats else few)
            rows.append(_row(1000 * year + report, f"P{who:03d}", "008/06", day, named_by="victim"))
    return rows


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("repeats", [True, False])
def test_people_whose_next_year_repeats_are_found_in_a_store_and_noise_is_not(
    store: Store, write_extract: WriteExtract, seed: int, repeats: bool
) -> None:
    """In the noise some are heavy in either year, too, but others in each: only their next year is told apart."""
    import_file(store, write_extract(_two_years(seed, repeats=repeats)), today=date(2027, 6, 2))
    found = backtest(store, Asked(DAY.toordinal(), 365), [10])
    [v100] = [one for one in found.entries if one.ranking == "v100"]
    assert (v100.low > v100.chance) is repeats
    assert v100.low <= max(v100.captured, v100.chance)
    assert (v100.captured > 0.25) is repeats, "ten of three hundred who are named three times in ten"


@pytest.mark.parametrize("pool", [Pool.VAWG, Pool.KNIFE])
def test_every_list_is_that_of_the_ranking_on_the_day(store: Store, write_extract: WriteExtract, pool: Pool) -> None:
    draw = random.Random(4)
    rows = [row | {"offence": row["offence"] + draw.choice(("", " with a knife"))} for row in _random_rows(2)]
    import_file(store, write_extract(rows), today=TODAY)
    day, until = DAY.toordinal(), DAY.toordinal() + 100
    scorings = {key: scoring_of(store, RankingRequest(day, method=key, pool=pool)) for key in METHODS}
    found = sums(store, scorings, until, known_on(store, day))
    for key in METHODS:
        for there, as_of in ((found.now, day), (found.then, until)):
            request = RankingRequest(as_of, method=key, pool=pool)
            expected = [one.standing.person for one in place(standings(store, request), request.at_least)]
            assert there.order(key, request.at_least) == expected, (key, as_of)
            assert there.order(key, request.at_least, (), 7) == expected[:7]
            assert there.order(key, request.at_least, expected[4:6])[:2] == sorted(expected[4:6], key=expected.index)


def test_a_long_table_of_weights_is_not_walked_for_every_row(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract(_random_rows(1)), today=TODAY)
    weights = {number: Harm(float(number), "Offence", "published", "") for number in range(1, 201)}
    scoring = scoring_of(store, RankingRequest(DAY.toordinal(), method="css"))._replace(weights=weights)
    asked = Statements({"css": scoring}, known_on(store, DAY.toordinal()), DAY.toordinal() + 100)
    for query in (asked.now, asked.then):
        steps = store.read.rows(f"EXPLAIN QUERY PLAN {query}", **asked.given, **EVERYONE)
        plan = [row["detail"] for row in steps]
        assert any("USING AUTOMATIC" in step and "offence_id=?" in step for step in plan), plan
        assert any("report_row_score (person_id=? AND reported_on>? AND reported_on<?)" in step for step in plan), plan


def _delivered(seed: int) -> list[dict[str, str]]:
    """What had been reported by the day; many reports name a suspect in several rows."""
    draw = random.Random(seed)
    rows = [row for row in _random_rows(seed) if datetime.strptime(row["reported_on"], "%d/%m/%Y").date() <= DAY]
    for row in draw.sample(rows, len(rows) // 3):
        code = draw.choice(list(CODES))
        others = {"ho_code": code, "offence": CODES[code][0], "named_by": draw.choice(("witness", "police"))}
        rows.append(row | {"victim_ref": f"W{draw.randrange(9)}"} | others)
    return rows


def _revised(rows: Sequence[dict[str, str]], seed: int) -> list[dict[str, str]]:
    """Some of the rows as a later file tells them: out, heavier, by another, of another victim, with one more row."""
    draw = random.Random(seed)
    changes: tuple[dict[str, str], ...] = (
        {"outcome": "no crime"}, {"ho_code": "019/08", "offence": "Rape"}, {"ho_code": "105/01", "offence": "Assault"},
        {"named_by": "police"}, {"named_by": "victim"}, {"victim_ref": "V99"},
    )  # fmt: skip
    return [row | draw.choice(changes) for row in draw.sample(rows, 40)]


def _two_deliveries(folder: Path, write_extract: WriteExtract, seed: int) -> tuple[Store, Store]:
    """A store that was given one extract on the day, and one that was given another in November, too."""
    rows = _delivered(seed)
    late = [_row(9000 + at, f"P{at:02d}", "019/08", DAY - timedelta(days=9 + at)) for at in range(4)]
    after = [_row(9100 + at, f"P{at + 3:02d}", "008/06", DAY + timedelta(days=1 + at)) for at in range(6)]
    stores = []
    for name in ("once", "twice"):
        clock = _Clock(DAY)
        one = make_store(folder / f"{name}.db", "tester", clock)
        import_file(one, write_extract(rows, f"{name}-1.csv"), today=DAY)
        if name == "twice":
            clock.day = TODAY
            later = [*_revised(rows, seed), *late, *after]
            import_file(one, write_extract(later, f"{name}-2.csv"), today=TODAY)
        stores.append(one)
    return stores[0], stores[1]


def _known_on_the_day(store: Store, pool: Pool) -> dict[str, object]:
    """By method everyone in order, with reports and score, as the store knows them to have been on the day."""
    day = DAY.toordinal()
    scorings = {key: scoring_of(store, RankingRequest(day, method=key, pool=pool)) for key in METHODS}
    found = sums(store, scorings, day + 100, known_on(store, day)).now
    refs = {row["id"]: row["ref"] for row in store.read.rows("SELECT id, ref FROM person")}
    lists: dict[str, object] = {}
    for key in METHODS:
        held = found.near(key, 1, (), len(found.people))
        told = {found.people[at]: (found.crimes[at], found.last[at], score) for at, score in held.items()}
        lists[key] = [(refs[person], *told[person]) for person in found.order(key, 1)]
    return lists


@pytest.mark.parametrize("seed", range(3, 8))
def test_what_came_in_after_the_day_was_not_known_on_it(tmp_path: Path, write_extract: WriteExtract, seed: int) -> None:
    once, twice = _two_deliveries(tmp_path, write_extract, seed)
    with once, twice:
        for pool in (Pool.VAWG, Pool.VIOLENCE):
            assert _known_on_the_day(once, pool) == _known_on_the_day(twice, pool)
        day = DAY.toordinal()
        worked = backtest(twice, Asked(day, 100), [3])
        assert any("had not been imported by then, or was replaced since" in one.sentence for one in worked.left_out)
        with pytest.raises(Problem, match="leaves nothing that followed"):
            backtest(once, Asked(day, 100), [3])


def test_beside_the_list_stands_who_was_named_again_new_below_a_child_and_in_custody(
    store: Store, write_extract: WriteExtract, tmp_path: Path
) -> None:
    before, after = DAY - timedelta(days=5), DAY + timedelta(days=5)
    rows = [_row(n, f"P{n // 2}", "019/08" if n < 4 else "008/06", before - timedelta(days=n)) for n in range(8)]
    rows = [row | ({"born_on": "01/02/2010"} if row["person_ref"] == "P0" else {}) for row in rows]
    rows += [_row(20, "P0", "105/01", after, born_on="01/02/2010"), _row(21, "P2", "008/06", after)]
    rows += [_row(22 + n, "NEW", "019/08", after) for n in range(2)]
    import_file(store, write_extract(rows), today=TODAY)
    markers = tmp_path / "markers.csv"
    markers.write_text(
        "person_ref,marker,value,starts,ends,note\nP0,custody,remand,10/06/2026,20/06/2026,\n"
        "P1,custody,prison,01/05/2026,,\nP3,custody,prison,01/05/2026,,\n"
    )
    import_file(store, markers, today=TODAY)
    found = backtest(store, Asked(DAY.toordinal(), 30), [2])
    beside = found.beside[0]
    assert (beside.ranking, beside.first, beside.named_again, beside.next_new) == ("v100", 2, 1, 1)
    assert (beside.below, beside.below_named_again, beside.below_captured) == (2, 1, 10 / 3661)
    assert (beside.children, beside.custody, beside.custody_throughout) == (1, 2, 1)
    assert found.as_json()["beside"][0]["custody_throughout"] == 1
    assert _of(found, "v100", 2) == pytest.approx((1 / 3661, 3660 / 3661, 2 / 5))
    assert (
        "1 is a child and 2 were in custody for some of the time (1 throughout), so could not" in beside.sentences[-1]
    )


def test_what_is_not_known_of_the_list_is_not_told_as_none(store: Store, write_extract: WriteExtract) -> None:
    before = DAY - timedelta(days=5)
    rows = [_row(n, f"P{n // 2}", "019/08", before) | {"born_on": "01/02/1980" if n < 2 else ""} for n in range(4)]
    rows.append(_row(9, "P0", "019/08", DAY + timedelta(days=5), born_on="01/02/1980"))
    import_file(store, write_extract(rows), today=TODAY)
    [beside, *_] = backtest(store, Asked(DAY.toordinal(), 30), [2]).beside
    assert (beside.children, beside.age_unknown, beside.custody, beside.custody_throughout) == (0, 1, None, None)
    assert beside.sentences[-1] == (
        "Of the first two by v100, none is a child (the age of 1 person is not known) and who was in custody is "
        "not known: none is on record."
    )


def test_what_cannot_be_worked_is_said(store: Store, write_extract: WriteExtract) -> None:
    with pytest.raises(Problem, match="no report that counts in the pool 'vawg'"):
        usual(store)
    import_file(store, write_extract(_random_rows(5)), today=TODAY)
    last = usual(store).until
    for asked, firsts, words in (
        (Asked(DAY.toordinal() - 2000, 30), [5], "lies before the records"),
        (Asked(last, 30), [5], "leaves nothing that followed"),
        (Asked(DAY.toordinal(), 30), [5, 400], "--first 400 is more than the"),
        (Asked(DAY.toordinal(), 0), [5], "--days 0 is no span"),
        (Asked(DAY.toordinal(), 30, Pool.KNIFE), [1], "no report that counts in the pool 'knife'"),
    ):
        with pytest.raises(Problem, match=words):
            backtest(store, asked, firsts)
    found = backtest(store, Asked(last - 10, 40), [5])
    assert any("of the 40 days the last 30 are not held" in one.sentence for one in found.left_out)


def test_papers_have_one_line_of_people_with_the_day_it_was_worked(tmp_path: Path, write_extract: WriteExtract) -> None:
    clock = _Clock(TODAY)
    with make_store(tmp_path / "papers.db", "tester", clock) as store:
        rows = [*_random_rows(3), _row(9998, "P01", "019/08", TODAY)]
        import_file(store, write_extract(rows), today=TODAY)
        masked = meetings.open_meeting(store, "council-focus", "Chair", TODAY)
        assert people_line(store, masked, clock()) == []
        meeting = meetings.open_meeting(store, "daily", "Chair", TODAY)
        [line] = people_line(store, meeting, clock())
        assert line.startswith("Backtest worked on 21/11/2026: The first ten by v100 held")
        assert "ranked on 31/10/2025" in line
        assert "the 365 days to 31/10/2026" in line
        assert "named in the span were not in the pool on the day: no list could hold them" in line
        assert "predict" not in line
        assert not [ref for ref in (f"P{number:02d}" for number in range(25)) if ref in line]
        for paper in (papers.minutes(store, meeting, clock(), draft=True), papers.report(store, meeting, clock())):
            assert paper.replace("\\", "").count(line) == 1

        import_file(store, write_extract([_row(9999, "P01", "019/08", TODAY)], "more.csv"), today=TODAY)
        clock.day = TODAY + timedelta(days=1)
        assert people_line(store, meeting, clock()) == [line], "worked once a month"
        clock.day = TODAY + timedelta(days=10)
        [later] = people_line(store, meeting, clock())
        assert "worked on 01/12/2026" in later
        assert "the 365 days to 31/10/2026" in later, "of the last days of November nothing is held"

"""Whom only the rule of two reports leaves out, pools with rules of their own, and what historic reports come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.performance import APART
from core.pools import Pool
from core.scope import WHOLE_FORCE, scope_of
from db import rankings
from db.first import refs_first
from db.historic import historic_of
from db.left_out import above_the_line, left_out, left_out_of
from db.left_out_papers import table as left_out_table
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.people import children, explain
from db.performance import week
from db.runs import make_run
from db.scoring import RankingRequest
from db.stability import stability
from db.store import Store

TODAY = date(2026, 11, 21)
AS_OF = TODAY.toordinal()
WriteExtract = Callable[..., Path]
MURDER = {"ho_code": "001/01", "offence": "Murder"}
ASSAULT = {"ho_code": "105/01", "offence": "Common assault"}
BLADE = {"ho_code": "008/26", "offence": "Having an article with a blade", "vawg": "no", "named_by": "police"}


def report(number: int, person: str, what: Mapping[str, str], back: int = 10) -> dict[str, str]:
    """A row of a report made some days ago, of an offence of the day before."""
    reported = TODAY - timedelta(days=back)
    who = {"crime_ref": f"C{number}", "person_ref": person, "victim_ref": f"V{number}", "born_on": ""}
    when = {"committed_from": (reported - timedelta(days=1)).isoformat(), "reported_on": reported.isoformat()}
    return {**who, **when, **what}


@pytest.fixture
def town(store: Store, write_extract: WriteExtract) -> Store:
    """A hundred and ten people with two assaults each, two named once for murder, one once for assault."""
    rows = [report(2 * n + half, f"P{n:03d}", ASSAULT) for n in range(110) for half in (0, 1)]
    rows += [report(1000, "M1", MURDER), report(1001, "M2", MURDER, back=20), report(1002, "ONCE", ASSAULT)]
    import_file(store, write_extract(rows), today=TODAY)
    return store


def test_who_would_be_within_the_first_hundred_is_told_with_the_rank_that_one_report_would_give(town: Store) -> None:
    head = make_run(town, RankingRequest(AS_OF))
    found = left_out(town, head)
    assert [(one.person, one.score, one.would_be, one.why) for one in found] == [
        ("M1", 5475.0, 1, "1 report, V100 takes 2"),
        ("M2", 5475.0, 1, "1 report, V100 takes 2"),
    ]
    everyone = make_run(town, RankingRequest(AS_OF, min_crimes=1))
    ranks = {one.person: one.rank for one in rankings.entries(town, everyone.id)}
    assert [ranks[one.person] for one in found] == [one.would_be for one in found]
    assert left_out(town, everyone) == ()
    assert left_out_of(town, RankingRequest(AS_OF, min_crimes=1)) == ()
    assert (above_the_line(town, head), head.ranked) == (110, 110), "all 110 share rank 1, so all stand above the line"


def test_what_makes_no_run_tells_the_same_people(town: Store) -> None:
    head = make_run(town, RankingRequest(AS_OF))
    asked = left_out_of(town, RankingRequest(AS_OF))
    by_run = [(one.person, one.name, one.score, one.would_be, one.why) for one in left_out(town, head)]
    assert [(one.person, one.name, one.score, one.would_be, one.why) for one in asked] == by_run
    assert stability(town, RankingRequest(AS_OF)).by_rule == asked
    assert [row[2] for row in left_out_table(town, head.id, WHOLE_FORCE).rows] == ["M1", "M2"]
    there = left_out_table(town, head.id, scope_of("NW"))
    assert (there.rows, there.title.endswith("those of NW (North West), ranks of the force")) == ([], True)
    assert left_out_of(town, RankingRequest(AS_OF, statuses=("nowhere",))) == ()
    [(one, *_)] = [left_out_of(town, RankingRequest(AS_OF, min_crimes=3))]
    assert one.why == "1 report, asked for are 3"


def test_a_small_list_leaves_out_whoever_comes_within_a_hundred(store: Store, write_extract: WriteExtract) -> None:
    rows = [report(1, "A", ASSAULT), report(2, "A", ASSAULT), report(3, "B", ASSAULT)]
    import_file(store, write_extract(rows), today=TODAY)
    [one] = left_out(store, make_run(store, RankingRequest(AS_OF)))
    assert (one.person, one.would_be) == ("B", 2)


def test_knife_takes_who_was_found_by_police_and_lists_habitual_carriers_first(
    store: Store, write_extract: WriteExtract
) -> None:
    """DOMAIN.md section 3: twice in two years, once in the last twelve months."""
    threat = {**BLADE, "ho_code": "008/64", "offence": "Threaten with a blade"}
    rows = [report(1, "ONCE", threat), report(2, "CARRIER", BLADE), report(3, "CARRIER", BLADE, back=400)]
    rows += [report(10 + n, f"K{n:02d}", BLADE, back=n + 1) for n in range(20)]
    rows.append(report(50, "HEARSAY", {**BLADE, "named_by": "intelligence"}))
    import_file(store, write_extract(rows), today=TODAY)
    head = make_run(store, RankingRequest(AS_OF, pool=Pool.KNIFE))
    found = rankings.entries(store, head.id)
    assert [(one.rank, one.person) for one in found[:3]] == [(1, "CARRIER"), (2, "ONCE"), (3, "K00")]
    assert (head.min_crimes, head.ranked, refs_first(store, head)) == (1, 22, frozenset({"CARRIER"}))
    solid = stability(store, RankingRequest(AS_OF, pool=Pool.KNIFE), 3)
    assert [(band.rank, band.person) for band, _ in solid.entries[:2]] == [(1, "CARRIER"), (2, "ONCE")]


@pytest.mark.parametrize("pool", [Pool.ROBBERY, Pool.NEIGHBOURHOOD])
def test_robbery_and_neighbourhood_rank_from_one_report_that_police_named(
    store: Store, write_extract: WriteExtract, pool: Pool
) -> None:
    robbery = {"ho_code": "034/01", "offence": "Robbery of personal property", "vawg": "no", "named_by": "police"}
    import_file(store, write_extract([report(n, f"R{n:02d}", robbery) for n in range(20)]), today=TODAY)
    assert make_run(store, RankingRequest(AS_OF, pool=pool)).ranked == 20


@pytest.fixture
def old(store: Store, write_extract: WriteExtract) -> Store:
    """Someone with a rape of long ago and an assault, and someone with a report of long ago alone."""
    long_ago = {"ho_code": "019/08", "offence": "Rape of a female aged 16 or over", "committed_from": "2007-10-17"}
    rows = [report(1, "A", ASSAULT), report(2, "A", ASSAULT), report(3, "A", long_ago, back=3)]
    rows += [report(4, "B", long_ago, back=3), report(5, "B", long_ago)]
    import_file(store, write_extract(rows), today=TODAY)
    return store


def test_historic_reports_count_for_people_with_their_share_or_stand_apart(old: Store) -> None:
    head = make_run(old, RankingRequest(AS_OF))
    entries = rankings.entries(old, head.id)
    assert [(one.person, one.score, one.historic) for one in entries] == [("B", 3650.0, 2), ("A", 1827.0, 1)]
    found = historic_of(old, head, entries)
    assert {ref: (one.reports, one.days, one.percent) for ref, one in found.items()} == {
        "A": (1, 1825.0, "100%"),
        "B": (2, 3650.0, "100%"),
    }
    assert found["A"].share == pytest.approx(1825 / 1827)
    apart = make_run(old, RankingRequest(AS_OF, historic="apart"))
    assert (apart.historic_as, apart.by, apart.historic, apart.people) == ("apart", "reported", 3, 1)
    [entry] = rankings.entries(old, apart.id)
    assert (entry.person, entry.score) == ("A", 2.0)
    assert historic_of(old, apart, [entry])["A"] == found["A"], "the share says what they would be"
    why = explain(old, "A", RankingRequest(AS_OF, historic="apart"))
    assert (why.score, why.historic_share) == (2.0, found["A"].share)
    assert why.historic_words == "1 historic report, 100% of the harm, set apart"
    assert [line.why_not for line in why.historic] == [
        "historic: committed more than 365 days before it was reported, set apart"
    ]


def test_both_choices_are_kinds_of_runs_of_their_own(old: Store) -> None:
    make_run(old, RankingRequest(AS_OF - 1, historic="apart"))
    counted = make_run(old, RankingRequest(AS_OF))
    apart = make_run(old, RankingRequest(AS_OF, historic="apart"))
    assert (counted.earlier, apart.earlier) == (None, 1)
    assert rankings.usual_run(old, AS_OF) == counted.id
    assert apart.request == RankingRequest(AS_OF, min_crimes=2, pool=Pool.VAWG, historic="apart")


def test_a_share_is_not_known_once_records_came_in_after_the_run(old: Store, write_extract: WriteExtract) -> None:
    head = make_run(old, RankingRequest(AS_OF))
    import_file(old, write_extract([report(9, "C", ASSAULT)], name="later.csv"), today=TODAY)
    found = historic_of(old, head, rankings.entries(old, head.id))
    assert [(one.reports, one.percent) for one in found.values()] == [(2, "?"), (1, "?")]


def test_a_share_is_not_known_once_a_file_of_the_run_is_withdrawn(old: Store, write_extract: WriteExtract) -> None:
    import_file(old, write_extract([report(9, "C", ASSAULT)], name="later.csv"), today=TODAY)
    head = make_run(old, RankingRequest(AS_OF))
    assert "?" not in {one.percent for one in historic_of(old, head, rankings.entries(old, head.id)).values()}
    withdraw(old, 2)
    found = historic_of(old, head, rankings.entries(old, head.id))
    assert [(one.reports, one.percent) for one in found.values()] == [(2, "?"), (1, "?")]


def test_the_totals_of_a_week_leave_historic_reports_out_and_show_them_apart(old: Store) -> None:
    """DOMAIN.md section 1: a separate series in the total of an area."""
    lines = {line.measure: line for line in week(old, AS_OF)}
    first = next(iter(lines.values()))
    assert (first.reports, first.reports_before, first.harm) == (0, 2, 0.0)
    assert (lines[APART].reports, lines[APART].reports_before, lines[APART].harm) == (2, 1, 3650.0)


def test_a_report_without_a_weight_is_unweighed_and_not_0(store: Store, write_extract: WriteExtract) -> None:
    unknown = {"ho_code": "105/99", "offence": "Out of the index"}
    rows = [report(1, "A", ASSAULT), report(2, "A", unknown), report(3, "A", unknown)]
    several = {"victim_ref": "W", "crime_ref": "C1", "person_ref": "A"}
    import_file(store, write_extract([*rows, rows[0] | several, rows[1] | several | {"victim_ref": "X"}]), today=TODAY)
    head = make_run(store, RankingRequest(AS_OF))
    [entry] = rankings.entries(store, head.id)
    assert (entry.crimes, entry.unweighed, head.unweighted) == (3, 2, {"105/99": 2})
    assert (entry.victims, entry.several_victims) == (5, True)
    assert len(explain(store, "A", RankingRequest(AS_OF)).unweighed) == 2


def test_a_child_is_known_by_the_day_of_birth(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        report(1, "YOUNG", ASSAULT | {"born_on": "22/11/2008"}),
        report(2, "GROWN", ASSAULT | {"born_on": "21/11/2008"}),
    ]
    import_file(store, write_extract(rows), today=TODAY)
    assert children(store, AS_OF) == {"YOUNG"}
    head = make_run(store, RankingRequest(AS_OF, min_crimes=1))
    stands = {one.person: one.stands(AS_OF) for one in rankings.entries(store, head.id)}
    assert (stands["YOUNG"][:6], stands["GROWN"][:6] == "child;") == ("child;", False)

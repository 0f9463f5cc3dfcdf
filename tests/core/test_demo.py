"""The synthetic London: repeatable, of the published shape, and as hostile as a real extract."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice, pairwise
from typing import NamedTuple

import pytest

from core.demo import (
    ACTIVITY_HEADER,
    DEPLOYMENTS_HEADER,
    EXTRACT_HEADER,
    USUAL_POOL,
    DemoWard,
    activity,
    deployments,
    fly_tips,
    patrols,
    unsafe_places,
    ward_panels,
    ward_release,
    ward_release_header,
)
from core.demo.offences import BY_MEN, EVERY
from core.demo.reports import file_reports, rows_of
from core.geography import current_wards
from core.harm import weigh
from core.tactics import TACTICS

AS_OF = date(2026, 11, 21)
BCUS = ("CE", "CN", "CW", "EA", "NA", "NE", "NW", "SA", "SC", "SE", "SW", "WA")
Row = tuple[str, ...]
COLUMN = {name: index for index, name in enumerate(EXTRACT_HEADER)}


class Ranking(NamedTuple):
    """The list of one day, worked out from the rows alone."""

    scores: dict[str, float]
    counts: Counter[str]
    victims: dict[str, set[str]]
    order: list[str]


WARDS = current_wards()


@cache
def day(text: str) -> date:
    """A day in the extract's own form; anything else is an error."""
    assert text[2] == text[5] == "/"
    assert len(text) == 10
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


@cache
def days_of(code: str, title: str) -> float:
    return weigh(code, title).days or 0.0


def digest(rows: Iterable[Row]) -> str:
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def rank(rows: Sequence[Row], as_of: date) -> Ranking:
    after = as_of - timedelta(days=365)
    harm: dict[tuple[str, str], float] = {}
    victims: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        person, crime = row[COLUMN["person_ref"]], row[COLUMN["crime_ref"]]
        counts = (
            person
            and row[COLUMN["vawg"]] == "yes"
            and row[COLUMN["named_by"]] in ("victim", "witness")
            and row[COLUMN["role"]] != "eliminated"
            and row[COLUMN["outcome"]] != "cancelled"
            and after < day(row[COLUMN["reported_on"]]) <= as_of
        )
        if counts:
            harm[person, crime] = days_of(row[COLUMN["ho_code"]], row[COLUMN["offence"]])
            victims[person].add(row[COLUMN["victim_ref"]])
    scores: dict[str, float] = defaultdict(float)
    for (person, _), days in harm.items():
        scores[person] += days
    number = Counter(person for person, _ in harm)
    rankable = (person for person in scores if number[person] >= 2)
    return Ranking(scores, number, victims, sorted(rankable, key=lambda person: (-scores[person], person)))


def crime_reports(wards: Sequence[DemoWard], as_of: date, seed: int = 1, suspects: int = USUAL_POOL) -> Iterator[Row]:
    """The rows of three years of reports, as a file of the demo has them."""
    return rows_of(file_reports(wards, as_of, seed, suspects))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(crime_reports(WARDS, AS_OF))


@pytest.fixture(scope="module")
def ranked(rows: list[Row]) -> Callable[[date], Ranking]:
    """The ranking of a day, made once: one day is the day before of the next."""
    return cache(partial(rank, rows))


@pytest.fixture(scope="module")
def ranking(ranked: Callable[[date], Ranking]) -> Ranking:
    return ranked(AS_OF)


def test_nobody_has_the_same_forename_twice(rows: list[Row]) -> None:
    given = {tuple(row[COLUMN["forenames"]].split()) for row in rows}
    assert any(len(names) > 1 for names in given)
    assert [names for names in given if len(names) != len(set(names))] == []


def test_pool_has_the_published_size_and_median(ranking: Ranking) -> None:
    assert 33_950 <= len(ranking.scores) <= 36_050
    scores = sorted(ranking.scores.values())
    assert scores[len(scores) // 2] <= 11
    assert 0.50 <= sum(score <= 11 for score in scores) / len(scores) <= 0.55
    assert len(set(scores[: len(scores) // 2])) >= 10


def test_top_hundred_has_the_published_shape(ranking: Ranking) -> None:
    top = ranking.order[:100]
    assert 430 <= sum(ranking.counts[person] for person in top) <= 460
    assert 191 <= len(set[str]().union(*(ranking.victims[person] for person in top))) <= 211
    assert 1_310 * 365 <= sum(ranking.scores[person] for person in top) <= 1_420 * 365
    assert sorted(len(ranking.victims[person]) for person in top)[-3:] == [6, 15, 15]


def test_three_quarters_of_the_top_are_named_for_rape_or_murder(rows: list[Row], ranking: Ranking) -> None:
    top = set(ranking.order[:100])
    grave = {
        row[COLUMN["person_ref"]]
        for row in rows
        if row[COLUMN["person_ref"]] in top and row[COLUMN["ho_code"]][:3] in ("001", "019")
    }
    assert 70 <= len(grave) <= 95


def test_list_moves_in_the_three_weeks_before(ranked: Callable[[date], Ranking], ranking: Ranking) -> None:
    now = ranking.order[:100]
    for back, least in ((7, 3), (14, 5), (21, 7)):
        then = ranked(AS_OF - timedelta(days=back)).order[:100]
        assert least <= len(set(now) - set(then)) <= 30
        assert sum(then.index(person) != place for place, person in enumerate(now) if person in then) > 10


@pytest.mark.parametrize("back", range(7))
def test_on_every_day_of_the_last_week_some_of_the_hundred_climb_and_some_fall(
    ranked: Callable[[date], Ranking], back: int
) -> None:
    before, after = (ranked(AS_OF - timedelta(days=days)) for days in (back + 1, back))
    place = {person: number for number, person in enumerate(before.order)}
    shared = [person for person in after.order[:100] if person in place]
    climbed = [person for person in shared if after.scores[person] > before.scores[person]]
    fell = [person for person in before.order[:100] if after.scores[person] < before.scores[person]]
    assert climbed or len(shared) < 100, "by a new report"
    assert fell, "by the window"
    assert sum(place[person] != number for number, person in enumerate(after.order[:100]) if person in place) >= 5


def test_reports_of_the_top_come_as_often_of_late_as_in_the_year(rows: list[Row], ranking: Ranking) -> None:
    top = set(ranking.order[:100])
    since = AS_OF - timedelta(days=24)
    recent = {
        row[COLUMN["crime_ref"]]
        for row in rows
        if row[COLUMN["person_ref"]] in top
        and row[COLUMN["vawg"]] == "yes"
        and row[COLUMN["named_by"]] in ("victim", "witness")
        and day(row[COLUMN["reported_on"]]) > since
    }
    assert 20 <= len(recent) <= 40, "445 a year are 29 in 24 days"


def test_a_day_has_as_many_reports_as_any_other_and_the_last_its_night_alone(rows: list[Row]) -> None:
    by_day = Counter(day(report) for report in {row[0]: row[COLUMN["reported_on"]] for row in rows}.values())
    year = [by_day[AS_OF - timedelta(days=back)] for back in range(1, 365)]
    mean = sum(year) / len(year)
    assert all(0.7 * mean < number < 1.3 * mean for number in year)
    assert 0.15 * mean < by_day[AS_OF] < 0.4 * mean


def test_the_thirteen_whole_months_before_the_day_are_held_at_one_level(rows: list[Row]) -> None:
    by_month = Counter(report[3:] for report in {row[0]: row[COLUMN["reported_on"]] for row in rows}.values())
    months = [f"{9 + nth:02d}/2025" for nth in range(1, 4)] + [f"{nth:02d}/2026" for nth in range(1, 11)]
    usual = sorted(by_month[month] for month in months)[6]
    assert all(0.8 * usual < by_month[month] < 1.2 * usual for month in months)


def test_the_pool_is_as_large_three_weeks_before(rows: list[Row], ranking: Ranking) -> None:
    before = AS_OF - timedelta(days=21)
    earlier = rank([row for row in rows if day(row[COLUMN["reported_on"]]) <= before], before)
    assert 0.97 < len(earlier.scores) / len(ranking.scores) < 1.03


@pytest.mark.parametrize("seed", [2, 77])
def test_shape_holds_for_other_seeds_and_days(seed: int) -> None:
    as_of = AS_OF + timedelta(days=seed)
    found = rank(list(crime_reports(WARDS, as_of, seed, suspects=6_000)), as_of)
    top = found.order[:100]
    assert len(found.scores) == 6_000
    assert sum(found.counts[person] for person in top) == 445
    assert 1_310 * 365 <= sum(found.scores[person] for person in top) <= 1_420 * 365


def test_extract_rows_are_whole_and_in_order(rows: list[Row]) -> None:
    assert {len(row) for row in rows} == {len(EXTRACT_HEADER)}
    assert len(set(rows)) == len(rows)
    reported = [day(row[COLUMN["reported_on"]]) for row in rows]
    assert reported == sorted(reported)
    assert reported[-1] == AS_OF
    assert timedelta(days=1_000) < AS_OF - reported[0] < timedelta(days=3 * 366)


def test_extract_days_are_days_and_never_after_the_as_of_day(rows: list[Row]) -> None:
    for row in rows:
        began, reported = day(row[COLUMN["committed_from"]]), day(row[COLUMN["reported_on"]])
        ended = day(row[COLUMN["committed_to"]]) if row[COLUMN["committed_to"]] else began
        assert began <= ended <= reported <= AS_OF
        if row[COLUMN["born_on"]]:
            born = day(row[COLUMN["born_on"]])
            assert timedelta(days=14 * 365) <= AS_OF - born <= timedelta(days=76 * 365)
            assert began - born > timedelta(days=10 * 365)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("domestic_abuse", "yes no"),
        ("vawg", "yes no"),
        ("detected_by", "public police"),
        ("role", "named suspect|charged|convicted|eliminated|"),
        ("named_by", "victim|witness|police|intelligence|"),
        ("sex", "male|female|"),
        ("status", "at large|bail|remand|serving|recalled|wanted|deceased|abroad|"),
    ],
)
def test_extract_uses_every_word_of_its_vocabulary(rows: list[Row], column: str, words: str) -> None:
    expected = set(words.split("|") if "|" in words else words.split())
    assert {row[COLUMN[column]] for row in rows} == expected


def test_extract_holds_what_no_ranking_counts(rows: list[Row]) -> None:
    last_year = [row for row in rows if AS_OF - day(row[COLUMN["reported_on"]]) < timedelta(days=365)]
    named = [row for row in last_year if row[COLUMN["vawg"]] == "yes" and row[COLUMN["person_ref"]]]
    by_police = [row for row in named if row[COLUMN["named_by"]] in ("police", "intelligence")]
    assert 0.15 < len(by_police) / len(named) < 0.25
    assert 12_000 < len({row[0] for row in rows}) - len({row[0] for row in last_year}) < 18_000
    assert 8_000 < len({row[0] for row in last_year if row[COLUMN["vawg"]] == "no"}) < 12_000
    assert any(row[COLUMN["outcome"]] == "cancelled" for row in last_year)
    assert any(not row[COLUMN["person_ref"]] and not row[COLUMN["victim_ref"]] for row in last_year)
    historic = [row for row in rows if int(row[3][6:]) < int(row[5][6:]) - 2]
    assert len(historic) > 500


def test_a_report_has_one_victim_at_most_and_may_name_several_suspects(rows: list[Row]) -> None:
    suspects, victims = defaultdict(set), defaultdict(set)
    for row in rows:
        suspects[row[0]].add(row[COLUMN["person_ref"]])
        victims[row[0]].add(row[COLUMN["victim_ref"]])
    assert sum(len(found) > 1 for found in suspects.values()) > 500
    assert all(len(found) == 1 for found in victims.values()), "one crime a victim: DOMAIN.md section 1"


def test_the_two_with_fifteen_victims_have_a_report_for_each(rows: list[Row], ranking: Ranking) -> None:
    most = sorted(ranking.order[:100], key=lambda person: len(ranking.victims[person]))[-2:]
    assert all(ranking.counts[person] >= len(ranking.victims[person]) == 15 for person in most)


def test_nobody_at_large_is_charged_or_convicted(rows: list[Row]) -> None:
    roles: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        roles[row[COLUMN["status"]]].add(row[COLUMN["role"]])
    for status in ("at large", "abroad", "deceased"):
        assert roles[status] <= {"named suspect", "eliminated"}
    assert "convicted" not in roles["bail"] | roles["remand"] | roles["wanted"]
    assert {"charged", "convicted"} <= roles["serving"]


def test_what_came_of_a_report_is_what_became_of_its_suspects(rows: list[Row]) -> None:
    roles: dict[str, set[str]] = defaultdict(set)
    outcomes: dict[str, str] = {}
    for row in rows:
        roles[row[0]].add(row[COLUMN["role"]])
        outcomes[row[0]] = row[COLUMN["outcome"]]
    for reference, held in roles.items():
        gravest = next((role for role in ("convicted", "charged") if role in held), "")
        assert outcomes[reference] == gravest if gravest else outcomes[reference] not in ("convicted", "charged")


def test_whoever_is_on_remand_is_charged_with_something(rows: list[Row]) -> None:
    charged = {row[COLUMN["person_ref"]] for row in rows if row[COLUMN["role"]] in ("charged", "convicted")}
    assert {row[COLUMN["person_ref"]] for row in rows if row[COLUMN["status"]] == "remand"} <= charged


def test_killings_are_a_london_year_of_them_and_most_are_of_men(rows: list[Row]) -> None:
    year = [row for row in rows if AS_OF - day(row[COLUMN["reported_on"]]) < timedelta(days=365)]
    killings = {row[0]: row for row in year if row[COLUMN["ho_code"]] in ("001/01", "004/01")}
    vawg = sum(row[COLUMN["vawg"]] == "yes" for row in killings.values())
    assert 90 <= len(killings) <= 115, "97 to 109 a year: DOMAIN2.md section 2"
    assert 0.2 < vawg / len(killings) < 0.4
    assert {row[COLUMN["sex"]] for row in killings.values()} >= {"male", "female"}
    killed = Counter(row[COLUMN["victim_ref"]] for row in killings.values())
    others = {row[COLUMN["victim_ref"]] for row in rows if row[0] not in killings}
    assert set(killed.values()) == {1}
    assert not killed.keys() & others, "whoever was killed is the victim of nothing else"


def test_knives_and_guns_are_in_the_reports(rows: list[Row]) -> None:
    by_code: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_code[row[COLUMN["ho_code"]]][row[COLUMN["knife"]]] += 1
    robberies = by_code["034/01"]
    assert 0.15 < robberies["yes"] / robberies.total() < 0.35
    assert by_code["005/01"]["yes"] > 100, "people hurt with knives"
    assert set(by_code["008/26"]) == {"yes"}
    assert all(by_code[code].total() > 10 for code in ("008/23", "005/14", "081/26"))


def test_no_woman_is_named_for_what_the_law_knows_men_alone_to_do(rows: list[Row]) -> None:
    titles = {offence.title for offence in BY_MEN}
    assert not [row for row in rows if row[COLUMN["offence"]] in titles and row[COLUMN["sex"]] == "female"]


def test_children_are_few_and_fewer_at_the_top(rows: list[Row], ranking: Ranking) -> None:
    born = {row[COLUMN["person_ref"]]: row[COLUMN["born_on"]] for row in rows if row[COLUMN["person_ref"]]}
    grown_by = AS_OF.replace(year=AS_OF.year - 18)
    children = {person for person, on in born.items() if day(on) > grown_by}
    assert 0.04 < len(children) / len(born) < 0.08
    assert 1 <= len(children & set(ranking.order[:100])) <= 6
    assert not children & set(ranking.order[:10])


def test_wards_and_boroughs_lead_that_lead_in_the_published_release(rows: list[Row]) -> None:
    boroughs = Counter(row[COLUMN["borough"]] for row in rows)
    assert "Westminster" in {name for name, _ in boroughs.most_common(2)}
    names = {ward.code: ward.name for ward in WARDS}
    codes = Counter(row[COLUMN["ward_code"]] for row in rows)
    assert {names[code] for code, _ in codes.most_common(3)} == {"West End", "St James's", "Fairfield"}
    assert min(boroughs, key=lambda name: boroughs[name]) in ("Richmond upon Thames", "Kingston upon Thames")


@pytest.mark.parametrize("suspects", [100, 600])
def test_even_a_small_london_has_knife_carriers_robbers_and_thieves(suspects: int) -> None:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in crime_reports(WARDS, AS_OF, suspects=suspects):
        if row[COLUMN["person_ref"]] and AS_OF - day(row[COLUMN["reported_on"]]) < timedelta(days=365):
            code, knife = row[COLUMN["ho_code"]], row[COLUMN["knife"]]
            for group, counts in (
                ("knife", knife == "yes" or code == "008/11"),
                ("robbery", code == "034/01"),
                ("neighbourhood", code in ("028/03", "034/01", "039/00", "045/10", "048/01")),
            ):
                found[group][row[COLUMN["person_ref"]]] += counts
    for group, people in found.items():
        assert sum(many >= 2 for many in people.values()) >= 20, group


def test_a_person_is_the_same_in_every_row(rows: list[Row]) -> None:
    first, last = COLUMN["person_ref"], COLUMN["status"] + 1
    people: dict[str, Row] = {}
    for row in rows:
        assert people.setdefault(row[first], row[first:last]) == row[first:last]
    men = Counter(person[COLUMN["sex"] - first] for reference, person in people.items() if reference)
    assert 0.90 < men["male"] / (len(people) - 1) < 0.94


def test_offence_table_weighs_as_the_index_does() -> None:
    assert {offence: days_of(offence.code, offence.title) for offence in EVERY} == {
        offence: offence.days for offence in EVERY
    }


def test_same_seed_and_day_give_the_same_extract() -> None:
    first, again = (digest(islice(crime_reports(WARDS, AS_OF, 5, suspects=1_000), 1_000)) for _ in range(2))
    assert first == again
    shuffled = tuple(reversed(WARDS))
    assert digest(islice(crime_reports(shuffled, AS_OF, 5, suspects=1_000), 1_000)) == first
    assert digest(islice(crime_reports(WARDS, AS_OF, 6, suspects=1_000), 1_000)) != first
    tomorrow = AS_OF + timedelta(days=1)
    assert digest(islice(crime_reports(WARDS, tomorrow, 5, suspects=1_000), 1_000)) != first


def test_files_are_the_same_on_every_machine_and_version() -> None:
    assert digest(crime_reports(WARDS, AS_OF, 5, suspects=1_000))[:16] == "efbd0e95d0bd163c"
    assert digest(ward_release(WARDS, AS_OF, 5))[:16] == "21b2a0c90f94ea96"
    assert digest(activity(WARDS, AS_OF, 5))[:16] == "f571b49627da5df4"
    assert digest(deployments(WARDS, AS_OF, 5))[:16] == "3e64de3b74b09e61"
    assert digest(ward_panels(WARDS, AS_OF, 5))[:16] == "12d85527f3062d89"
    assert digest(unsafe_places(WARDS, AS_OF, 5))[:16] == "2a4354b0eb666946"
    assert digest(patrols(WARDS, AS_OF, 5))[:16] == "2e857a18ddc33e24"
    assert digest(fly_tips(WARDS, AS_OF, 5))[:16] == "110be982bd7d0feb"


def test_extract_refuses_what_it_cannot_make() -> None:
    with pytest.raises(ValueError, match="at least one ward"):
        crime_reports((), AS_OF)
    with pytest.raises(ValueError, match="at least 100 suspects"):
        crime_reports(WARDS, AS_OF, suspects=99)


def test_smallest_pool_is_whole() -> None:
    found = rank(list(crime_reports(WARDS[:1], AS_OF, suspects=100)), AS_OF)
    assert len(found.scores) == 100


def test_ward_release_has_the_published_columns_and_volume() -> None:
    header = ward_release_header(date(2026, 1, 31))
    assert header[:5] == ("MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName")
    assert (header[5], header[15], header[-1], len(header)) == ("202402", "202412", "202601", 29)
    release = list(ward_release(WARDS, date(2026, 1, 31)))
    assert {len(row) for row in release} == {29}
    assert 15_000 < len(release) < 20_000
    months = [sum(int(row[column]) for row in release) for column in range(5, 29)]
    assert all(65_000 < month < 85_000 for month in months)
    assert 72_000 < sum(months) / 24 < 79_000
    assert all(any(cell != "0" for cell in row[5:]) for row in release)
    assert len({row[1] for row in release}) == 30
    assert len({(row[1], row[3]) for row in release}) == len(release)


def test_ward_release_is_repeatable_and_keeps_a_ward_s_character() -> None:
    first, again = (digest(ward_release(WARDS, AS_OF, 3)) for _ in range(2))
    assert first == again
    assert digest(ward_release(WARDS, AS_OF, 4)) != first
    worst = []
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        total: Counter[str] = Counter()
        for row in ward_release(WARDS, month, 3):
            total[row[3]] += sum(map(int, row[5:]))
        worst.append({code for code, _ in total.most_common(10)})
    assert len(worst[0] & worst[1]) >= 8


def test_activity_covers_thirty_days_with_one_gap() -> None:
    returns = list(activity(WARDS, AS_OF))
    assert {len(row) for row in returns} == {len(ACTIVITY_HEADER)}
    yesterday = AS_OF - timedelta(days=1)
    assert {day(row[0]) for row in returns} == {AS_OF - timedelta(days=back) for back in range(1, 31)}
    sending = {row[1] for row in returns if day(row[0]) == yesterday}
    assert len(sending) == 11
    assert {row[1] for row in returns} == set(BCUS)
    assert len(returns) == (30 * 12 - 1) * 13
    total: Counter[str] = Counter()
    for row in returns:
        total[row[2]] += int(row[3])
    assert 8 < total["arrests"] / 30 < 15
    assert 1 < total["knives seized"] / 30 < 4
    assert 12 < total["weapon sweeps"] / 30 < 20
    assert digest(activity(WARDS, AS_OF)) == digest(returns)
    assert digest(activity(WARDS, AS_OF, 2)) != digest(returns)


def test_deployments_place_the_whole_strength() -> None:
    units = list(deployments(WARDS, AS_OF))
    assert {len(row) for row in units} == {len(DEPLOYMENTS_HEADER)}
    assert sum(int(row[2]) for row in units) == 272
    assert {row[1] for row in units} == {"north", "south", "east", "west"}
    assert Counter(row[7] for row in units) == {"deployed": 8, "stood down": 2, "free": 4}
    codes = [ward for _, _, _, ward, *_, status in units if status != "free"]
    assert set(codes) <= {ward.code for ward in WARDS}
    assert len(set(codes)) == len(codes), "no two units are sent to one ward"
    now = datetime.combine(AS_OF, time(9))
    state: Counter[str] = Counter()
    for _, _, _, ward, tactic, starts, ends, status in units:
        if status == "free":
            assert (ward, tactic, starts, ends) == ("", "", "", "")
            continue
        assert tactic in TACTICS
        assert tactic not in ("convoy", "ANPR"), "neither is work for one unit of twenty"
        begins, finishes = (datetime.strptime(text, "%d/%m/%Y %H:%M") for text in (starts, ends))
        assert timedelta(0) < finishes - begins <= timedelta(hours=10)
        state["over" if finishes <= now else "on" if begins <= now else "planned"] += status == "deployed"
        assert status == "deployed" or finishes <= now
    assert state == {"on": 4, "planned": 3, "over": 1}
    assert digest(deployments(WARDS, AS_OF)) == digest(units)
    assert digest(deployments(WARDS, AS_OF, 2)) != digest(units)


def test_a_unit_has_one_duty_at_a_time_and_a_late_one_is_told_again_as_it_was_planned() -> None:
    duties: dict[str, set[tuple[datetime, datetime, str, str]]] = {}
    late: dict[str, tuple[str, ...]] = {}
    for back in range(30, -1, -1):
        morning = AS_OF - timedelta(days=back)
        told = {}
        for unit, _, _, ward, tactic, starts, ends, status in deployments(WARDS, morning):
            if status != "free":
                begins, finishes = (datetime.strptime(text, "%d/%m/%Y %H:%M") for text in (starts, ends))
                duties.setdefault(unit, set()).add((begins, finishes, ward, tactic))
                told[unit] = (ward, tactic, starts, ends)
        assert all(told[unit] == planned for unit, planned in late.items()), morning
        noon = f"{morning:%d/%m/%Y} 12"
        late = {unit: duty for unit, duty in told.items() if duty[2][:10] == noon[:10] and duty[2] > noon}
        assert len(late) == 3
    for unit, held in duties.items():
        ordered = sorted(held)
        for (_, ended, *_), (begins, *_) in pairwise(ordered):
            assert ended + timedelta(hours=11) <= begins, (unit, "eleven hours between duties: DOMAIN2.md section 5")

"""The synthetic London: repeatable, of the published shape, and as hostile as a real extract."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import NamedTuple

import pytest

from core.demo import (
    ACTIVITY_HEADER,
    DEPLOYMENTS_HEADER,
    EXTRACT_HEADER,
    activity,
    crime_reports,
    deployments,
    fly_tips,
    patrols,
    unsafe_places,
    ward_panels,
    ward_release,
    ward_release_header,
)
from core.demo.names import HOSTILE_SURNAMES
from core.demo.offences import EVERY
from core.harm import weigh

AS_OF = date(2026, 11, 21)
BCUS = ("AS", "CE", "CN", "CW", "EA", "NA", "NE", "NW", "SE", "SN", "SW", "WA")
Row = tuple[str, ...]
COLUMN = {name: index for index, name in enumerate(EXTRACT_HEADER)}


@dataclass(frozen=True)
class MadeUpWard:
    code: str
    name: str
    borough: str
    bcu: str
    population: int


class Ranking(NamedTuple):
    """The list of one day, worked out from the rows alone."""

    scores: dict[str, float]
    counts: Counter[str]
    victims: dict[str, set[str]]
    order: list[str]


WARDS = tuple(
    MadeUpWard(f"E05{90_000 + n:06d}", f"Ward {n}", f"Borough {n % 32:02d}", BCUS[n % 32 % 12], 9_000 + n * 37 % 9_000)
    for n in range(679)
)


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


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(crime_reports(WARDS, AS_OF))


@pytest.fixture(scope="module")
def ranking(rows: list[Row]) -> Ranking:
    return rank(rows, AS_OF)


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


def test_list_moves_in_the_three_weeks_before(rows: list[Row], ranking: Ranking) -> None:
    now = ranking.order[:100]
    for back, least in ((7, 1), (14, 3), (21, 5)):
        then = rank(rows, AS_OF - timedelta(days=back)).order[:100]
        assert least <= len(set(now) - set(then)) <= 20
        assert sum(then.index(person) != place for place, person in enumerate(now) if person in then) > 10


def test_few_reports_of_the_last_weeks_move_the_top(rows: list[Row], ranking: Ranking) -> None:
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
    assert 8 <= len(recent) <= 15


@pytest.mark.parametrize("seed", [2, 77])
def test_shape_holds_for_other_seeds_and_days(seed: int) -> None:
    as_of = AS_OF + timedelta(days=seed)
    found = rank(list(crime_reports(WARDS, as_of, seed, suspects=6_000)), as_of)
    top = found.order[:100]
    assert len(found.scores) == 6_000
    assert sum(found.counts[person] for person in top) == 445
    assert 1_310 * 365 <= sum(found.scores[person] for person in top) <= 1_420 * 365


def test_hostile_surnames_stand_among_the_top(rows: list[Row], ranking: Ranking) -> None:
    top = set(ranking.order[:100])
    surnames = {row[COLUMN["surname"]] for row in rows if row[COLUMN["person_ref"]] in top}
    assert set(HOSTILE_SURNAMES) <= surnames


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
            assert timedelta(days=16 * 365) <= AS_OF - born <= timedelta(days=76 * 365)
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


def test_reports_can_name_several_suspects_and_several_victims(rows: list[Row]) -> None:
    suspects, victims = defaultdict(set), defaultdict(set)
    for row in rows:
        suspects[row[0]].add(row[COLUMN["person_ref"]])
        victims[row[0]].add(row[COLUMN["victim_ref"]])
    assert sum(len(found) > 1 for found in suspects.values()) > 500
    assert sum(len(found) > 1 for found in victims.values()) > 500


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
    assert digest(crime_reports(WARDS, AS_OF, 5, suspects=1_000))[:16] == "f1ce62023f06e214"
    assert digest(ward_release(WARDS, AS_OF, 5))[:16] == "6b376ec2840231e5"
    assert digest(activity(WARDS, AS_OF, 5))[:16] == "d11292271ec855ab"
    assert digest(deployments(WARDS, AS_OF, 5))[:16] == "15996f45d14fa4d8"
    assert digest(ward_panels(WARDS, AS_OF, 5))[:16] == "1e68d2800ed1adfd"
    assert digest(unsafe_places(WARDS, AS_OF, 5))[:16] == "c37b65e2ab2a5a7f"
    assert digest(patrols(WARDS, AS_OF, 5))[:16] == "34151abc32e65847"
    assert digest(fly_tips(WARDS, AS_OF, 5))[:16] == "732877793e406cfd"


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
    codes = {ward.code for ward in WARDS}
    for _, _, _, ward, tactic, starts, ends, status in units:
        if status == "free":
            assert (ward, tactic, starts, ends) == ("", "", "", "")
            continue
        assert ward in codes
        assert tactic
        begins, finishes = (datetime.strptime(text, "%d/%m/%Y %H:%M") for text in (starts, ends))
        assert begins.date() == AS_OF
        assert timedelta(0) < finishes - begins <= timedelta(hours=10)
    assert digest(deployments(WARDS, AS_OF)) == digest(units)
    assert digest(deployments(WARDS, AS_OF, 2)) != digest(units)

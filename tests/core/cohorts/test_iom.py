from __future__ import annotations

import pytest

from core.cohorts.ogrs import ogrs_band, read_score, score_on
from core.days import years_before
from core.reports import ReportRow
from tests.core.cohorts.making import AS_OF, ASSAULT, BURGLARY, FRAUD, ask, case, day, facts, mark, row

STREAMS = ("iom-fixed", "iom-flex", "iom-free")


def streams(*rows: ReportRow, ogrs: str, as_of: int = AS_OF) -> list[str]:
    person = case(*rows, markers=(mark("ogrs", ogrs, as_of),))
    return [key.removeprefix("iom-") for key in STREAMS if ask(key, person, as_of)]


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "low"), (49, "low"), (50, "medium"), (51, "medium"), (74, "medium"),
        (75, "high"), (76, "high"), (89, "high"), (90, "very high"), (91, "very high"), (100, "very high"),
    ],
)  # fmt: skip
def test_bands(score: int, band: str) -> None:
    assert ogrs_band(score) == band


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_is_0_to_100(score: int) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        ogrs_band(score)


@pytest.mark.parametrize(
    ("text", "score"),
    [("78", 78), ("78%", 78), (" 78 % ", 78), ("0", 0), ("100", 100), ("101", None), ("-5", None), ("high", None),
     ("", None), ("78.5", None), ("٧٨", None)],
)  # fmt: skip
def test_a_score_is_read_with_or_without_its_sign(text: str, score: int | None) -> None:
    assert read_score(text) == score


def test_the_score_is_the_latest_on_the_day() -> None:
    markers = [mark("ogrs", "40", AS_OF - 9), mark("ogrs", "80", AS_OF), mark("arms", "low", AS_OF)]
    assert [score_on(markers, AS_OF + on) for on in (-10, -9, -1, 0, 1)] == [None, 40, 40, 80, 80]
    assert score_on(markers[::-1], AS_OF) == 80


def test_an_unreadable_latest_score_is_not_replaced_by_an_older_one() -> None:
    assert score_on([mark("ogrs", "80", AS_OF - 9), mark("ogrs", "?", AS_OF)], AS_OF) is None


def test_of_two_scores_of_one_day_the_higher_counts() -> None:
    assert score_on([mark("ogrs", "9"), mark("ogrs", "80"), mark("ogrs", "?")], AS_OF) == 80


@pytest.mark.parametrize(
    ("offence", "ogrs", "expected"),
    [
        (BURGLARY, "49", []),
        (BURGLARY, "50", ["flex"]),
        (BURGLARY, "74", ["flex"]),
        (BURGLARY, "75", ["fixed"]),
        (BURGLARY, "76%", ["fixed"]),
        (FRAUD, "74", []),
        (FRAUD, "75", ["flex"]),
        (ASSAULT, "75", ["flex"]),
        (ASSAULT, "74", ["free"]),
        (ASSAULT, "0", ["free"]),
        (ASSAULT, "not done", []),
        (BURGLARY, "", []),
    ],
)
def test_the_stream_of_one_report(offence: tuple[str, str], ogrs: str, expected: list[str]) -> None:
    assert streams(row(offence=offence), ogrs=ogrs) == expected


def test_domestic_abuse_of_any_kind_is_a_local_choice() -> None:
    assert streams(row(offence=FRAUD, abuse=True), ogrs="20") == ["free"]


@pytest.mark.parametrize("as_of", ["2026-11-21", "2028-02-29", "2025-02-28", "2024-03-01"])
@pytest.mark.parametrize(("offence", "ogrs"), [(BURGLARY, "80"), (FRAUD, "80"), (BURGLARY, "60"), (ASSAULT, "20")])
def test_every_stream_looks_back_12_months(as_of: str, offence: tuple[str, str], ogrs: str) -> None:
    now = day(as_of)
    found = [
        len(streams(row("", years_before(now, 1) + after, offence=offence), ogrs=ogrs, as_of=now))
        for after in (-1, 0, 1)
    ]
    assert found == [0, 0, 1]


def test_the_facts_name_the_reports_of_the_stream() -> None:
    person = case(row("A", offence=BURGLARY), row("B", offence=ASSAULT), markers=(mark("ogrs", "91", AS_OF - 1),))
    found = ask("iom-fixed", person)
    assert found is not None
    assert found.facts == {
        "ogrs": 91,
        "band": "very high",
        "reports": 1,
        "kind": "neighbourhood crime",
        "from": "2025-11-22",
        "to": "2026-11-21",
        "crimes": ["A"],
    }
    assert found.sentence == "OGRS 91 (very high), 1 neighbourhood crime report since 22/11/2025"
    flex = facts("iom-flex", case(row(offence=FRAUD), markers=person.markers))
    assert flex["kind"] == "any crime"

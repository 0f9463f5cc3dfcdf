from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wards import (
    SCHEMES,
    CategoryWeight,
    Series,
    category_weights,
    harm_by_ward,
    rank_wards,
    weights_for,
    why_no_rank,
)

SCHEME = SCHEMES["mps-ward"]
YEAR = slice(0, 12)


def series(code: str, category: str, *counts: int, borough: str = "Nowhere") -> Series:
    return Series(code, f"Ward {code}", borough, category, counts)


def test_the_weights_are_those_of_the_published_table(shared: Path) -> None:
    with (shared / "domain" / "category_weights.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["scheme"] != SCHEME:
                continue
            ours = category_weights(SCHEME)[row["category"].casefold(), ""]
            assert (ours.days, ours.low, ours.high, ours.police_detected) == (
                float(row["days_expected"]), float(row["low"]), float(row["high"]), row["police_detected"] == "yes",
            )  # fmt: skip


def test_a_category_that_holds_another_weighs_both_only_where_the_other_is_not_there() -> None:
    split = weights_for(SCHEME, ["VIOLENCE WITHOUT INJURY", "Stalking and Harassment"])
    whole = weights_for(SCHEME, ["violence without injury", "HOMICIDE"])
    assert (split["violence without injury"].days, whole["violence without injury"].days) == (37.4, 32.9)
    assert weights_for(SCHEME, ["No such category"]) == {}


def test_the_doubtful_part_is_left_out_of_expected_and_low() -> None:
    theft = category_weights(SCHEME)["other theft", ""]
    assert (theft.days, theft.without_doubt().days, theft.without_doubt().low) == (14.0, 2.1, 2.1)
    misc = category_weights(SCHEME)["misc crimes against society", ""].without_doubt()
    assert (misc.days, misc.low) == (0.0, 0.0)
    plain = CategoryWeight("X", 5.0, 1.0, 9.0, 0.0, "", False)
    assert plain.without_doubt() is plain


def test_harm_and_what_stands_outside_it() -> None:
    rows = [
        series("W1", "HOMICIDE", 1, 1),
        series("W1", "TRAFFICKING OF DRUGS", 10, 0),
        series("W1", "OTHER THEFT", 10, 0),
        series("W1", "NEW THING", 3, 4),
    ]
    weights = weights_for(SCHEME, [row.category for row in rows])
    assert weights["trafficking of drugs"].police_detected
    table = rank_wards(rows, weights, YEAR)
    [ward] = table.entries
    assert (ward.count, ward.police_detected, ward.doubtful) == (29, 10, 10)
    assert (ward.harm, ward.harm_low, ward.harm_high) == (10306.8, 9421.0, 10971.0)
    assert (table.unweighted, table.police_detected, table.doubtful) == (
        {"NEW THING": 7}, {"TRAFFICKING OF DRUGS": 10}, {"OTHER THEFT": 10},
    )  # fmt: skip
    [doubted] = rank_wards(rows, weights, YEAR, with_doubtful=True).entries
    assert (doubted.harm, doubted.doubtful) == (10425.8, 0)
    [month] = rank_wards(rows, weights, slice(1, 2)).entries
    assert (month.count, month.harm) == (5, 5142.9)


def test_a_ward_under_two_boroughs_is_one_entry_of_the_borough_on_the_map() -> None:
    rows = [
        series("E05013806", "HOMICIDE", 1, borough="Kensington and Chelsea"),
        series("E05013806", "HOMICIDE", 2, borough="Westminster"),
    ]
    [ward] = rank_wards(rows, weights_for(SCHEME, ["HOMICIDE"]), YEAR).entries
    assert (ward.ward, ward.borough, ward.count) == ("St James's", "Westminster", 3)
    assert ward.also_under == ("Kensington and Chelsea",)


@pytest.mark.parametrize(
    ("code", "published", "also"),
    [
        ("E05013570", "Aviation Security (SO18)", ("Aviation Security (SO18)",)),
        ("E05013806", "City of Westminster", ()),
        ("E05013733", "Hammersmith & Fulham", ()),
        ("W9", "Nowhere", ()),
    ],
)
def test_a_borough_that_is_not_the_wards_own_is_kept(code: str, published: str, also: tuple[str, ...]) -> None:
    [ward] = rank_wards([series(code, "HOMICIDE", 1, borough=published)], {}, YEAR).entries
    assert ward.also_under == also


def test_wards_of_the_same_name_stay_apart() -> None:
    rows = [Series("E05000026", "Abbey", "Barking and Dagenham", "HOMICIDE", (1,))]
    rows += [Series("E05000455", "Abbey", "Merton", "HOMICIDE", (2,))]
    assert sorted(ward.count for ward in rank_wards(rows, {}, YEAR).entries) == [1, 2]


def test_what_has_no_ward_is_counted_by_borough_and_not_ranked() -> None:
    rows = [series("", "HOMICIDE", 9, borough="Camden"), series("", "HOMICIDE", 8, borough=""), series("W1", "X", 1)]
    table = rank_wards(rows, weights_for(SCHEME, ["HOMICIDE"]), YEAR)
    assert [(ward.ward_code, ward.rank) for ward in table.entries] == [("W1", 0)]  # X has no weight
    assert [(one.ward, one.borough, one.bcu, one.rank, one.count) for one in table.unplaced] == [
        ("no ward known", "Camden", "CN", 0, 9), ("no ward known", "", "", 0, 8),
    ]  # fmt: skip


def test_months_may_have_gaps() -> None:
    rows = [series("W1", "HOMICIDE", 1, 10, 100, 1000)]
    counts = [rank_wards(rows, {}, months).entries[0].count for months in ((0, 1), (0, 2), (1,), (0, 1, 3), ())]
    assert counts == [11, 101, 10, 1011, 0]


def test_a_ward_that_is_not_on_the_map_keeps_what_the_release_says() -> None:
    [ward] = rank_wards([series("W9", "HOMICIDE", 1)], {}, YEAR).entries
    assert (ward.ward, ward.borough, ward.population, ward.rate_per_1000, ward.harm) == (
        "Ward W9",
        "Nowhere",
        0,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("harm", [("A", 1), ("B", 2), ("C", 2), ("D", 4)]),
        ("count", [("D", 1), ("A", 2), ("B", 2), ("C", 2)]),
        ("rate", [("A", 0), ("B", 0), ("C", 0), ("D", 0)]),
    ],
)
def test_orders_and_ties(by: str, expected: list[tuple[str, int]]) -> None:
    weights = {"heavy": CategoryWeight("HEAVY", 9.0, 9.0, 9.0, 0, "", False)}
    weights["light"] = CategoryWeight("LIGHT", 1.0, 1.0, 1.0, 0, "", False)
    rows = [series("D", "light", 3), series("C", "LIGHT", 2), series("B", "light", 2), series("C", "light", 0)]
    rows += [series("C", "light", 0), series("D", "nothing", 0), series("A", "heavy", 2)]
    rows = [*rows[:1], Series("D", "Ward D", "", "light", (-2,)), *rows[1:], Series("D", "Ward D", "", "other", (5,))]
    table = rank_wards(rows, weights, YEAR, by)  # type: ignore[arg-type]
    assert [(ward.ward_code, ward.rank) for ward in table.entries] == expected
    unknown = "Residents are not known of 4 of 4 wards: no rate and no rank there. A 'wards' file tells them."
    assert why_no_rank(table, by) == (unknown if by == "rate" else "")  # type: ignore[arg-type]


def test_antisocial_behaviour_alone_ranks_no_ward() -> None:
    rows = [series("A", "Anti-social behaviour", 2), series("B", "Anti-social behaviour", 5)]
    table = rank_wards(rows, {}, YEAR)
    assert [(ward.ward_code, ward.rank, ward.antisocial) for ward in table.entries] == [("B", 0, 5), ("A", 0, 2)]
    assert why_no_rank(table, "harm").startswith("Only anti-social behaviour is counted, which is no offence")


def test_a_row_without_a_borough_puts_a_ward_under_no_other() -> None:
    rows = [series("E05009317", "HOMICIDE", 1, borough=""), series("E05009317", "HOMICIDE", 1, borough="Elsewhere")]
    [ward] = rank_wards(rows, {}, YEAR).entries
    assert ward.also_under == ("Elsewhere",)


CATEGORIES = ("ROBBERY OF PERSONAL PROPERTY", "OTHER THEFT", "POSSESSION OF DRUGS", "Anti-social behaviour", "UNKNOWN")
COUNTED = st.tuples(
    st.sampled_from(("W1", "W2", "W3", "")), st.sampled_from(CATEGORIES), st.tuples(*[st.integers(-2, 40)] * 4)
)


@given(st.lists(COUNTED), st.sampled_from(([0, 1], [1, 3], [2], [])), st.booleans())
def test_the_harm_alone_is_that_of_the_ranking(
    counted: list[tuple[str, str, tuple[int, ...]]], months: list[int], with_doubtful: bool
) -> None:
    rows = [series(code, category, *counts) for code, category, counts in counted]
    weights = weights_for(SCHEME, CATEGORIES)
    ranked = rank_wards(rows, weights, months, with_doubtful=with_doubtful)
    alone = harm_by_ward(rows, weights, months, with_doubtful=with_doubtful)
    assert alone == {one.ward_code: one.harm for one in ranked.entries}


def test_what_has_no_ward_stands_under_one_borough_however_files_write_it() -> None:
    written = ("Hackney", "hackney", "London Borough of Hackney", "Aviation Security (SO18)")
    rows = [series("", "HOMICIDE", 1, borough=borough) for borough in written]
    table = rank_wards(
        [*rows, series("W1", "HOMICIDE", 1, borough="LB Hackney")], weights_for(SCHEME, ["HOMICIDE"]), YEAR
    )
    assert [(one.borough, one.bcu, one.count) for one in table.unplaced] == [
        ("Hackney", "CE", 3),
        ("Aviation Security (SO18)", "", 1),
    ]
    assert [(one.borough, one.bcu, one.also_under) for one in table.entries] == [("Hackney", "CE", ())]

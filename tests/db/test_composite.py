from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from core.composite import WardFigures, harm_held, most_harm_held, settled, weigh
from core.composite_weights import default
from core.errors import NotFound
from core.hot_violence import HOT
from core.tables import table
from core.unsafe_places import NO_PLACE
from db.composite import WardParts, parts
from db.loading.importing import import_file
from db.store import Store
from tests.conftest import WriteExtract
from tests.db.made_releases import by_hand, published, write_release, write_street
from tests.db.test_wards import TODAY

YEARS = [f"{year}{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
W1, W2, W3 = "E05013806", "E05013808", "E05000026"
ROBBERY, WEAPONS, INJURY, THEFT = (
    "ROBBERY OF PERSONAL PROPERTY", "POSSESSION OF WEAPONS", "VIOLENCE WITH INJURY", "THEFT FROM THE PERSON",
)  # fmt: skip


def _of(found: WardParts, code: str) -> WardFigures:
    return next(one.figures for one in found.wards if one.figures.ward_code == code)


def _import(store: Store, tmp_path: Path, months: list[str], rows: list[tuple[str, str, str, list[int]]]) -> WardParts:
    import_file(store, write_release(tmp_path / "r.csv", months, rows), today=TODAY)
    return parts(store)


def test_every_part_of_a_small_release(store: Store, tmp_path: Path) -> None:
    found = _import(
        store,
        tmp_path,
        YEARS,
        [
            (ROBBERY, W1, "Westminster", [1] * 12 + [2] * 12),
            (INJURY, W1, "Westminster", [0] * 21 + [1, 1, 1]),
            (WEAPONS, W1, "Westminster", [0] * 21 + [4, 0, 0]),
            (THEFT, W1, "Westminster", [9] * 24),
            (ROBBERY, W2, "Westminster", [0] * 12 + [1] * 12),
            (THEFT, W3, "Barking and Dagenham", [50] * 12 + [25] * 12),
        ],
    )
    one, two, three = _of(found, W1).values, _of(found, W2).values, _of(found, W3).values
    harm = 24 * 365 + 3 * 163.8 + 108 * 2
    assert one["harm"] == pytest.approx(harm)
    assert (two["harm"], three["harm"]) == (12 * 365, 600)
    before = 12 * 365 + 108 * 2
    assert one["trend"] == pytest.approx(100 * (harm - before) / before, abs=0.05)
    assert (two["trend"], three["trend"]) == (None, -50)
    assert one["borough_share"] == pytest.approx(100 * harm / (harm + 12 * 365), abs=0.005)
    assert three["borough_share"] == 100
    assert (one["hot_violence"], two["hot_violence"], three["hot_violence"]) == (6 + 3, 3, 0)
    assert three["rate"] == pytest.approx(1000 * 300 / 14750, abs=0.05)
    assert (one["deprivation"] or 0) > 1
    assert three["deprivation"] is None  # a ward of an earlier map
    assert (one["repeat_victims"], found.victims_from) == (None, None)
    assert (found.months[0], found.year_before[0], found.hot_months) == (
        "202401",
        "202301",
        ("202410", "202411", "202412"),
    )


def test_what_a_part_says_is_made_of_no_figure_that_was_rounded_to_be_read(store: Store, tmp_path: Path) -> None:
    """W1 has 1 in 10,066 residents and 1 of 8 robberies: it shows 0.1 per 1,000 and 12.5 per cent."""
    counts = {W1: 1, W2: 6, "E05013793": 1}
    found = _import(
        store, tmp_path, YEARS, [(ROBBERY, code, "Westminster", [0] * 23 + [count]) for code, count in counts.items()]
    )
    residents = {row["code"]: int(row["population"]) for row in table("wards")}
    rates = {code: count / residents[code] for code, count in counts.items()}
    times = {one.figures.ward_code: one.times for one in found.wards}
    for code, rate in rates.items():
        assert _of(found, code).shown["rate"] == round(1000 * rate, 1) != 1000 * rate
        assert times[code]["rate"] == pytest.approx(rate / (sum(rates.values()) / 3), rel=1e-9)
        assert times[code]["borough_share"] == pytest.approx(counts[code] / 8 * 3, rel=1e-9)


@pytest.mark.parametrize("months", [YEARS[1:], YEARS[12:], [*YEARS[:3], *YEARS[4:]]])
def test_the_trend_is_unknown_without_the_same_months_a_year_earlier(
    store: Store, tmp_path: Path, months: list[str]
) -> None:
    found = _import(store, tmp_path, months, [(ROBBERY, W1, "Westminster", [1] * len(months))])
    assert (found.year_before, _of(found, W1).values["trend"]) == ((), None)


def test_a_fragment_among_the_same_months_makes_the_trend_unknown(store: Store, tmp_path: Path) -> None:
    counts = [100] * 24
    counts[4] = 3
    found = _import(store, tmp_path, YEARS, [(ROBBERY, W1, "Westminster", counts)])
    assert [flag.month for flag in found.release.flags] == ["202305"]
    assert (found.year_before, _of(found, W1).values["trend"]) == ((), None)


def test_hot_violence_is_unknown_where_injury_is_not_apart(store: Store, tmp_path: Path) -> None:
    import_file(store, write_street(tmp_path / "s.csv", [{"Crime ID": "1", "Crime type": "Robbery"}]), today=TODAY)
    assert parts(store).wards == ()
    found = _import(store, tmp_path, YEARS, [(ROBBERY, W1, "Westminster", [1] * 24)])
    assert _of(found, W1).values["hot_violence"] is None


def _reports(many: dict[str, int]) -> list[dict[str, str]]:
    """So many reports of common assault on the first of each month, ``YYYYMM``, in one ward."""
    return [
        {"crime_ref": f"{month}-{nth}", "committed_from": day, "reported_on": day, "ward_code": W1}
        for month, number in many.items()
        for nth in range(number)
        for day in [f"01/{month[4:]}/{month[:4]}"]
    ]


def test_crime_reports_that_are_not_held_at_a_like_level_have_no_trend_and_it_is_said_why(
    store: Store, tmp_path: Path, write_extract: WriteExtract
) -> None:
    held = {month: 4 if month < "202307" else 40 for month in YEARS}
    end = {"crime_ref": "last", "committed_from": "31/12/2024", "reported_on": "31/12/2024", "ward_code": W1}
    import_file(store, write_extract([*_reports(held), end]), today=TODAY)
    found = parts(store, "reports")
    assert (found.months[0], found.months[-1]) == ("202401", "202412")
    assert (found.year_before, _of(found, W1).values["trend"]) == ((), None)
    assert found.caveats[-1] == (
        "trend unknown: in 2023-01 to 2023-06 under half the reports of a usual month are held (4 a month against 40)"
    )


def test_the_running_month_is_in_no_year_of_crime_reports_and_it_is_said(
    store: Store, tmp_path: Path, write_extract: WriteExtract
) -> None:
    import_file(store, write_extract(_reports(dict.fromkeys(YEARS, 40))), today=TODAY)
    found = parts(store, "reports")
    assert (found.months[0], found.months[-1], found.hot_months[-1]) == ("202312", "202411", "202411")
    assert found.year_before == (), "the year before is not held whole"
    [flag] = found.release.flags
    assert (flag.month, flag.reason) == (
        "202412",
        "it is not over in what is held, which ends on 01/12/2024; kept out of the last twelve months",
    )


def test_hot_violence_of_crime_reports_goes_by_their_codes(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        ("005/01", "Wounding with intent to do grievous bodily harm", "public"),
        ("034/01", "Robbery (of Personal Property)", "public"),
        ("034/01", "Robbery (of Personal Property)", "police"),
        ("008/26", "Having an article with a blade or point in a public place", "police"),
        ("001/01", "Murder - of persons aged 1 year or over", "public"),
        ("105/01", "Common assault", "public"),
    ]
    reports = [
        {"crime_ref": str(nth), "ho_code": code, "offence": title, "detected_by": by, "ward_code": W1}
        for nth, (code, title, by) in enumerate(rows)
    ]
    import_file(store, write_extract(reports), today=TODAY)
    assert _of(parts(store, "reports"), W1).values["hot_violence"] == 2


def test_hot_categories_are_published_ones() -> None:
    assert {row["category"].casefold() for row in table("category_weights")} >= HOT


def test_repeat_victims_stand_in_two_reports_of_the_ward_within_twelve_months(
    store: Store, tmp_path: Path, write_extract: WriteExtract
) -> None:
    rows = [
        {"crime_ref": "1", "victim_ref": "V1"},
        {"crime_ref": "2", "victim_ref": "V1"},
        {"crime_ref": "2", "victim_ref": "V1", "person_ref": "P2"},  # the same report, another suspect
        {"crime_ref": "3", "victim_ref": "V2"},
        {"crime_ref": "3", "victim_ref": "V2", "person_ref": "P2"},
        {"crime_ref": "4", "victim_ref": "V3"},
        {"crime_ref": "5", "victim_ref": "V3", "outcome": "cancelled: no crime"},
        {"crime_ref": "6", "victim_ref": "V4", "committed_from": "01/10/2025", "reported_on": "02/11/2025"},
        {"crime_ref": "7", "victim_ref": "V4"},
        {"crime_ref": "8", "victim_ref": "V5"},
        {"crime_ref": "9", "victim_ref": "V5", "ward_code": W2},
        {"crime_ref": "10", "victim_ref": "", "ward_code": W3},
    ]
    import_file(store, write_extract([{"ward_code": W1, **row} for row in rows]), today=TODAY)
    wards = [(ROBBERY, code, "Westminster", [1] * 24) for code in (W1, W2, W3)]
    found = _import(store, tmp_path, YEARS, wards)
    assert [_of(found, code).values["repeat_victims"] for code in (W1, W2, W3)] == [1, 0, None]
    assert (found.victims_from, found.victims_to) == (date(2025, 11, 3).toordinal(), date(2026, 11, 2).toordinal())


def _places(store: Store, tmp_path: Path, panels: str, flagged: str) -> WardParts:
    (tmp_path / "p.csv").write_text("ward_code,priority,set_on,ends_on\n" + panels)
    (tmp_path / "u.csv").write_text("reported_on,reason,ward_code\n" + flagged)
    for name in ("p.csv", "u.csv"):
        import_file(store, tmp_path / name, today=TODAY)
    return parts(store)


def _public(found: WardParts) -> list[tuple[float | None, float | None]]:
    values = [_of(found, code).values for code in (W1, W2)]
    return [(one["ward_panel"], one["unsafe_places"]) for one in values]


def test_panels_and_flagged_places_are_unknown_for_every_ward_until_one_is_imported(
    store: Store, tmp_path: Path
) -> None:
    found = _import(store, tmp_path, YEARS, [(ROBBERY, code, "Westminster", [1] * 24) for code in (W1, W2)])
    assert _public(found) == [(None, None)] * 2
    assert (found.panels_on, found.flagged) == (None, None)
    assert all(one.times["ward_panel"] is one.times["unsafe_places"] is None for one in found.wards)
    panels = f"{W1},Knives,01/01/2026,\n{W1},Drugs,01/01/2026,20/11/2026\n{W3},Noise,01/01/2026,\n"
    flagged = f"22/11/2025,Dark,{W1}\n21/11/2025,Dark,{W1}\n21/11/2026,Alone,{W1}\n21/11/2026,Alone,\n"
    found = _places(store, tmp_path, panels, flagged)
    assert _public(found) == [(1, 2), (0, 0)], "on the day of the meeting, and in twelve months to it"
    assert found.panels_on == TODAY.toordinal()
    assert found.flagged is not None
    assert (found.flagged.first, found.flagged.last) == (date(2025, 11, 22).toordinal(), TODAY.toordinal())
    assert (found.flagged.total, found.flagged.by_how[NO_PLACE]) == (3, 1)


def test_with_an_extract_panels_and_flagged_places_are_as_of_its_last_report(
    store: Store, tmp_path: Path, write_extract: WriteExtract
) -> None:
    import_file(store, write_extract([{"ward_code": W1, "reported_on": "02/11/2026"}]), today=TODAY)
    _import(store, tmp_path, YEARS, [(ROBBERY, code, "Westminster", [1] * 24) for code in (W1, W2)])
    panels = f"{W1},Knives,02/11/2026,\n{W1},Drugs,03/11/2026,\n{W2},Noise,01/01/2026,01/11/2026\n"
    flagged = f"02/11/2026,Dark,{W1}\n03/11/2026,Dark,{W2}\n02/11/2025,Dark,{W2}\n03/11/2025,Dark,{W2}\n"
    found = _places(store, tmp_path, panels, flagged)
    assert _public(found) == [(1, 1), (0, 1)]
    assert found.panels_on == date(2026, 11, 2).toordinal()


def test_doubtful_categories_are_in_harm_trend_and_borough_share_alike(store: Store, tmp_path: Path) -> None:
    misc = ("MISC CRIMES AGAINST SOCIETY", W1, "Westminster", [1] * 12 + [3] * 12)
    _import(store, tmp_path, YEARS, [misc, (ROBBERY, W2, "Westminster", [1] * 24)])
    without, taken = parts(store), parts(store, with_doubtful=True)
    assert (without.doubtful, taken.doubtful) == (False, True)
    before, after = _of(without, W1), _of(taken, W1)
    assert (before.harm, before.harm_rank, before.values["trend"], before.values["borough_share"]) == (0, 2, None, 0)
    assert after.harm > 0
    assert after.values["trend"] == 200
    assert after.values["borough_share"] == pytest.approx(100 * after.harm / (after.harm + 12 * 365), abs=0.005)
    assert (after.count, after.count_rank) == (before.count, before.count_rank)


def test_a_store_without_counts_says_what_to_import(store: Store) -> None:
    with pytest.raises(NotFound, match="holds no ward counts"):
        parts(store)


def test_the_published_release_is_what_an_independent_script_gives(store: Store, shared: Path) -> None:
    path = published(shared, "202306-202505")
    import_file(store, path, today=TODAY)
    found = parts(store)
    with (shared / "domain" / "category_weights.csv").open(encoding="utf-8", newline="") as stream:
        weights = [row for row in csv.DictReader(stream) if row["scheme"] == "MPS ward file 2023 on"]
    days = {row["category"]: float(row["days_expected"]) for row in weights if row["police_detected"] != "yes"}
    days |= {"MISC CRIMES AGAINST SOCIETY": 0.0, "OTHER THEFT": 2.1, "VIOLENCE WITHOUT INJURY": 32.9}
    harm: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    hot: dict[str, int] = defaultdict(int)
    for code, categories in by_hand(path).items():
        for name, months in categories.items():
            for month, count in months.items():
                harm[code]["after" if month >= "202406" else "before"] += count * days.get(name.upper(), 0.0)
                hot[code] += (
                    count * (name.upper() in (INJURY, ROBBERY, "ROBBERY OF BUSINESS PROPERTY")) * (month >= "202503")
                )
    assert len(found.wards) == 679
    for one in found.wards:
        ward, code = one.figures.values, one.figures.ward_code
        assert ward["harm"] == pytest.approx(harm[code]["after"], abs=0.06)
        assert ward["trend"] == pytest.approx(100 * (harm[code]["after"] / harm[code]["before"] - 1), abs=0.11)
        assert ward["hot_violence"] == hot[code]
    ranked = weigh(found.wards, default())
    assert [one.ward.ward for one in ranked[:4]] == ["West End", "St James's", "Fairfield", "Waterloo & South Bank"]
    london = {when: sum(one[when] for one in harm.values()) for when in ("before", "after")}
    rates = {one.ward.ward_code: one.ward.values["rate"] or 0 for one in ranked}
    for place in ranked:
        of = harm[place.ward.ward_code]
        by_hand_too = (
            55 * min(5, of["after"] / (london["after"] / 679))
            + 10 * min(5, rates[place.ward.ward_code] / (sum(rates.values()) / 679))
            + 5 * (of["after"] / of["before"]) / (london["after"] / london["before"])
            + 15 * min(5, hot[place.ward.ward_code] / (sum(hot.values()) / 679))
        ) / 85
        assert place.score == pytest.approx(by_hand_too, abs=0.001), place.ward.ward


@pytest.mark.parametrize("name", ["202304-202503", "202306-202505"])
def test_in_a_published_release_harm_stays_concentrated_and_no_weight_has_to_give_way(
    store: Store, shared: Path, name: str
) -> None:
    import_file(store, published(shared, name), today=TODAY)
    for doubtful in (False, True):
        found = parts(store, with_doubtful=doubtful)
        ranked = weigh(found.wards, default())
        assert harm_held(ranked, 10) >= 0.99 * most_harm_held(ranked, 10)
        assert [one.rank for one in ranked if one.ward.harm_rank == 1] == [1]
        assert settled(found.wards, default()) == default()

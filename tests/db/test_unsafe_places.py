from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Refused
from core.unsafe_places import AREA, NO_PLACE, NO_WARD, POINT, WARD
from db.loading import profiles
from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from db.unsafe_places import Flagged, flagged
from tests.db.files import TODAY, Write, counts, file_writer, rows_of, take
from tests.db.made_releases import write_lookup, write_street

DAY = TODAY.toordinal()
W1, W2 = "E05013806", "E05013808"
AREA_1, AREA_2 = "E01000916", "E01000917"
HEADER = "id,reported_on,reason,ward_code,lsoa_code,lat,lng"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes flagged places, each row a line."""

    return file_writer(tmp_path, "flags.csv", HEADER)


def _all(store: Store) -> Flagged:
    return flagged(store, 0, DAY)


def _street(store: Store, tmp_path: Path, *points: tuple[str, str, str], name: str = "s.csv") -> int:
    rows = [{"Latitude": up, "Longitude": aside, "LSOA code": code} for up, aside, code in points]
    batch = take(store, write_street(tmp_path / name, rows)).batch
    assert batch is not None
    return batch


def test_places_are_recognised_taken_and_counted_by_day(store: Store, write: Write) -> None:
    lines = [f"{at},{day},Dark,{W1},,," for at, day in enumerate(("19/11/2026", "2026-11-20T21:15:00Z", "21/11/2026"))]
    result = take(store, write(*lines))
    assert (result.profile, counts(result)) == ("unsafe-places", (3, 3, 0, 0, 0))
    found = flagged(store, DAY - 1, DAY)
    assert (found.by_ward, found.by_how, found.total, found.held) == ({W1: 2}, {WARD: 2}, 2, 3)
    assert flagged(store, DAY + 1, DAY + 9) == Flagged(DAY + 1, DAY + 9, {}, {}, 3)
    assert verify(store).fault is None


def test_a_place_is_led_to_its_ward_by_what_is_known_when_it_is_read(
    store: Store, write: Write, tmp_path: Path
) -> None:
    lines = (
        f"1,20/11/2026,Dark,{W1},{AREA_2},,", f"2,20/11/2026,Dark,E05999999,{AREA_2},,",
        f"3,20/11/2026,Dark,,{AREA_1},,", "4,20/11/2026,Dark,,,51.5002,-0.1", "5,20/11/2026,Dark,,,51.6,-0.1",
        "6,20/11/2026,Dark,,,,",
    )  # fmt: skip
    assert counts(take(store, write(*lines))) == (6, 6, 0, 0, 0)
    assert (_all(store).by_ward, _all(store).by_how) == ({W1: 1}, {WARD: 1, NO_WARD: 4, NO_PLACE: 1})
    street = _street(store, tmp_path, ("51.5", "-0.1", AREA_1), ("51.501", "-0.1", AREA_2))
    assert _all(store).no_ward == 4
    take(store, write_lookup(tmp_path / "l.csv", [[AREA_1, W1], [AREA_2, W2]]))
    found = _all(store)
    assert found.by_ward == {W1: 3, W2: 1}
    assert found.by_how == {WARD: 1, AREA: 2, POINT: 1, NO_WARD: 1, NO_PLACE: 1}
    assert (found.no_ward, found.by_how[NO_PLACE]) == (1, 1)
    withdraw(store, street + 1)
    withdraw(store, street)
    assert _all(store).by_how == {WARD: 1, NO_WARD: 4, NO_PLACE: 1}


def test_points_of_a_release_that_was_withdrawn_lead_nowhere(store: Store, write: Write, tmp_path: Path) -> None:
    take(store, write_lookup(tmp_path / "l.csv", [[AREA_1, W1]]))
    take(store, write("1,20/11/2026,Dark,,,51.5,-0.1"))
    batch = _street(store, tmp_path, ("51.5", "-0.1", AREA_1))
    assert _all(store).by_ward == {W1: 1}
    withdraw(store, batch)
    assert (_all(store).by_ward, _all(store).no_ward) == ({}, 1)


def test_the_nearest_point_within_five_hundred_metres_tells(store: Store, write: Write, tmp_path: Path) -> None:
    take(store, write_lookup(tmp_path / "l.csv", [[AREA_1, W1], [AREA_2, W2]]))
    _street(store, tmp_path, ("51.5", "-0.1", AREA_1), ("51.502", "-0.1", AREA_2))
    degree = 111_195
    places = (51.5 - 499 / degree, 51.5 - 501 / degree, 51.50101, 51.50099)
    take(store, write(*(f"{at},20/11/2026,Dark,,,{place:.6f},-0.1" for at, place in enumerate(places))))
    assert (_all(store).by_ward, _all(store).no_ward) == ({W1: 2, W2: 1}, 1)


def test_a_point_of_two_census_years_is_in_the_area_that_the_lookup_has(
    store: Store, write: Write, tmp_path: Path
) -> None:
    take(store, write("1,20/11/2026,Dark,,,51.5,-0.1"))
    for at, code in enumerate(("E01000001", AREA_1, "E01999999")):
        _street(store, tmp_path, ("51.5", "-0.1", code), name=f"{at}.csv")
    take(store, write_lookup(tmp_path / "l.csv", [[AREA_1, W1]]))
    assert _all(store).by_ward == {W1: 1}


def test_points_are_kept_once_and_only_where_they_have_an_area_and_numbers(store: Store, tmp_path: Path) -> None:
    points = (
        ("51.5", "-0.1", AREA_1), ("51.50", "-0.10", AREA_1), ("51.5", "-0.1", AREA_2), ("51.5", "-0.1", ""),
        ("", "", AREA_1), ("nan", "-0.1", AREA_1), ("51.6", "1e400", AREA_1), ("51.7", "-6.2e-05", AREA_1),
    )  # fmt: skip
    _street(store, tmp_path, *points)
    assert rows_of(store, "SELECT latitude, longitude, lsoa_code FROM street_point ORDER BY id") == [
        (51.5, -0.1, AREA_1), (51.5, -0.1, AREA_2), (51.7, -6.2e-05, AREA_1),
    ]  # fmt: skip


def test_a_reference_counts_once_as_its_latest_row_has_it(store: Store, write: Write) -> None:
    take(store, write(f"R1,20/11/2026,Dark,{W1},,51.5,-0.1", f"R2,20/11/2026,Dark,{W1},,,"))
    newer = write(f"R1,20/11/2026,Dark,{W1},,51.50,-0.1", f"R2,20/11/2026,Alone,{W2},,,", name="n.csv")
    result = take(store, newer)
    assert counts(result) == (2, 0, 1, 1, 0)
    assert _all(store).by_ward == {W1: 1, W2: 1}
    within = take(store, write(*(f"R3,20/11/2026,Dark,{code},,," for code in (W1, W1, W2)), name="o.csv"))
    assert (counts(within), within.repeated) == ((3, 1, 0, 1, 0), 1)
    assert (_all(store).by_ward, _all(store).held) == ({W1: 1, W2: 2}, 3)
    withdraw(store, 3)
    withdraw(store, 2)
    assert _all(store).by_ward == {W1: 2}
    assert counts(take(store, newer)) == (2, 0, 1, 1, 0)
    assert verify(store).fault is None


def test_rows_without_a_reference_are_separate_and_a_file_counts_once(store: Store, write: Write) -> None:
    row = f",20/11/2026,Dark,{W1},,,"
    path = write(row, row)
    result = take(store, path)
    assert counts(result) == (2, 2, 0, 0, 0)
    said = "1 row without a reference says the same as another of the file; each counts as a flag of its own."
    assert said in result.notes
    assert counts(take(store, path)) == (2, 0, 2, 0, 0)
    assert _all(store).by_ward == {W1: 2}


def test_bad_rows_are_kept_out_with_line_column_value_and_reason(store: Store, write: Write) -> None:
    lines = (
        f"1,22/11/2026,Dark,{W1},,,", f"2,soon,Dark,{W1},,,", f"3,20/11/2026,,{W1},,,", "4,20/11/2026,Dark,,,-0.1,51.5",
        "5,20/11/2026,Dark,,,51.5,", "6,20/11/2026,Dark,,,51.5,x", "7,20/11/2026", f"8,20/11/2026,Dark,{W1},,,",
    )  # fmt: skip
    assert counts(take(store, write(*lines))) == (8, 1, 0, 0, 7)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (2, "reported_on", "22/11/2026"), (3, "reported_on", "soon"), (4, "reason", ""), (5, "latitude", "-0.1"),
        (6, "longitude", ""), (7, "longitude", "x"), (8, "", "2"),
    ]  # fmt: skip
    assert all(row.reason for row in quarantined(store))


def test_hostile_text_is_kept_as_it_was_given_and_leads_nowhere(store: Store, write: Write) -> None:
    take(store, write('"\x1b[31m","20/11/2026","[red]\';--\u202e","\' OR 1=1","[/]",,'))
    assert rows_of(store, "SELECT ref, reason, ward_code, lsoa_code FROM unsafe_place") == [
        ("\x1b[31m", "[red]';--\u202e", "' OR 1=1", "[/]")
    ]
    assert _all(store).by_how == {NO_WARD: 1}


def test_a_profile_file_names_other_columns_and_a_file_without_a_place_is_refused(store: Store, write: Write) -> None:
    toml = 'profile = "unsafe-places"\n[columns]\nreason = "What"\nward_code = "Where"\n'
    own = profiles.from_toml(toml, "own.toml")
    path = write(f"20/11/2026,Dark,{W1}", header="Date,What,Where")
    assert counts(import_file(store, path, own, today=TODAY)) == (1, 1, 0, 0, 0)
    assert _all(store).by_ward == {W1: 1}
    with pytest.raises(Refused, match="has no column of a place"):
        import_file(store, write("20/11/2026,Dark", header="Date,What", name="n.csv"), own, today=TODAY)
    fixed = profiles.from_toml(toml + f'[fixed]\nward_code = "{W2}"\n', "fixed.toml")
    import_file(store, write("20/11/2026,Dark", header="Date,What", name="o.csv"), fixed, today=TODAY)
    assert _all(store).by_ward == {W1: 1, W2: 1}


def test_rows_without_a_reference_that_a_later_file_repeats_count_once(
    store: Store, write: Write, tmp_path: Path
) -> None:
    dark, loud = f",20/11/2026,Dark,{W1},,,", f",20/11/2026,Loud,{W1},,,"
    assert counts(take(store, write(dark, dark))) == (2, 2, 0, 0, 0)
    again = file_writer(tmp_path, "later.csv", HEADER)
    assert counts(take(store, again(loud, dark, dark, dark))) == (4, 2, 2, 0, 0)
    assert _all(store).total == 4

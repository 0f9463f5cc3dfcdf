from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from core.lsoa import borough_of
from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.releases import every_file, release, summaries
from db.store import Store
from db.ward_pages import ward_page
from db.wards import ranking, series
from tests.db.made_releases import write_lookup, write_street

ROBBERY = {"Crime ID": "a" * 64, "Crime type": "Robbery"}
WARD = "E05000142"


@pytest.fixture
def city(shared: Path) -> Path:
    return shared / "domain/real/as-published/2018-01-city-of-london-street.csv"


def test_the_published_month_is_counted_as_an_independent_script_counts_it(store: Store, city: Path) -> None:
    result = import_file(store, city)
    with city.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert (result.profile, result.read, result.taken) == ("police-uk-street", len(rows), len(rows))
    [one] = summaries(store)
    assert (one.release.name, one.total, one.antisocial, one.wards) == ("201801-201801-city-of-london", 557, 141, 0)
    assert (one.release.forces, one.release.months) == (("City of London Police",), ("201801",))
    table = ranking(store, by="count").table
    assert table.entries == ()
    boroughs = Counter(borough_of(row["LSOA name"]) for row in rows)
    assert {one.borough: one.count + one.antisocial for one in table.unplaced} == boroughs
    assert boroughs[""] == sum(1 for row in rows if row["Location"] == "No Location") == 21
    types = Counter[str]()
    for row in series(store, one.release):
        types[row.category] += sum(row.counts)
    assert types == Counter(row["Crime type"] for row in rows)
    assert types["Anti-social behaviour"] == sum(1 for row in rows if not row["Crime ID"]) == 141
    lines = store.read.rows("SELECT lines FROM street_count")
    assert sorted(int(n) for (text,) in lines for n in text.strip("[]").split(",")) == list(range(2, len(rows) + 2))


def test_a_file_saved_with_decimal_commas_has_the_same_records(store: Store, city: Path, tmp_path: Path) -> None:
    saved = tmp_path / city.name
    with city.open(encoding="utf-8", newline="") as stream, saved.open("w", encoding="utf-8", newline="") as out:
        reader = csv.DictReader(stream)
        writer = csv.DictWriter(out, reader.fieldnames or [], delimiter=";")
        writer.writeheader()
        for row in reader:
            degrees = {name: row[name].rstrip("0").replace(".", ",") for name in ("Longitude", "Latitude")}
            writer.writerow(row | degrees)
    first = import_file(store, saved)
    points = "SELECT latitude, longitude, lsoa_code FROM street_point ORDER BY 1, 2, 3"
    held = [tuple(row) for row in store.read.rows(points)]
    assert (first.taken, bool(held), first.notes) == (698, True, ())
    again = import_file(store, city)
    assert (again.taken, again.unchanged, again.batch) == (0, 698, first.batch)


def test_coordinates_that_cannot_be_read_are_said_with_their_lines(store: Store, tmp_path: Path) -> None:
    nowhere = {"LSOA code": "", "LSOA name": ""}
    rows = [ROBBERY, {"Latitude": "abc"}, {"Latitude": "95.0"}, {"Latitude": "", "Longitude": ""} | nowhere]
    result = import_file(store, write_street(tmp_path / "2024-01-a-street.csv", rows))
    assert "2 rows have coordinates that cannot be read: lines 3 to 4." in result.notes[0]
    assert release(store).facts.without_location == 1


def test_a_lookup_that_comes_later_takes_effect_and_leaves_when_it_is_withdrawn(
    store: Store, city: Path, tmp_path: Path
) -> None:
    import_file(store, city)
    assert ranking(store).table.entries == ()
    with city.open(encoding="utf-8", newline="") as stream:
        expected = Counter(row["LSOA code"] for row in csv.DictReader(stream))
    rows = [["E01000916", "Camden 027B", WARD, "Holborn and Covent Garden", "Camden"]]
    rows += [[code, "", "E05009289", "Aldgate", "City of London"] for code in ("E01032739", "E01032740")]
    header = ("LSOA21CD", "LSOA21NM", "WD22CD", "WD22NM", "LAD22NM")
    result = import_file(store, write_lookup(tmp_path / "lookup.csv", rows, header))
    assert (result.profile, result.taken, result.quarantined) == ("lsoa-ward", 3, 0)
    table = ranking(store, by="count").table
    assert {one.ward_code: one.count + one.antisocial for one in table.entries} == {
        WARD: expected["E01000916"], "E05009289": expected["E01032739"] + expected["E01032740"],
    }  # fmt: skip
    assert sum(one.count + one.antisocial for one in (*table.entries, *table.unplaced)) == 698
    assert [one.wards for one in summaries(store)] == [2]
    [line] = ward_page(store, WARD).categories
    assert (line.category, line.count, line.lines) == ("Other theft", 1, (2,))
    assert result.batch is not None
    withdraw(store, result.batch)
    assert ranking(store, by="count").table.entries == ()


def test_of_two_files_of_one_map_the_later_holds_area_by_area(store: Store, tmp_path: Path) -> None:
    years = ("LSOA11CD", "WD19CD")
    import_file(store, write_street(tmp_path / "s.csv", [{}, {"LSOA code": "E01000917", "LSOA name": "Camden 027C"}]))
    import_file(store, write_lookup(tmp_path / "1.csv", [["E01000916", "W1"], ["E01000917", "W1"]], years))
    again = import_file(store, write_lookup(tmp_path / "2.csv", [["E01000916", "W2"], ["E01000917", "W1"]], years))
    assert (again.taken, again.unchanged, again.revised) == (0, 1, 1)
    assert {one.ward_code for one in ranking(store).table.entries} == {"W1", "W2"}
    bad = import_file(store, write_lookup(tmp_path / "3.csv", [["A", "W1"], ["A", "W1"], ["A", "W2"], ["", "W3"]]))
    assert (bad.taken, bad.unchanged, bad.quarantined) == (0, 0, 4)


def test_incidents_without_a_crime_id_are_separate_and_a_crime_counts_once(store: Store, tmp_path: Path) -> None:
    rows = [
        {},
        {},
        ROBBERY,
        ROBBERY,
        {**ROBBERY, "Last outcome category": "Under investigation"},
        {**ROBBERY, "Location": "No Location", "LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": ""},
        {**ROBBERY, "Crime type": "Drugs"},
    ]
    result = import_file(store, write_street(tmp_path / "s.csv", rows))
    assert (result.read, result.taken, result.unchanged, result.repeated) == (7, 5, 0, 2)
    head = release(store)
    assert (head.totals, head.antisocial) == ((3,), (2,))
    assert [note.split(":")[0] for note in head.notes] == [
        "1 without a location",
        "2 rows have a Crime ID that stands on an earlier row of the same file with another month, type or place",
        "2 rows repeat a Crime ID with the same month, type and place",
    ]
    placeless = [one for one in ranking(store).table.unplaced if not one.borough]
    assert [(one.count, one.harm) for one in placeless] == [(1, 365.0)]


def test_several_months_and_forces_in_one_file_and_side_by_side(store: Store, tmp_path: Path) -> None:
    rows = [{"Month": "2024-05"}, {"Month": "2024-07"}, {"Month": "2024-07", "Reported by": "City of London Police"}]
    import_file(store, write_street(tmp_path / "1.csv", rows))
    import_file(store, write_street(tmp_path / "2.csv", [{"Month": "2024-05"}, {"Month": "2024-07"}]))
    import_file(store, write_street(tmp_path / "3.csv", [{"Month": "2024-05"}, {"Month": "2024-07"}, {}]))
    found = {one.release.name: one for one in summaries(store)}
    assert set(found) == {"202405-202407-2-forces", "202405-202407-metropolitan.2"}
    several = found["202405-202407-2-forces"].release
    assert (several.months, several.antisocial, several.unknown) == (("202405", "202407"), (1, 2), ("202406",))
    assert [one.name for one in every_file(store)] == [
        "202405-202407-metropolitan.2", "202405-202407-metropolitan", "202405-202407-2-forces",
    ]  # fmt: skip


def test_a_row_without_a_month_or_type_is_kept_out(store: Store, tmp_path: Path) -> None:
    rows = [{"Month": "May 2024"}, {"Month": "2099-01"}, {"Crime type": ""}, {}]
    result = import_file(store, write_street(tmp_path / "s.csv", rows))
    assert (result.taken, result.quarantined) == (1, 3)
    assert [(row.line, row.column) for row in quarantined(store)] == [(2, "Month"), (3, "Month"), (4, "Crime type")]
    nothing = import_file(store, write_street(tmp_path / "t.csv", rows[:1]))
    assert (nothing.taken, len(summaries(store))) == (0, 1)

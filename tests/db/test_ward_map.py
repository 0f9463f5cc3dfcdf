"""A ward reference holds everywhere as soon as it is imported, and is gone when it is withdrawn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from core import geography
from core.composite_weights import default
from core.errors import NotFound
from db import deployments, priority_wards
from db.boroughs import london
from db.composite import parts
from db.loading.importing import BatchResult, import_file
from db.loading.profiles import built_in, from_toml
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store, make_store
from db.store.verify import verify
from db.ward_changes import compare
from db.ward_map import current_wards, ward_map, ward_map_version
from db.ward_pages import ward_page
from db.wards import ranking
from tests.conftest import NOW
from tests.db.made_releases import write_release
from tests.db.sending import deploy

TODAY = NOW.date()
MONTHS = [f"2024{month:02d}" for month in range(1, 13)]
ROBBERY = "ROBBERY OF PERSONAL PROPERTY"
ABBEY, PARSLOES, NEW = "E05014053", "E05014067", "E05099001"
Take = Callable[..., BatchResult]
FULL = ("ward_code", "ward", "borough", "population", "imd_decile", "edition")


def _write(path: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = FULL) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *([*row, *[""] * (len(header) - len(row))] for row in rows)])
    return path


def _batch(result: BatchResult) -> int:
    assert result.batch is not None
    return result.batch


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Take:
    """Imports rows of a reference."""
    return lambda *rows: import_file(store, _write(tmp_path / "wards.csv", rows), today=TODAY)


@pytest.fixture
def counted(store: Store, tmp_path: Path) -> None:
    """Two releases, of two wards that ship and one that does not."""
    robberies = {ABBEY: 4, PARSLOES: 3, NEW: 2}
    for name, months in (("1.csv", MONTHS[:-1]), ("2.csv", MONTHS)):
        rows = [(ROBBERY, code, "Barking and Dagenham", [many] * len(months)) for code, many in robberies.items()]
        import_file(store, write_release(tmp_path / name, months, rows), today=TODAY)


def _shown(store: Store) -> tuple[object, ...]:
    """What the lists and pages show of the wards, and the orders they stand in."""
    return (
        ranking(store).table,
        ranking(store, by="rate").table,
        [one.figures.values for one in parts(store).wards],
        [ward_page(store, code) for code in (ABBEY, PARSLOES, NEW)],
        compare(store, "202401-202411", "202401-202412").entries,
        [(one.name, one.harm, one.worst, one.wards, one.officers) for one in london(store).boroughs.values()],
        deployments.units(store),
        priority_wards.priority_wards(store),
        current_wards(store),
        dict(ward_map(store)),
    )


@pytest.mark.usefixtures("counted")
def test_every_reader_uses_it_and_withdrawing_puts_everything_back(store: Store, tmp_path: Path, take: Take) -> None:
    first = priority_wards.proposals(store, parts(store), default(), 1)
    priority_wards.adopt(store, first, since=1, reason="R", adopted_by="Chair", review_on=9)
    units = tmp_path / "units.csv"
    units.write_text(
        "unit,base,officers,ward_code,tactic,starts,ends,status\n" + f"N1,north,8,{ABBEY},weapon sweep,,,deployed\n"
    )
    import_file(store, units, today=TODAY)
    before = _shown(store)
    result = take((ABBEY, "Abbey Road", "Camden", 1500, 9.5), (NEW, "New Ward", "Barking & Dagenham", 500, 1.5))
    assert (result.profile, result.taken, result.revised, result.quarantined) == ("wards", 1, 1, 0)
    assert [(one.ward, one.borough, one.bcu) for one in ranking(store).table.entries] == [
        ("Abbey Road", "Camden", "CN"), ("Parsloes", "Barking and Dagenham", "EA"),
        ("New Ward", "Barking and Dagenham", "EA"),
    ]  # fmt: skip
    page = ward_page(store, ABBEY)
    assert (page.ward, page.borough, page.bcu, page.population) == ("Abbey Road", "Camden", "CN", 1500)
    assert {one.ward_code: one.ward for one in compare(store, "202401-202411", "202401-202412").entries}[
        NEW
    ] == "New Ward"
    assert [(one.ward, one.borough) for one in deployments.board(store).live] == [("Abbey Road", "Camden")]
    assert [one.ward for one in priority_wards.priority_wards(store)] == ["Abbey Road"]
    camden, barking = (london(store).boroughs[name] for name in ("Camden", "Barking and Dagenham"))
    assert (camden.worst, camden.harm, camden.officers) == ("Abbey Road", 4 * 12 * 365, 8)
    assert (barking.worst, barking.wards) == ("Parsloes", 2)
    withdraw(store, _batch(result))
    assert _shown(store) == before
    assert verify(store).fault is None


@pytest.mark.usefixtures("counted")
def test_residents_change_the_rate_and_the_rank_by_rate(store: Store, take: Take) -> None:
    assert [one.ward_code for one in ranking(store, by="rate").table.entries] == [ABBEY, PARSLOES, NEW]
    take((ABBEY, "Abbey", "Barking and Dagenham", 48_000), (NEW, "New", "Barking and Dagenham", 240))
    found = {one.ward_code: one for one in ranking(store, by="rate").table.entries}
    assert list(found) == [NEW, PARSLOES, ABBEY]
    assert (found[ABBEY].rate_per_1000, found[NEW].rate_per_1000) == (1.0, 100.0)
    assert [one.ward_code for one in ranking(store).table.entries] == [ABBEY, PARSLOES, NEW]


@pytest.mark.usefixtures("counted")
def test_the_decile_is_a_part_of_the_composite(store: Store, take: Take) -> None:
    def deciles() -> dict[str, float | None]:
        return {one.figures.ward_code: one.figures.values["deprivation"] for one in parts(store).wards}

    shipped = deciles()
    assert (shipped[ABBEY], shipped[NEW]) == (2.33, None)
    take((ABBEY, "Abbey", "Barking and Dagenham", "", 8.25), (NEW, "New", "Barking and Dagenham", "", 3))
    assert deciles() == {**shipped, ABBEY: 8.25, NEW: 3.0}


def test_a_unit_can_be_sent_to_a_new_ward_while_the_reference_stands(store: Store, tmp_path: Path, take: Take) -> None:
    head, free = "unit,base,officers,ward_code,tactic,starts,ends,status\n", "N1,north,8,,,,,free\n"
    for name, lines in (("a.csv", free), ("b.csv", f"N2,north,8,{NEW},weapon sweep,,,deployed\n")):
        (tmp_path / name).write_text(head + lines)
    import_file(store, tmp_path / "a.csv", today=TODAY)
    with pytest.raises(NotFound, match=f"There is no ward {NEW}"):
        deploy(store, 1, NEW, "weapon sweep", NOW, NOW + timedelta(hours=4))
    batch = _batch(take((NEW, "New Ward", "Hackney")))
    deploy(store, 1, NEW, "weapon sweep", NOW, NOW + timedelta(hours=4))
    assert [(one.ward, one.borough) for one in deployments.board(store).live] == [("New Ward", "Hackney")]
    withdraw(store, batch)
    assert [(one.ward, one.ward_code) for one in deployments.board(store).live] == [(NEW, NEW)]
    assert import_file(store, tmp_path / "b.csv", today=TODAY).quarantined == 1
    withdraw(store, 3)
    take((NEW, "New Ward", "Hackney"))
    assert import_file(store, tmp_path / "b.csv", today=TODAY).taken == 1


def test_of_two_references_the_later_holds_ward_by_ward(store: Store, take: Take) -> None:
    take((ABBEY, "Abbey One", "Camden", 100), (NEW, "New One", "Camden", 200, 2))
    again = take((ABBEY, "Abbey One", "camden"), (NEW, "New Two", "Camden"), ("E05099002", "Third", "Brent"))
    assert (again.taken, again.unchanged, again.revised) == (1, 1, 1)
    found = ward_map(store)
    assert (found[NEW].name, found[NEW].population, found[NEW].imd_decile) == ("New Two", 200, 2.0)
    assert (found[ABBEY].name, found[ABBEY].population, found[ABBEY].imd_decile) == ("Abbey One", 100, 2.33)
    withdraw(store, _batch(again))
    assert (ward_map(store)[NEW].name, "E05099002" in ward_map(store)) == ("New One", False)
    withdraw(store, 1)
    assert ward_map(store) is geography.wards()


def test_no_row_of_a_ward_that_a_file_describes_in_two_ways_is_taken(store: Store, take: Take) -> None:
    rows = [(NEW, "One", "Camden"), (NEW.lower(), "One", "CAMDEN"), (NEW, "Two", "Camden"), (ABBEY, "Abbey", "Nowhere")]
    result = take(*rows)
    assert (result.read, result.taken, result.unchanged, result.revised, result.quarantined) == (4, 0, 0, 0, 4)
    assert [(bad.line, bad.column, bad.reason) for bad in quarantined(store)] == [
        *((line, "ward_code", TWICE) for line in (2, 3, 4)),
        (5, "borough", "no borough of London has this name"),
    ]
    assert NEW not in ward_map(store)


TWICE = "the file describes this ward in 2 ways, so none of its rows is taken; keep one of them"


def test_a_file_of_several_years_says_nothing_sure_of_residents(store: Store, tmp_path: Path) -> None:
    before = ward_map(store)[ABBEY].population
    header = ("ward_code", "ward", "borough", "Vintage", "population")
    rows = [(ABBEY, "Abbey", "Barking and Dagenham", year, people) for year, people in ((2012, 900), (2023, 1100))]
    rows += [(PARSLOES, "Parsloes", "Barking and Dagenham", year, 5000) for year in (2012, 2023)]
    result = import_file(store, _write(tmp_path / "years.csv", rows, header), built_in("wards"))
    assert (result.read, result.quarantined) == (4, 2)
    assert {bad.reason.partition("taken")[2] for bad in quarantined(store)} == {
        ": it has a column of years, 'Vintage'; keep the rows of one year",
    }
    assert (ward_map(store)[ABBEY].population, ward_map(store)[PARSLOES].population) == (before, 5000)


def test_wards_of_another_force_are_taken_with_their_districts(store: Store, take: Take) -> None:
    assert take((NEW, "Manor", "Sheffield", "9000"), ("E05099002", "Darton", "Barnsley")).taken == 2
    there = ward_map(store)[NEW]
    assert (there.borough, there.bcu, there.population) == ("Sheffield", "", 9000)
    mistaken = take((ABBEY, "Abbey", "Barking and Dagenham"), (PARSLOES, "P", "Brent"), ("E05099003", "X", "Camdne"))
    assert mistaken.quarantined == 1


def test_the_wards_that_can_be_chosen_are_those_of_the_newest_maps(store: Store, take: Take) -> None:
    assert current_wards(store) is geography.current_wards()
    take(
        (NEW, "New", "Camden", "", "", "2026"),
        ("E05099002", "Old", "Camden", "", "", "2018"),
        ("E05099003", "X", "Brent"),
    )
    assert {ward.code for ward in current_wards(store)} - {ward.code for ward in geography.current_wards()} == {
        NEW, "E05099003",
    }  # fmt: skip
    take((ABBEY, "Abbey", "Barking and Dagenham", "", "", "2018"))
    assert len(current_wards(store)) == 679 + 2 - 1


def test_without_a_reference_the_map_that_ships_is_given_itself(store: Store, tmp_path: Path) -> None:
    assert ward_map(store) is geography.wards()
    dry = import_file(store, _write(tmp_path / "w.csv", [(NEW, "New", "Camden")]), today=TODAY, dry_run=True)
    assert (dry.taken, ward_map_version(store), ward_map(store)) == (1, 0, geography.wards())
    same = [(ward.code, ward.name, ward.borough) for ward in geography.current_wards()]
    first = import_file(store, _write(tmp_path / "s.csv", same), today=TODAY)
    assert (first.taken, first.unchanged, first.revised) == (679, 0, 0)
    assert ward_map(store) == geography.wards()
    assert import_file(store, _write(tmp_path / "t.csv", same[1:]), today=TODAY).unchanged == 678


def test_two_stores_keep_their_maps_apart(store: Store, tmp_path: Path, take: Take) -> None:
    other = make_store(tmp_path / "other.db", "tester", store.now)
    try:
        take((ABBEY, "Abbey Road", "Camden"))
        assert (ward_map(store)[ABBEY].name, ward_map(other)[ABBEY].name) == ("Abbey Road", "Abbey")
    finally:
        other.close()


def test_a_profile_file_reads_a_force_s_own_columns(store: Store, tmp_path: Path) -> None:
    toml = '[columns]\nward_code = "Code"\nward = "Name"\n[fixed]\nborough = "Brent"\nedition = "2026"\n'
    path = _write(tmp_path / "w.csv", [(NEW, "New", 900)], ("Code", "Name", "Population_2021"))
    assert import_file(store, path, from_toml('profile = "wards"\n' + toml, "p.toml"), today=TODAY).taken == 1
    found = ward_map(store)[NEW]
    assert (found.name, found.borough, found.population, found.editions) == ("New", "Brent", 900, ("2026",))


def test_the_reference_of_all_editions_says_what_the_map_that_ships_says(store: Store, shared: Path) -> None:
    path = shared / "domain" / "wards.csv"
    result = import_file(store, path, today=TODAY)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert (result.profile, result.read, result.taken + result.unchanged) == ("wards", len(rows), len(rows))
    found = ward_map(store)
    assert len(found) == len(rows) == 1303
    for row in rows:
        ward = found[row["ward_code"]]
        assert (ward.name, ward.borough, ward.bcu) == (row["ward_name"], row["borough"], row["bcu_code"])
        assert ward.imd_decile == (float(row["imd2025_mean_decile"]) if row["imd2025_mean_decile"] else None)
        assert ward.population == int(row["population_2021"] or row["population_2015"] or 0)

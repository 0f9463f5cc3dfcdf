"""London by borough: sums that an independent reading gives as well, and what is not held is not known."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.geography import boroughs, wards
from db import deployments
from db.actions import Subject, raise_actions
from db.boroughs import london
from db.loading.importing import import_file
from db.store import Store
from tests.conftest import NOW
from tests.db.made_releases import by_hand, published, write_lookup, write_release, write_street
from tests.db.sending import deploy

HACKNEY, ALSO_HACKNEY, CAMDEN = "E05009367", "E05009368", "E05013652"
MONTHS = [f"{year}{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
KNIFE = "ROBBERY OF PERSONAL PROPERTY"


def write(folder: Path, months: list[str], rows: list[tuple[str, str, list[int]]]) -> Path:
    """A release of robberies: ward, borough, counts."""
    named = [(KNIFE, code, borough, counts) for code, borough, counts in rows]
    return write_release(folder / "release.csv", months, named)


def unit(store: Store, ward_code: str, officers: int) -> None:
    """A unit, sent to a ward where one is named."""
    with store.change("Import units", kind="import", meeting=None) as writing:
        many = len(deployments.units(store))
        number = writing.insert(
            "deployment", unit=f"U{many}", base="Base", officers=officers, ward_code="", tactic="", status="free"
        )
    if ward_code:
        now = store.now()
        deploy(store, number, ward_code, "weapon sweep", now, now + timedelta(hours=8))


def test_the_wards_are_those_of_the_map() -> None:
    assert [wards()[code].borough for code in (HACKNEY, ALSO_HACKNEY, CAMDEN)] == ["Hackney", "Hackney", "Camden"]


def test_a_borough_is_the_sum_of_its_wards_against_the_year_before(store: Store, tmp_path: Path) -> None:
    rows = [(HACKNEY, "Hackney", [10] * 12 + [11] * 12), (ALSO_HACKNEY, "Hackney", [10] * 24)]
    rows.append((CAMDEN, "Camden", [40] * 12 + [30] * 12))
    import_file(store, write(tmp_path, MONTHS, rows))
    found = london(store)
    hackney, camden, barnet = (found.boroughs[name] for name in ("Hackney", "Camden", "Barnet"))
    assert (found.months, found.before) == (tuple(MONTHS[12:]), tuple(MONTHS[:12]))
    assert hackney.harm is not None
    assert camden.harm is not None
    each = camden.harm / 360
    assert hackney.harm == pytest.approx(252 * each)
    assert (hackney.count, hackney.wards, hackney.rank, hackney.ranked) == (252, 2, 2, 2)
    assert hackney.change == pytest.approx(5.0)
    assert camden.change == pytest.approx(-25.0)
    assert hackney.worst == wards()[HACKNEY].name
    assert (barnet.harm, barnet.change, barnet.rank) == (None, None, None), "not in the release is not nothing"


def test_both_published_releases_add_up_to_what_a_short_script_reads(store: Store, shared: Path) -> None:
    path = published(shared, "202306-202505")
    import_file(store, path)
    found, counts = london(store), by_hand(path)
    assert sum(one.count for one in found.boroughs.values()) == sum(
        many for ward in counts.values() for row in ward.values() for month, many in row.items() if month >= "202406"
    )
    of_hackney = [code for code in counts if code in wards() and wards()[code].borough == "Hackney"]
    assert found.boroughs["Hackney"].count == sum(
        many for code in of_hackney for row in counts[code].values() for month, many in row.items() if month >= "202406"
    )
    assert found.before == tuple(f"2023{m:02d}" for m in range(6, 13)) + tuple(f"2024{m:02d}" for m in range(1, 6))
    assert sorted(one.rank or 0 for one in found.boroughs.values()) == list(range(33))


@pytest.mark.parametrize("held", [12, 23])
def test_without_two_full_years_the_change_is_not_known(held: int, store: Store, tmp_path: Path) -> None:
    import_file(store, write(tmp_path, MONTHS[:held], [(HACKNEY, "Hackney", [10] * held)]))
    found = london(store)
    assert found.before == ()
    assert found.boroughs["Hackney"].harm is not None
    assert found.boroughs["Hackney"].change is None


def test_a_fragment_is_in_neither_year(store: Store, tmp_path: Path) -> None:
    counts = [100] * 12 + [120] * 12 + [3]
    import_file(store, write(tmp_path, [*MONTHS, "202601"], [(HACKNEY, "Hackney", counts)]))
    found = london(store)
    assert (found.months[-1], found.before[0], found.before[-1]) == ("202512", "202401", "202412")
    assert found.boroughs["Hackney"].change == pytest.approx(20.0)


@pytest.mark.parametrize("written", ["Kingston upon Hull, City of", "Herefordshire, County of", "Fenland"])
def test_a_district_is_one_by_whichever_name_small_areas_and_lookups_have_it(
    written: str, store: Store, tmp_path: Path
) -> None:
    name, _, _ = written.partition(",")
    usual = {"Reported by": "Fen Police", "Falls within": "Fen Police", "Crime type": "Robbery"}
    row = {**usual, "LSOA code": "E01088001", "LSOA name": f"{name} 003C"}
    import_file(store, write_street(tmp_path / "s.csv", [row, {**row, "LSOA code": "E01088002"}]))
    header = ("lsoa_code", "ward_code", "ward", "borough")
    import_file(store, write_lookup(tmp_path / "l.csv", [["E01088001", "E05088001", "Mere", written]], header))
    found = london(store)
    assert {key: (one.wards, one.worst, one.unplaced > 0) for key, one in found.boroughs.items()} == {
        name: (1, "Mere", True)
    }
    assert found.boroughs[name].harm is not None


def test_an_empty_store_knows_nothing_and_says_so(store: Store) -> None:
    found = london(store)
    assert (found.release, sorted(found.boroughs)) == (None, sorted(boroughs()))
    assert {(one.harm, one.change, one.units, one.officers) for one in found.boroughs.values()} == {(None,) * 4}


def test_officers_are_those_deployed_and_none_is_not_unknown(store: Store) -> None:
    for code, officers in ((HACKNEY, 8), (ALSO_HACKNEY, 5), ("", 7)):
        unit(store, code, officers)
    found = london(store).boroughs
    assert (found["Hackney"].units, found["Hackney"].officers) == (2, 13)
    assert (found["Camden"].units, found["Camden"].officers) == (0, 0)
    assert found["City of London"].units is None
    assert found["City of London"].stand is None
    stands = [stand.words for name in ("Hackney", "Camden") if (stand := found[name].stand) is not None]
    assert stands == ["2 on", ""]


def test_open_actions_on_its_wards(store: Store) -> None:
    about = [Subject("ward", HACKNEY, "A"), Subject("ward", ALSO_HACKNEY, "B"), Subject("person", "P1", "C")]
    raise_actions(store, about, "Go", "Ward team", NOW + timedelta(days=1))
    found = london(store).boroughs
    assert (found["Hackney"].open, found["Camden"].open) == (2, 0)

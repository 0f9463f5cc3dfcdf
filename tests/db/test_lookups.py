"""On which ward map a release of street-level crime is counted (rule: ``db.lookups``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import NotFound
from core.lsoa import Years, census_of
from db import lookups
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.lookups import WardLookup, first_counted_on, fit, lookup_of
from db.releases import release
from db.store import Store
from db.store.undo import undo
from db.wards import ranking
from tests.db.made_releases import write_lookup, write_street

OLD, NEW = ("LSOA11CD", "WD19CD", "WD19NM", "LAD19NM"), ("LSOA21CD", "WD25CD", "WD25NM", "LAD25NM")


def _areas(*codes: str, month: str = "2018-03") -> list[dict[str, str]]:
    return [{"LSOA code": code, "LSOA name": "Fenland 001A", "Month": month, "Crime type": "Robbery"} for code in codes]


def _counts(store: Store) -> dict[str, int]:
    return {one.ward_code: one.count for one in ranking(store).table.entries}


@pytest.fixture
def counted(store: Store, tmp_path: Path) -> Store:
    """A month of 2018 and the lookup of its years, then a later lookup that has one of its two areas."""
    import_file(store, write_street(tmp_path / "s.csv", _areas("E01088001", "E01088002", "E01088002")))
    old = [["E01088001", "W19", "Mere", "Fenland"], ["E01088002", "W19", "Mere", "Fenland"]]
    import_file(store, write_lookup(tmp_path / "old.csv", old, OLD))
    new = [["E01088001", "W25", "Mere", "Fenland"], ["E01088007", "W25", "Mere", "Fenland"]]
    import_file(store, write_lookup(tmp_path / "new.csv", new, NEW))
    return store


def test_a_release_stays_on_the_map_it_was_first_counted_on(counted: Store) -> None:
    assert _counts(counted) == {"W19": 3}
    on = lookup_of(counted, release(counted).id)
    assert on is not None
    assert (on.name, on.years, on.files) == ("wd19-lsoa11", Years(2011, 2019), ("old.csv",))
    assert [one.name for one in lookups.lookups(counted)] == ["wd19-lsoa11", "wd25-lsoa21"]


def test_another_map_is_chosen_and_undone(counted: Store) -> None:
    head = release(counted)
    lookups.use(counted, lookups.lookup_called(counted, "NEW.csv"), head.name, head.counted_from)
    assert _counts(counted) == {"W25": 1}
    found = fit(counted, head.counted_from, head.months[-1])
    assert (found.areas, found.missing, found.census, found.other_generation) == (2, 1, 2011, True)
    assert "leads from areas of 2021, the release has areas of 2011; 1 of 2 areas is not in it" in found.words
    undo(counted)
    assert _counts(counted) == {"W19": 3}
    with pytest.raises(NotFound, match="wd19-lsoa11, wd25-lsoa21"):
        lookups.lookup_called(counted, "wd22")


def test_a_release_that_comes_later_is_counted_on_the_map_that_has_its_areas(counted: Store, tmp_path: Path) -> None:
    import_file(counted, write_street(tmp_path / "t.csv", _areas("E01088001", "E01088007", month="2024-03")))
    assert _counts(counted) == {"W25": 2}
    assert ranking(counted, name="201803-201803").table.entries[0].ward_code == "W19"


def test_a_file_without_years_that_puts_an_area_elsewhere_is_a_map_of_its_own(store: Store, tmp_path: Path) -> None:
    import_file(store, write_street(tmp_path / "s.csv", _areas("A1", "A2")))
    import_file(store, write_lookup(tmp_path / "first half.csv", [["A1", "W1"]]))
    import_file(store, write_lookup(tmp_path / "rest.csv", [["A2", "W1"]]))
    assert _counts(store) == {"W1": 2}
    again = import_file(store, write_lookup(tmp_path / "review.csv", [["A1", "W9"], ["A2", "W9"]]))
    assert [one.name for one in lookups.lookups(store)] == ["first-half", "review"]
    assert _counts(store) == {"W1": 2}
    assert again.batch is not None
    withdraw(store, again.batch)
    assert [one.name for one in lookups.lookups(store)] == ["first-half"]


def test_a_map_that_leads_less_than_half_is_taken_only_where_none_leads_more() -> None:
    few, most = (WardLookup(name, Years(), (), (batch,)) for name, batch in (("few", 1), ("most", 5)))
    assert first_counted_on([few, most], {"few": 1, "most": 9}, 10, 3) is most
    assert first_counted_on([few, most], {"few": 1, "most": 0}, 10, 3) is few
    assert first_counted_on([few, most], {"few": 8, "most": 10}, 10, 3) is few


@pytest.mark.parametrize(
    ("codes", "month", "census"),
    [(["E01000001"], "201801", 2011), (["E01000001"], "202405", None), (["E01000001", "E01035000"], "202405", 2021)],
)
def test_the_census_of_areas_is_told_by_their_months_or_their_codes(codes: list[str], month: str, census: int) -> None:
    assert census_of(codes, month) == census

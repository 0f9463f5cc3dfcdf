"""The demo's table of shares: every ward of the map, every column whole, worked from the published release."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.demo.shares import GROUPS, OF, group_of, group_of_code, share
from core.geography import current_wards
from core.tables import table
from tests.core.demo_wards import TABLE, shares

RELEASE = "MPS Ward Level Crime (most recent 24 months) 202306-202505.csv"


def test_the_table_has_every_ward_once_and_all_of_london_in_each_group() -> None:
    rows = table("demo_wards")
    assert [row["code"] for row in rows] == sorted(ward.code for ward in current_wards())
    for group in GROUPS:
        assert abs(sum(int(row[group]) for row in rows) - OF) < 100, "rounding alone"


def test_the_table_is_what_the_release_gives(shared: Path) -> None:
    release = shared / "domain" / "real" / "as-published" / RELEASE
    if not release.is_file():
        pytest.skip("the published release is not beside the project")
    assert TABLE.read_text(encoding="utf-8").splitlines() == [",".join(row) for row in shares(release)]


@pytest.mark.parametrize(
    ("major", "minor", "group"),
    [
        ("THEFT", "SHOPLIFTING", "shoplifting"),
        ("THEFT", "BICYCLE THEFT", "other_theft"),
        ("VIOLENCE AGAINST THE PERSON", "HOMICIDE", "violence"),
        ("NFIB FRAUD", "NFIB", "disorder"),
    ],
)
def test_a_category_is_in_one_group(major: str, minor: str, group: str) -> None:
    assert group_of(major, minor) == group


def test_an_offence_falls_where_its_group_does() -> None:
    codes = ("034/01", "019/08", "008/26", "008/06", "001/01")
    assert [group_of_code(code) for code in codes] == ["robbery", "sexual", "drugs_weapons", "violence", "violence"]
    assert share("E05013808", "person_theft", 0) > 0.15, "West End"
    assert share("E05999999", "robbery", 13_000) == pytest.approx(13_000 / 8_900_000)
    assert all(share(ward.code, group, ward.population) > 0 for ward in current_wards() for group in GROUPS)

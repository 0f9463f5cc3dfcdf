"""The ranks that the bands leave open, read from a store."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest

from core.rank_ranges import RankRange
from core.tables import table
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.rank_ranges import ranges_of
from db.store import Store
from db.wards import ranking
from tests.conftest import NOW
from tests.db.made_releases import published, write_lookup, write_release, write_street

TODAY = NOW.date()
MONTHS = [f"{year}{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
W1, W2, W3 = "E05013806", "E05013808", "E05014053"
INJURY, ROBBERY, DRUGS, MISC = (
    "VIOLENCE WITH INJURY", "ROBBERY OF PERSONAL PROPERTY", "TRAFFICKING OF DRUGS", "MISC CRIMES AGAINST SOCIETY",
)  # fmt: skip
BANDED = (INJURY, "RES BURGLARY OF A HOME", "OTHER SEXUAL OFFENCES", "OTHER THEFT", ROBBERY)


def _import(store: Store, folder: Path, rows: list[tuple[str, str, list[int]]], name: str = "r.csv") -> None:
    given = [(category, code, "X", counts) for category, code, counts in rows]
    assert import_file(store, write_release(folder / name, MONTHS, given), today=TODAY).quarantined == 0


def _last_year(total: int, before: int = 0) -> list[int]:
    """Counts of two years: some before the twelve months that count, the others in the first and last of them."""
    return [before] + [0] * 11 + [total // 2] + [0] * 10 + [total - total // 2]


def _bands(*, with_doubtful: bool) -> list[tuple[float, float]]:
    """The low and high of the banded categories, straight from the table of weights."""
    rows = {row["category"]: row for row in table("category_weights") if row["scheme"] == "MPS ward file 2023 on"}
    bands = {name: (float(rows[name]["low"]), float(rows[name]["high"])) for name in BANDED}
    if not with_doubtful:
        bands["OTHER THEFT"] = (2.1, 2.1)  # 14.0 less the 11.9 that are doubtful
    return [bands[name] for name in BANDED]


@pytest.mark.parametrize("with_doubtful", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_ranges_are_what_trying_every_corner_gives(
    store: Store, tmp_path: Path, seed: int, with_doubtful: bool
) -> None:
    chance = Random(seed)
    wards = {f"W{n}": [chance.randint(0, most) for most in (9, 30, 9, 200, 4)] for n in range(9)}
    rows = [
        (name, code, _last_year(n, 999)) for code, many in wards.items() for name, n in zip(BANDED, many, strict=True)
    ]
    rows += [(name, "W0", _last_year(5000)) for name in (DRUGS, "NO SUCH CATEGORY")]
    _import(store, tmp_path, rows)
    corners = list(product(*_bands(with_doubtful=with_doubtful)))
    harm = {
        code: [sum(n * weight for n, weight in zip(many, corner, strict=True)) for corner in corners]
        for code, many in wards.items()
    }

    def surely(upper: str, lower: str) -> bool:
        return all(more > less + 1e-6 for more, less in zip(harm[upper], harm[lower], strict=True))

    expected = {
        code: RankRange(1 + sum(surely(one, code) for one in wards), 9 - sum(surely(code, one) for one in wards))
        for code in wards
    }
    found = ranking(store, with_doubtful=with_doubtful)
    assert ranges_of(store, found) == expected
    assert any(not span.settled for span in expected.values())


def test_doubtful_categories_are_in_or_out(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, [(MISC, W1, _last_year(10)), (ROBBERY, W2, _last_year(1))])
    out, taken = (ranges_of(store, ranking(store, with_doubtful=way)) for way in (False, True))
    assert out == {W1: RankRange(2, 2), W2: RankRange(1, 1)}, "all of it is doubtful, so nothing is left"
    assert taken == {W1: RankRange(1, 2), W2: RankRange(1, 2)}, "10 of 11.1 to 170.6 days against 365"


def test_what_police_work_finds_settles_nothing(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, [(DRUGS, W1, _last_year(5000)), (INJURY, W2, _last_year(1)), (DRUGS, W3, _last_year(1))])
    assert ranges_of(store, ranking(store)) == {W1: RankRange(2, 3), W2: RankRange(1, 1), W3: RankRange(2, 3)}


def test_ranges_are_of_the_months_of_the_ranking(store: Store, tmp_path: Path) -> None:
    """Nine of violence with injury weigh 955 to 2,084 days, four robberies 1,460."""
    _import(store, tmp_path, [(INJURY, W1, _last_year(9)), (ROBBERY, W2, _last_year(4, before=2))])
    assert ranges_of(store, ranking(store)) == {W1: RankRange(1, 2), W2: RankRange(1, 2)}
    before = ranking(store, first="2023-01", last="2023-12")
    assert ranges_of(store, before) == {W1: RankRange(2, 2), W2: RankRange(1, 1)}
    both = ranking(store, first="2023-01", last="2024-12")
    assert ranges_of(store, both) == {W1: RankRange(2, 2), W2: RankRange(1, 1)}, "six robberies are 2,190"


def test_each_release_has_ranges_of_its_own(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, [(ROBBERY, W1, _last_year(2)), (ROBBERY, W2, _last_year(1))])
    first = ranking(store)
    assert ranges_of(store, first) == {W1: RankRange(1, 1), W2: RankRange(2, 2)}
    _import(store, tmp_path, [(ROBBERY, W1, _last_year(1)), (ROBBERY, W2, _last_year(2))], "again.csv")
    assert ranges_of(store, ranking(store)) == {W1: RankRange(2, 2), W2: RankRange(1, 1)}
    assert ranges_of(store, first) == {W1: RankRange(1, 1), W2: RankRange(2, 2)}


def test_a_later_lookup_changes_the_ranges_of_a_street_release(store: Store, tmp_path: Path) -> None:
    """Ten of public order weigh 31 to 58 days, ten of criminal damage and arson 44 to 66."""
    areas = {"E01000916": ("Public order", 10), "E01000917": ("Criminal damage and arson", 10)}
    areas["E01000918"] = ("Robbery", 1)
    rows = [
        {"Crime ID": f"{area}-{n}", "LSOA code": area, "Crime type": kind}
        for area, (kind, many) in areas.items()
        for n in range(many)
    ]
    import_file(store, write_street(tmp_path / "s.csv", rows), today=TODAY)
    assert ranges_of(store, ranking(store)) == {}, "what has no ward has no rank"
    import_file(store, write_lookup(tmp_path / "1.csv", [["E01000916", W1], ["E01000917", W2]]))
    first = {W1: RankRange(1, 2), W2: RankRange(1, 2)}
    assert ranges_of(store, ranking(store)) == first
    later = import_file(store, write_lookup(tmp_path / "2.csv", [["E01000918", W1]])).batch
    assert later is not None
    assert ranges_of(store, ranking(store)) == {W1: RankRange(1, 1), W2: RankRange(2, 2)}
    withdraw(store, later)
    assert ranges_of(store, ranking(store)) == first


@pytest.mark.parametrize("with_doubtful", [False, True])
def test_every_rank_of_the_published_release_is_in_its_range(store: Store, shared: Path, with_doubtful: bool) -> None:
    import_file(store, published(shared, "202306-202505"), today=TODAY)
    found = ranking(store, with_doubtful=with_doubtful)
    ranges = ranges_of(store, found)
    assert ranges.keys() == {one.ward_code for one in found.table.entries}
    for one in found.table.entries:
        span = ranges[one.ward_code]
        assert 1 <= span.best <= one.rank <= span.worst <= 679
    assert ranges[found.table.entries[0].ward_code].best == 1
    assert 0 < sum(not span.settled for span in ranges.values()) < 679

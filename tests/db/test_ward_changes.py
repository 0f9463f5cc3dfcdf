from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from core.errors import NotFound, Problem
from db.loading.importing import import_file
from db.store import Store
from db.ward_changes import compare
from tests.db.made_releases import by_hand, published, write_lookup, write_release, write_street

OLD, NEW = "202304-202503", "202306-202505"
W1, W2, W3 = "E05000026", "E05014053", "E05014054"
MONTHS = ["202401", "202402", "202403", "202404"]


def test_every_figure_between_the_published_releases_is_what_an_independent_script_gives(
    store: Store, shared: Path
) -> None:
    for months in (OLD, NEW):
        import_file(store, published(shared, months))
    found = compare(store, OLD, NEW)
    old, new = by_hand(published(shared, OLD)), by_hand(published(shared, NEW))
    assert [one.ward_code for one in found.entries] == sorted(set(old) | set(new))
    assert (len(found.months.shared), found.months.new, found.months.left_out) == (22, ("202504", "202505"), ())
    for one in found.entries:
        a, b = Counter[str](), Counter[str]()
        for side, counts in ((a, old), (b, new)):
            for category, row in counts[one.ward_code].items():
                side[category] += sum(n for month, n in row.items() if "202306" <= month <= "202503")
        moved = sum(abs(b[category] - a[category]) for category in {*a, *b})
        revised = b.total() - a.total()
        fresh = sum(row[m] for row in new[one.ward_code].values() for m in ("202504", "202505"))
        assert (one.before, one.after, one.revised) == (a.total(), b.total(), revised)
        assert (one.reclassified, one.new_months, one.only_in) == ((moved - abs(revised)) / 2, fresh, "")
        assert {line.category: (line.before, line.after) for line in one.categories} == {
            category: (a[category], b[category]) for category in {*old[one.ward_code], *new[one.ward_code]}
        }
    assert sum(one.new_months for one in found.entries) == 72_927 + 77_484


def made(store: Store, folder: Path, name: str, months: list[str], *rows: tuple[str, str, str, list[int]]) -> None:
    import_file(store, write_release(folder / f"{name}.csv", months, rows))


def test_a_renamed_category_is_reclassified_and_a_fragment_is_left_out(store: Store, tmp_path: Path) -> None:
    old = ("BURGLARY - RESIDENTIAL", W1, "X", [50, 50, 50, 50]), ("ARSON", W1, "X", [100, 100, 100, 100])
    made(store, tmp_path, "a", MONTHS, *old)
    new = ("RES BURGLARY OF A HOME", W1, "X", [50, 50, 45, 50, 5]), ("ARSON", W1, "X", [100, 101, 100, 100, 10])
    made(store, tmp_path, "b", [*MONTHS[1:], "202405", "202406"], *new)
    found = compare(store, "202401-202404", "202402-202406")
    [ward] = found.entries
    assert found.months.shared == ("202402", "202403", "202404")
    assert (found.months.new, [(side, flag.month) for side, flag in found.months.left_out]) == (
        ("202405",), [("after", "202406")],
    )  # fmt: skip
    assert (ward.before, ward.after, ward.revised, ward.reclassified, ward.new_months) == (450, 446, -4, 146, 150)
    assert [(line.category, line.change) for line in ward.categories] == [
        ("BURGLARY - RESIDENTIAL", -150), ("ARSON", 1), ("RES BURGLARY OF A HOME", 145),
    ]  # fmt: skip


def test_a_month_that_is_a_fragment_in_the_earlier_is_not_compared(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path, "a", MONTHS, ("RAPE", W1, "X", [50, 50, 50, 2]))
    made(store, tmp_path, "b", MONTHS, ("RAPE", W1, "X", [50, 51, 50, 50]))
    found = compare(store, "202401-202404", "202401-202404.2")
    [ward] = found.entries
    assert (ward.before, ward.after, ward.new_months) == (150, 151, 0)
    assert [(side, flag.month) for side, flag in found.months.left_out] == [("before", "202404")]


def test_another_ward_map_and_a_ward_under_two_boroughs(store: Store, tmp_path: Path) -> None:
    heathrow = "E05013570"
    made(store, tmp_path, "a", MONTHS[:2], ("Rape", W1, "X", [5, 6]), ("Rape", heathrow, "Hillingdon", [3, 3]))
    made(
        store, tmp_path, "b", MONTHS[:3],
        ("RAPE", W2, "X", [5, 6, 7]), ("RAPE", heathrow, "Aviation Security (SO18)", [1, 1, 1]),
        ("RAPE", heathrow, "Hillingdon", [2, 2, 2]),
    )  # fmt: skip
    found = {one.ward_code: one for one in compare(store, "202401-202402", "202401-202403").entries}
    assert list(found) == [W1, heathrow, W2]
    assert (found[W1].only_in, found[W1].before, found[W1].after) == ("before", 11, 0)
    assert (found[W2].only_in, found[W2].before, found[W2].after, found[W2].new_months) == ("after", 0, 11, 7)
    both = found[heathrow]
    assert (both.only_in, both.before, both.after, both.reclassified, both.new_months) == ("", 6, 6, 0, 3)


def test_one_ward_alone_and_what_cannot_be_compared(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path, "a", MONTHS[:2], ("RAPE", W1, "X", [5, 6]), ("RAPE", W2, "X", [5, 6]))
    made(store, tmp_path, "b", MONTHS[:3], ("RAPE", W2, "X", [5, 6, 7]))
    a, b = "202401-202402", "202401-202403"
    assert [one.ward_code for one in compare(store, a, b, W2.lower()).entries] == [W2]
    with pytest.raises(NotFound, match=f"Neither {a} nor {b} holds ward {W3}"):
        compare(store, a, b, W3)
    with pytest.raises(NotFound, match="no release 'never'"):
        compare(store, a, "never")
    import_file(store, write_street(tmp_path / "s.csv", [{}]))
    import_file(store, write_street(tmp_path / "t.csv", [{"Reported by": "City of London Police"}]))
    with pytest.raises(Problem, match="categories and places differ"):
        compare(store, a, "202405-202405-metropolitan")
    with pytest.raises(Problem, match="different forces"):
        compare(store, "202405-202405-city-of-london", "202405-202405-metropolitan")


def test_street_releases_are_compared_by_ward_where_a_lookup_knows_it(store: Store, tmp_path: Path) -> None:
    theft = {"Crime type": "Other theft"}
    nowhere = {**theft, "LSOA code": "", "LSOA name": "", "Location": "No Location"}
    import_file(store, write_street(tmp_path / "s.csv", [theft, theft, nowhere, {}]))
    import_file(store, write_street(tmp_path / "t.csv", [theft, {"Crime type": "Drugs"}, nowhere, nowhere, {}, {}]))
    import_file(store, write_lookup(tmp_path / "l.csv", [["E01000916", W1]]))
    none, ward = compare(store, "202405-202405-metropolitan", "202405-202405-metropolitan.2").entries
    assert (none.ward_code, none.ward, none.borough, none.revised) == ("", "no ward known", "", 1)
    assert (ward.ward_code, ward.revised, ward.reclassified) == (W1, 0, 1)

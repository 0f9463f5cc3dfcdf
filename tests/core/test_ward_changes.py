from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.releases import Flag
from core.ward_changes import Months, changes, months_of
from core.wards import Series

OLD_MONTHS, NEW_MONTHS = ("202401", "202402", "202403"), ("202402", "202403", "202404")
MONTHS = months_of(OLD_MONTHS, (), NEW_MONTHS, ())


def series(code: str, category: str, *counts: int, borough: str = "Nowhere") -> Series:
    return Series(code, f"Ward {code}", borough, category, counts)


def test_the_months_that_are_compared() -> None:
    assert Months(("202402", "202403"), ("202404",), ()) == MONTHS
    old, new = Flag("202403", "old"), Flag("202404", "new")
    assert months_of(OLD_MONTHS, (Flag("202401", "x"), old), NEW_MONTHS, (new,)) == Months(
        ("202402",), (), (("before", old), ("after", new))
    )
    assert months_of(("202001",), (), ("202101",), ()) == Months((), ("202101",), ())


def test_revised_reclassified_and_new() -> None:
    before = [series("W1", "A", 9, 10, 10), series("W1", "B", 9, 5, 5), series("W2", "A", 1, 1, 1)]
    after = [
        series("W1", "A", 4, 4, 7),
        series("W1", "C", 6, 6, 8),
        series("W1", "b", 5, 6, 1),
        series("W2", "A", 1, 3, 0),
    ]
    one, two = changes(before, OLD_MONTHS, after, NEW_MONTHS, MONTHS)
    assert (one.before, one.after, one.revised, one.reclassified, one.new_months) == (30, 31, 1, 12, 16)
    assert [(c.category, c.change, c.new_months) for c in one.categories] == [("A", -12, 7), ("B", 1, 1), ("C", 12, 8)]
    assert (two.before, two.after, two.revised, two.reclassified, two.new_months) == (2, 4, 2, 0, 0)


def test_a_pair_without_a_row_is_zero_and_a_month_that_is_not_shared_is_not() -> None:
    [ward] = changes([series("W1", "A", 5, 5, 5)], OLD_MONTHS, [series("W1", "B", 5, 5, 5)], NEW_MONTHS, MONTHS)
    assert (ward.before, ward.after, ward.revised, ward.reclassified) == (10, 10, 0, 10)
    apart = months_of(OLD_MONTHS, (), ("202501",), ())
    [ward] = changes([series("W1", "A", 5, 5, 5)], OLD_MONTHS, [series("W1", "A", 7)], ("202501",), apart)
    assert (ward.before, ward.after, ward.revised, ward.new_months) == (0, 0, 0, 7)


def test_a_ward_of_another_map_is_only_in_one() -> None:
    left, right = changes([series("E1", "A", 1, 2, 3)], OLD_MONTHS, [series("E2", "A", 4, 5, 6)], NEW_MONTHS, MONTHS)
    assert (left.ward_code, left.only_in, left.before, left.after, left.reclassified) == ("E1", "before", 5, 0, 0)
    assert (right.ward_code, right.only_in, right.before, right.after, right.new_months) == ("E2", "after", 0, 9, 6)


def test_a_ward_under_two_boroughs_is_one() -> None:
    code = "E05013570"
    before = [series(code, "A", 0, 1, 1, borough="Aviation Security (SO18)"), series(code, "A", 0, 2, 2)]
    [ward] = changes(before, OLD_MONTHS, [series(code, "A", 3, 3, 0)], NEW_MONTHS, MONTHS)
    assert (ward.ward, ward.borough, ward.before, ward.after, ward.reclassified) == (
        "Heathrow Villages", "Hillingdon", 6, 6, 0,
    )  # fmt: skip


COUNTS = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 50))


@given(COUNTS, COUNTS)
def test_what_is_revised_and_what_moved_are_all_that_changed(old: dict[str, int], new: dict[str, int]) -> None:
    month = ("202401",)
    [ward, *_] = [
        *changes(
            [series("W", name, count) for name, count in old.items()],
            month,
            [series("W", name, count) for name, count in new.items()],
            month,
            months_of(month, (), month, ()),
        ),
        None,
    ]
    if ward is None:
        return
    moved = sum(abs(one.change) for one in ward.categories)
    assert moved == abs(ward.revised) + 2 * ward.reclassified
    assert ward.reclassified >= 0
    falls = -sum(one.change for one in ward.categories if one.change < 0)
    assert ward.reclassified == min(falls, moved - falls)

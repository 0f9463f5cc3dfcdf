from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.category_weights import OLD_SCHEME
from core.errors import NotFound, Problem, Refused
from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.releases import release, releases, summaries
from db.store import Store
from db.store.verify import verify
from db.ward_pages import ward_page
from db.wards import ranking
from tests.db.made_releases import by_hand, published, write_release, write_street

YEAR = [f"2024{month:02d}" for month in range(1, 13)]
W1, W2 = "E05000026", "E05014053"
"""Abbey in Barking and Dagenham, of the map of 2018 and of that of 2022."""


def two(folder: Path, last: int = 100, name: str = "a.csv") -> Path:
    rows = [
        ("RAPE", W1, "Barking and Dagenham", [40] * 12 + [last // 2]),
        ("ROBBERY OF PERSONAL PROPERTY", W2, "Barking and Dagenham", [60] * 12 + [last - last // 2]),
    ]
    return write_release(folder / name, [*YEAR, "202501"], rows)


def test_both_published_releases_side_by_side(store: Store, shared: Path) -> None:
    for months in ("202304-202503", "202306-202505"):
        import_file(store, published(shared, months))
    found = summaries(store)
    assert [(one.release.name, one.release.profile, one.wards) for one in found] == [
        ("202306-202505", "mps-ward", 679), ("202304-202503", "mps-ward", 679),
    ]  # fmt: skip
    for one in found:
        counts = by_hand(published(shared, one.release.name))
        totals = [sum(row[month] for ward in counts.values() for row in ward.values()) for month in one.release.months]
        assert list(one.release.totals) == totals
        assert (one.total, one.release.flags, one.release.unknown) == (sum(totals), (), ())
    heathrow = next(one for one in ranking(store).table.entries if one.ward_code == "E05013570")
    assert (heathrow.borough, heathrow.also_under) == ("Hillingdon", ("Aviation Security (SO18)",))
    by_count = ranking(store, name="202304-202503", by="count", first="202304", last="202503")
    heathrow = next(one for one in by_count.table.entries if one.ward_code == "E05013570")
    older = by_hand(published(shared, "202304-202503"))["E05013570"]
    assert heathrow.count == sum(sum(months.values()) for months in older.values())


def test_a_fragment_is_flagged_and_kept_out_of_the_last_twelve_months(store: Store, tmp_path: Path) -> None:
    import_file(store, two(tmp_path, 20))
    head = release(store)
    assert [flag.month for flag in head.flags] == ["202501"]
    found = ranking(store)
    assert (found.first, found.last, len(found.months)) == ("202401", "202412", 12)
    assert [(flag.month, flag.reason[:24]) for flag in found.left_out] == [("202501", "a fragment: 20 offences,")]
    assert sum(one.count for one in found.table.entries) == 1200
    page = ward_page(store, W1)
    assert (page.categories[0].count, page.counted[-1], page.left_out) == (480, "202412", found.left_out)
    assert page.monthly[-1] == 10
    assert ranking(store, first="2024-06").months[-1] == "202412"


def test_a_fragment_that_is_asked_for_by_name_is_taken_in_and_said(store: Store, tmp_path: Path) -> None:
    import_file(store, two(tmp_path, 20))
    found = ranking(store, first="2024-12", last="2025-01")
    assert sum(one.count for one in found.table.entries) == 120
    assert (found.left_out, [flag.month for flag in found.taken_in]) == ((), ["202501"])
    assert ranking(store, first="2025-01").months == ("202501",)


def test_a_fragment_in_the_middle_is_passed_over(store: Store, tmp_path: Path) -> None:
    counts = [50] * 13
    counts[6] = 1
    import_file(store, write_release(tmp_path / "a.csv", [*YEAR, "202501"], [("RAPE", W1, "X", counts)]))
    found = ranking(store)
    assert (found.first, found.last, len(found.months), "202407" in found.months) == ("202402", "202501", 11, False)
    assert [flag.month for flag in found.left_out] == ["202407"]
    assert sum(one.count for one in found.table.entries) == 550
    whole = ranking(store, first="202401", last="202501")
    assert sum(one.count for one in whole.table.entries) == 600


def test_a_ward_is_read_by_its_name_where_one_ward_of_the_release_has_it(store: Store, tmp_path: Path) -> None:
    """Yiewsley is a ward of two maps, Abbey one of two boroughs of today's, too."""
    wards = ("E05013584", "E05014053", "E05013810")
    import_file(store, write_release(tmp_path / "a.csv", ["202401"], [("RAPE", code, "X", [3]) for code in wards]))
    assert ward_page(store, " yiewsley ").code == wards[0]
    with pytest.raises(NotFound, match="Several wards are called Abbey: E05014053 in Barking and Dagenham; E05013810"):
        ward_page(store, "Abbey")
    with pytest.raises(NotFound, match="does not hold ward Narnia"):
        ward_page(store, "Narnia")


def test_a_missing_month_is_unknown_and_a_missing_pair_is_zero(store: Store, tmp_path: Path) -> None:
    rows = [("RAPE", W1, "X", [30, 30, 30]), ("ARSON", W2, "X", [0, 9, 9])]
    import_file(store, write_release(tmp_path / "a.csv", ["202401", "202402", "202404"], rows))
    assert release(store).unknown == ("202403",)
    found = ranking(store)
    assert (found.first, found.last, found.unknown) == ("202401", "202404", ("202403",))
    assert {one.ward_code: one.count for one in found.table.entries} == {W1: 90, W2: 18}
    with pytest.raises(Problem, match="does not hold 2024-03: the month is unknown, not zero"):
        ranking(store, first="2024-03")
    assert ranking(store, first="202401", last="202402").unknown == ()


def test_the_weights_follow_the_categories_of_the_release(store: Store, tmp_path: Path) -> None:
    old = [("Rape", W1, "X", [1]), ("Domestic Burglary", W1, "X", [10]), ("Drug Trafficking", W1, "X", [5])]
    new = [("RAPE", W2, "X", [1]), ("RES BURGLARY OF A HOME", W2, "X", [10]), ("TRAFFICKING OF DRUGS", W2, "X", [5])]
    import_file(store, write_release(tmp_path / "old.csv", ["202109"], old))
    import_file(store, write_release(tmp_path / "new.csv", ["202501"], new))
    before, after = ranking(store, name="202109-202109"), ranking(store)
    assert (before.scheme, after.scheme) == (OLD_SCHEME, "MPS ward file 2023 on")
    assert [one.harm for one in before.table.entries] == [pytest.approx(2043.7 + 304.0)]
    assert [one.harm for one in after.table.entries] == [pytest.approx(2018.0 + 416.0, abs=1)]
    assert (before.table.police_detected, before.table.unweighted) == ({"Drug Trafficking": 5}, {})


def test_the_same_months_again_get_a_number_and_a_withdrawn_release_is_gone(store: Store, tmp_path: Path) -> None:
    import_file(store, two(tmp_path))
    second = import_file(store, two(tmp_path, 110, "b.csv"))
    assert [one.name for one in releases(store)] == ["202401-202501.2", "202401-202501"]
    assert release(store, "202401-202501").file == "a.csv"
    assert second.batch is not None
    withdraw(store, second.batch)
    assert [one.name for one in releases(store)] == ["202401-202501"]
    assert verify(store).fault is None


def test_a_ward_file_stands_before_a_street_file_that_ends_later(store: Store, tmp_path: Path) -> None:
    import_file(store, write_street(tmp_path / "s.csv", [{"Month": "2026-09"}]))
    assert release(store).profile == "police-uk-street"
    import_file(store, two(tmp_path))
    assert release(store).profile == "mps-ward"
    assert release(store, "202609").name == release(store, "202609-202609").name == "202609-202609-metropolitan"
    with pytest.raises(NotFound, match=r"There are: 202401-202501, 202609-202609-metropolitan\."):
        release(store, "202609-202609-elsewhere")


def with_blanks(path: Path, months: Sequence[str], rows: Sequence[str]) -> Path:
    """Write a ward file as text: each row is a category and its counts in a ward, blanks as they are."""
    head = f"MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,{','.join(months)}"
    path.write_text("\n".join((head, *(f"MAJOR,{row.replace(':', f',Abbey,{W2},X,')}" for row in rows))) + "\n")
    return path


def test_a_month_that_is_blank_in_every_row_is_unknown_and_not_zero(store: Store, tmp_path: Path) -> None:
    rows = ["RAPE:,3, ,,5,", "ARSON:,0,,,4, ", 'ROBBERY OF PERSONAL PROPERTY:,7,"",,2,']
    file = with_blanks(tmp_path / "a.csv", ["202401", "202402", "202403", "202404", "202405", "202406"], rows)
    result = import_file(store, file)
    assert (result.read, result.taken, result.quarantined) == (3, 3, 0)
    head = release(store)
    assert (head.name, head.months, head.unknown) == ("202402-202405", ("202402", "202405"), ("202403", "202404"))
    assert (head.totals, head.flags) == ((10, 11), ())
    assert head.notes == (
        "4 months are blank in every row, so not held: unknown and not zero: 2024-01, 2024-03, 2024-04, 2024-06.",
    )
    page = ward_page(store, W2)
    assert (page.monthly, {line.category: line.count for line in page.categories}) == (
        (10, 11), {"RAPE": 8, "ARSON": 4, "ROBBERY OF PERSONAL PROPERTY": 9},
    )  # fmt: skip
    with pytest.raises(Problem, match="does not hold 2024-03: the month is unknown, not zero"):
        ranking(store, first="2024-03")


def test_a_blank_in_a_month_that_has_a_value_keeps_its_row_out(store: Store, tmp_path: Path) -> None:
    """Even where only the last row has it, or where it is no number."""
    rows = ["RAPE:1,,", "ARSON:2,,", "SHOPLIFTING:3,0,", "HOMICIDE:4,n/a,"]
    result = import_file(store, with_blanks(tmp_path / "a.csv", ["202401", "202402", "202403"], rows))
    assert (result.taken, result.quarantined) == (1, 3)
    assert [(bad.line, bad.column, bad.value) for bad in quarantined(store)] == [
        (2, "202402", ""), (3, "202402", ""), (5, "202402", "n/a"),
    ]  # fmt: skip
    head = release(store)
    assert (head.months, head.totals, head.unknown) == (("202401", "202402"), (3, 0), ())
    assert head.notes == ("1 month is blank in every row, so not held: unknown and not zero: 2024-03.",)


def test_a_file_without_a_single_count_is_refused(store: Store, tmp_path: Path) -> None:
    file = with_blanks(tmp_path / "a.csv", ["202401", "202402"], ["RAPE:,", "ARSON: ,"])
    with pytest.raises(Refused, match=r"^a\.csv holds no counts: its months are blank in every row\. Ask for it again"):
        import_file(store, file)
    assert (releases(store), quarantined(store)) == ([], [])


def test_a_file_of_which_no_row_can_be_taken_makes_no_release(store: Store, tmp_path: Path) -> None:
    import_file(store, write_release(tmp_path / "a.csv", ["202401"], [("RAPE", W1, "X", [3])]))
    result = import_file(store, write_release(tmp_path / "b.csv", ["202402"], [("RAPE", "", "X", [4])] * 2))
    assert (result.taken, result.quarantined, len(releases(store))) == (0, 2, 1)
    assert [entry.count for entry in ranking(store).table.entries] == [3]


def test_columns_in_another_order_and_a_column_more(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "historical.csv"
    path.write_text(
        "WardName,WardCode,Group,SubGroup,LookUp_BoroughName,202401,202402,Refreshed Date\n"
        f"Abbey,{W2},SEXUAL OFFENCES,RAPE,Barking and Dagenham,3, 4,05/02/2025\n"
        f"Abbey (KG),{W2},SEXUAL OFFENCES,RAPE,Barking and Dagenham (Legacy Only),1,01,05/02/2025\n"
        f"Abbey,{W2},SEXUAL OFFENCES,OTHER SEXUAL OFFENCES,Barking and Dagenham,,1,05/02/2025\n"
    )
    result = import_file(store, path)
    assert (result.profile, result.taken, result.quarantined) == ("mps-ward", 2, 1)
    [bad] = quarantined(store)
    assert (bad.column, bad.reason) == (
        "202401", "not a count: nothing stands here, and a figure is needed; write it, 0 for none",
    )  # fmt: skip
    [ward] = ranking(store).table.entries
    assert (ward.ward, ward.count, release(store).totals) == ("Abbey", 9, (4, 5))


def test_a_ward_file_without_months_is_refused(store: Store, tmp_path: Path) -> None:
    path = write_release(tmp_path / "a.csv", ["2024-01"], [("RAPE", W1, "X", [1])])
    with pytest.raises(Refused, match=r"Nearest is 'mps-ward', which also needs: months \(YYYYMM\)"):
        import_file(store, path)
    assert releases(store) == []

"""Monthly street-level files of a force as one series: what counts, what is history, what is told of the months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound, Problem
from core.scope import WHOLE_FORCE
from db import meetings
from db.gaps import gaps
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.not_counted import not_counted
from db.place_papers import hot_wards
from db.releases import every_file, files_of, release, releases, summaries
from db.store import Store
from db.store.verify import verify
from db.ward_changes import compare
from db.ward_pages import ward_page
from db.wards import ranking
from tests.db.made_releases import write_lookup, write_street

FORCE = {"Reported by": "Vale Constabulary", "Falls within": "Vale Constabulary", "LSOA name": "Vale 001A"}
NORTH, SOUTH = "E01099001", "E01099002"
W1, W2 = "E05099001", "E05099002"


def month(folder: Path, name: str, many: int, kind: str = "Burglary", area: str = NORTH, mark: str = "") -> Path:
    """A street-level file of one month with so many crimes of a kind, each with a Crime ID of its own."""
    rows = [
        {**FORCE, "Crime ID": f"{name}{mark}{at}", "Month": name, "Crime type": kind, "LSOA code": area}
        for at in range(many)
    ]
    return write_street(folder / f"{name}-vale{mark}-street.csv", rows)


def months(folder: Path, totals: dict[str, int]) -> Path:
    """A street-level file of several months with so many crimes in each."""
    rows = [
        {**FORCE, "Crime ID": f"{name}-{at}", "Month": name, "Crime type": "Burglary", "LSOA code": NORTH}
        for name, many in totals.items()
        for at in range(many)
    ]
    return write_street(folder / "vale-street.csv", rows)


@pytest.fixture
def mapped(store: Store, tmp_path: Path) -> Store:
    """A store with the lookup of two small areas to two wards."""
    rows = [[NORTH, W1, "North", "Vale"], [SOUTH, W2, "South", "Vale"]]
    import_file(store, write_lookup(tmp_path / "lookup.csv", rows, ("lsoa_code", "ward_code", "ward", "borough")))
    return store


def counts(store: Store, **asked: str) -> dict[str, int]:
    """Ward code to offences."""
    return {one.ward_code: one.count for one in ranking(store, **asked).table.entries}  # type: ignore[arg-type]


def test_months_of_one_force_rank_together_over_any_span(mapped: Store, tmp_path: Path) -> None:
    for name, many in (("2024-01", 3), ("2024-02", 4), ("2024-03", 5)):
        import_file(mapped, month(tmp_path, name, many))
    import_file(mapped, month(tmp_path, "2024-04", 2, area=SOUTH))
    [head] = releases(mapped)
    assert (head.name, head.totals) == ("202401-202404-vale", (3, 4, 5, 2))
    found = ranking(mapped, first="2024-01", last="2024-03")
    assert (found.first, found.last, found.caveats) == ("202401", "202403", ())
    assert counts(mapped, first="2024-01", last="2024-03") == {W1: 12, W2: 0}
    assert counts(mapped) == {W1: 12, W2: 2}
    assert ranking(mapped).caveats == ("4 of 12 months held",)
    assert counts(mapped, first="2024-02", last="2024-02", name="vale") == {W1: 4, W2: 0}
    page = ward_page(mapped, W1)
    assert (page.monthly, page.offences, page.caveats) == ((3, 4, 5, 0), 12, ("4 of 12 months held",))
    [line] = page.categories
    assert [(file, len(lines)) for file, lines in line.files] == [
        ("2024-01-vale-street.csv", 3), ("2024-02-vale-street.csv", 4), ("2024-03-vale-street.csv", 5),
    ]  # fmt: skip
    assert "; 4 of 12 months held" in hot_wards(mapped, 5, WHOLE_FORCE).title


def test_forces_are_series_of_their_own_and_one_that_is_not_named_stands_alone(store: Store, tmp_path: Path) -> None:
    import_file(store, month(tmp_path, "2024-01", 1))
    other = {"Reported by": "Moor Police", "Month": "2024-01"}
    import_file(store, write_street(tmp_path / "m.csv", [other]))
    for at, name in enumerate(("2024-01", "2024-02")):
        import_file(store, write_street(tmp_path / f"{at}.csv", [{"Reported by": "", "Month": name}]))
    assert [one.name for one in releases(store)] == [
        "202402-202402-unknown-force", "202401-202401-unknown-force", "202401-202401-moor", "202401-202401-vale",
    ]  # fmt: skip


def test_a_later_file_of_a_month_is_a_new_edition_and_the_older_is_history(mapped: Store, tmp_path: Path) -> None:
    import_file(mapped, month(tmp_path, "2024-01", 3))
    import_file(mapped, month(tmp_path, "2024-02", 4))
    result = import_file(mapped, month(tmp_path, "2024-01", 6, mark="-again"))
    assert result.notes == (
        "A new edition of 2024-01: counted from now on in place of 202401-202401-vale, kept as history.",
    )
    [head] = releases(mapped)
    assert (head.name, head.totals) == ("202401-202402-vale", (6, 4))
    [edition] = ranking(mapped).editions
    assert edition.words == "2024-01 is edition 2 of 2 (202401-202401-vale.2)"
    assert edition.words in ranking(mapped).caveats
    assert counts(mapped) == {W1: 10}
    assert counts(mapped, name="202401-202401-vale") == {W1: 3}
    [change] = compare(mapped, "202401-202401-vale", "202401-202401-vale.2").entries
    assert (change.before, change.after) == (3, 6)
    assert [(part.name, part.months) for part in head.parts] == [
        ("202401-202401-vale", ()), ("202402-202402-vale", ("202402",)), ("202401-202401-vale.2", ("202401",)),
    ]  # fmt: skip
    assert {one.release.name for one in files_of(mapped, "vale")} == {one.name for one in every_file(mapped)}


def test_a_withdrawn_batch_takes_its_month_out_and_brings_the_edition_before_back(
    mapped: Store, tmp_path: Path
) -> None:
    import_file(mapped, month(tmp_path, "2024-01", 3))
    again = import_file(mapped, month(tmp_path, "2024-01", 6, mark="-again"))
    later = import_file(mapped, month(tmp_path, "2024-02", 4))
    assert counts(mapped) == {W1: 10}
    for batch, expected in ((later.batch, {W1: 6}), (again.batch, {W1: 3})):
        assert batch is not None
        withdraw(mapped, batch)
        assert counts(mapped) == expected
    assert (release(mapped).name, release(mapped).editions) == ("202401-202401-vale", ())
    assert verify(mapped).fault is None


def test_a_part_of_a_file_is_counted_where_a_later_one_holds_the_rest(mapped: Store, tmp_path: Path) -> None:
    import_file(mapped, months(tmp_path, {"2024-01": 3, "2024-02": 4, "2024-03": 5}))
    import_file(mapped, month(tmp_path, "2024-02", 9))
    [head] = releases(mapped)
    assert (head.name, head.totals) == ("202401-202403-vale+", (3, 9, 5))
    assert (counts(mapped), counts(mapped, name="202401-202403-vale")) == ({W1: 17}, {W1: 12})
    assert ward_page(mapped, W1).monthly == (3, 9, 5)


def test_the_same_rows_with_other_line_ends_or_in_another_order_change_nothing(store: Store, tmp_path: Path) -> None:
    first = month(tmp_path, "2024-01", 3)
    import_file(store, first)
    head, *rows = first.read_text(encoding="utf-8").splitlines()
    for name, text in (
        ("lf.csv", "\n".join([head, *rows]) + "\n"),
        ("turned.csv", "\r\n".join([head, *reversed(rows)]) + "\r\n"),
        ("no-end.csv", "\n".join([head, *rows])),
    ):
        (tmp_path / name).write_bytes(text.encode())
        result = import_file(store, tmp_path / name)
        assert (result.batch, result.read, result.taken, result.unchanged) == (1, 3, 0, 3)
        assert result.notes == ("The same records as release 202401-202401-vale; nothing changes.",)
    assert [one.name for one in every_file(store)] == ["202401-202401-vale"]
    other = month(tmp_path, "2024-01", 3, kind="Drugs", mark="-b")
    assert import_file(store, other).taken == 3


def test_the_last_twelve_months_are_of_the_calendar(mapped: Store, tmp_path: Path) -> None:
    held = [f"2021-{at:02d}" for at in range(1, 6)] + ["2021-11", "2021-12", "2022-01", "2022-02"]
    import_file(mapped, months(tmp_path, dict.fromkeys(held, 30)))
    found = ranking(mapped)
    assert (found.first, found.last, counts(mapped)) == ("202103", "202202", {W1: 210})
    assert (found.months_held, found.caveats) == ((7, 12), ("7 of 12 months held",))
    assert found.unknown == ("202106", "202107", "202108", "202109", "202110")
    assert ranking(mapped, first="2021-04", last="2021-12").caveats == ("4 of 9 months held",)
    with pytest.raises(Problem, match="unknown, not zero"):
        ranking(mapped, first="2021-07")


def test_weak_months_are_told_wherever_the_span_is_used(mapped: Store, tmp_path: Path) -> None:
    totals = {f"2021-{at:02d}": 90 if at < 9 else 30 for at in range(1, 13)}
    import_file(mapped, months(tmp_path, totals))
    [run] = release(mapped).weak
    assert run.reason.startswith("from 2021-09 a third of before: 30 offences a month after 90;")
    assert (release(mapped).flags, len(ranking(mapped).months)) == ((), 12)
    assert ranking(mapped).caveats == ward_page(mapped, W1).caveats == ("from 2021-09 a third of before",)
    assert ranking(mapped, first="2021-01", last="2021-08").caveats == ()
    [weak] = [one for one in not_counted(mapped, ranking(mapped)) if one.kind == "weak_months"]
    assert weak.sentence.startswith("From 2021-09 a third of before: 30 offences a month after 90;")
    daily = meetings.open_meeting(mapped, "daily", "Chair", date(2022, 1, 10))
    told = gaps(mapped, daily, mapped.now())
    assert "Ward counts, 01/2021 to 12/2021: from 2021-09 a third of before." in told


def test_antisocial_behaviour_is_no_offence(mapped: Store, tmp_path: Path) -> None:
    noise = {**FORCE, "Month": "2024-01", "Crime type": "Anti-social behaviour", "LSOA code": NORTH}
    theft = {**FORCE, "Month": "2024-01", "Crime type": "Burglary", "LSOA code": SOUTH}
    import_file(mapped, write_street(tmp_path / "s.csv", [noise] * 9 + [theft] * 2))
    [summary] = summaries(mapped)
    assert (summary.total, summary.antisocial) == (2, 9)
    entries = ranking(mapped, by="count").table.entries
    assert [(one.ward_code, one.count, one.antisocial, one.harm_high) for one in entries] == [
        (W2, 2, 0, 52.0), (W1, 0, 9, 0.0),
    ]  # fmt: skip
    page = ward_page(mapped, W1)
    assert (page.offences, page.antisocial, page.categories, page.monthly) == (0, 9, (), (0,))


def test_a_crime_counts_once_across_files_of_its_month(mapped: Store, tmp_path: Path) -> None:
    row = {**FORCE, "Crime ID": "x", "Month": "2024-01", "Crime type": "Robbery", "LSOA code": NORTH}
    import_file(mapped, write_street(tmp_path / "a.csv", [row, row]))
    import_file(mapped, write_street(tmp_path / "b.csv", [row, {**row, "Crime ID": "y"}]))
    assert counts(mapped) == {W1: 2}


def test_a_month_whose_violence_has_no_weight_says_so(mapped: Store, tmp_path: Path) -> None:
    kinds = ["Violent crime", "Violent crime", "Public disorder and weapons", "Burglary"]
    rows = [{**FORCE, "Month": "2012-03", "Crime type": kind, "LSOA code": NORTH} for kind in kinds]
    import_file(mapped, write_street(tmp_path / "s.csv", rows))
    found = ranking(mapped)
    assert found.violence == {"Violent crime": 2, "Public disorder and weapons": 1}
    assert found.caveats[1] == (
        "violence is missing from the harm, as it has no weight: Public disorder and weapons 1, Violent crime 2"
    )


def test_each_place_that_lacks_counts_only_what_is_so(store: Store, tmp_path: Path) -> None:
    none, place = {"LSOA code": "", "LSOA name": ""}, {"Longitude": "", "Latitude": ""}
    rows = [{**FORCE, **more} for more in ({}, none, none, {**none, **place}, {"LSOA code": "95GG01S1"}, place)]
    import_file(store, write_street(tmp_path / "s.csv", rows))
    [head] = releases(store)
    assert (head.facts.without_location, head.facts.outside) == (1, 3)
    assert head.notes == (
        "1 without a location, 3 outside the small areas of England and Wales: counted all the same.",
    )
    import_file(store, write_street(tmp_path / "t.csv", [{**FORCE, "Month": "2024-06"}, {**FORCE, "Month": "2024-06"}]))
    assert (release(store).facts.without_location, release(store).facts.outside) == (1, 3)
    import_file(store, write_street(tmp_path / "u.csv", [{**FORCE}]))
    assert (release(store).facts.without_location, release(store).notes) == (0, ())


def test_a_ward_that_another_release_holds_is_looked_for_there(mapped: Store, tmp_path: Path) -> None:
    import_file(mapped, month(tmp_path, "2024-01", 2))
    other = {"Reported by": "Dale Constabulary", "Falls within": "Dale Constabulary", "LSOA name": "Dale 001A"}
    row = {**other, "Crime ID": "d1", "Month": "2024-02", "Crime type": "Burglary", "LSOA code": SOUTH}
    import_file(mapped, write_street(tmp_path / "2024-02-dale-street.csv", [row]))
    vale = next(one.name for one in releases(mapped) if "vale" in one.name)
    with pytest.raises(NotFound, match=f"Give --release {vale}: it does."):
        ward_page(mapped, W1)
    with pytest.raises(NotFound, match="tasking wards --top all"):
        ward_page(mapped, "E05099009")

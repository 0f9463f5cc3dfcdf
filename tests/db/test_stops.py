"""Stops and searches in a store: whole months of forces, their editions, every total told again by a short script."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import NotFound, Problem, Refused
from core.stops import NOT_KNOWN, NOT_STATED, By, Tally
from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.stops import Held, Stops, counted
from db.store import Store, make_store
from db.store.verify import verify
from tests.db.files import TODAY, counts, take
from tests.db.made_releases import write_lookup, write_street

HEADER = [
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
]  # fmt: skip
USUAL = dict.fromkeys(HEADER, "") | {
    "Type": "Person search", "Date": "2024-03-05T12:00:00+00:00", "Latitude": "51.5", "Longitude": "-0.1",
    "Self-defined ethnicity": "White - Irish", "Officer-defined ethnicity": "White",
    "Object of search": "Controlled drugs", "Outcome": "A no further action disposal",
}  # fmt: skip
MARCH = "2024-03-metropolitan-stop-and-search.csv"
Row = dict[str, str]


def _write(path: Path, rows: Iterable[Row], end: str = "\r\n") -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, lineterminator=end)
        writer.writeheader()
        writer.writerows({**USUAL, **row} for row in rows)
    return path


def _on(*days: str) -> list[Row]:
    return [{"Date": f"{day}T12:00:00+00:00"} for day in days]


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _counted(store: Store, first: str, last: str, by: By = "day", as_of: date | None = None) -> Stops:
    return counted(store, _day(first), _day(last), by, as_of)


def _tallies(found: Stops) -> dict[str, tuple[int, int, int]]:
    return {entry.key: entry.tally for entry in found.entries}


def _made_month() -> list[Row]:
    """March 2024 as it could be published: about midnight, over the change of the clocks, with repeats and blanks."""
    chance = random.Random(7)
    begins = datetime(2024, 3, 1, tzinfo=UTC)
    rows = []
    for _ in range(400):
        moment = begins + timedelta(minutes=chance.randrange(31 * 24 * 60 - 60))
        rows.append(
            {
                "Date": moment.isoformat(),
                "Latitude": chance.choice(["51.5", "51.52", "51.6", ""]),
                "Longitude": chance.choice(["-0.1", "-0.1", "-0.1", ""]),
                "Self-defined ethnicity": chance.choice(["White - Irish", "Other ethnic group - Not stated", ""]),
                "Officer-defined ethnicity": chance.choice(["White", "Black", "Asian", ""]),
                "Object of search": chance.choice(["Controlled drugs", "Offensive weapons", "", " "]),
                "Outcome": chance.choice(["Arrest", "A no further action disposal", "Community resolution", ""]),
            }
        )
    edges = ("2024-03-30T23:30:00+00:00", "2024-03-31T00:30:00+00:00", "2024-03-31T22:59:00+00:00")
    rows += [{"Date": edge} for edge in edges]
    return [*rows, *rows[:9], rows[0]]


COLUMNS: dict[By, str] = {
    "self-defined": "Self-defined ethnicity",
    "officer-defined": "Officer-defined ethnicity",
    "outcome": "Outcome",
    "object": "Object of search",
}


def _script(path: Path, by: By) -> dict[str, tuple[int, int, int]]:
    """The same by ten lines of the csv module."""
    stops, arrests, positive = Counter[str](), Counter[str](), Counter[str]()
    with path.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            london = datetime.fromisoformat(row["Date"]).astimezone(ZoneInfo("Europe/London"))
            key = str(london.date()) if by == "day" else row[COLUMNS[by]].strip() or NOT_STATED
            stops[key] += 1
            arrests[key] += row["Outcome"] == "Arrest"
            positive[key] += row["Outcome"] not in ("", "A no further action disposal")
    return {key: (stops[key], arrests[key], positive[key]) for key in stops}


@pytest.mark.parametrize("name", [MARCH, "stops.csv"])
@pytest.mark.parametrize("by", ["day", *COLUMNS])
def test_every_total_of_a_month_is_that_of_a_short_script(store: Store, tmp_path: Path, by: By, name: str) -> None:
    path = _write(tmp_path / name, _made_month())
    assert (take(store, path).profile, take(store, path).unchanged) == ("stop-and-search", 413)
    found = _counted(store, "2024-03-01", "2024-03-31", by)
    told = {key: tally for key, tally in _tallies(found).items() if tally != (0, 0, 0)}
    assert told == _script(path, by)
    assert found.total == tuple(map(sum, zip(*_script(path, by).values(), strict=True)))
    assert found.total.stops == 413
    assert found.duplicates == 10
    with path.open(newline="", encoding="utf-8") as stream:
        assert found.without_place == sum(not (row["Latitude"] and row["Longitude"]) for row in csv.DictReader(stream))
    assert len(found.entries) == (31 if by == "day" else len(told))
    assert verify(store).fault is None


def test_stamps_in_utc_are_of_londons_day(store: Store, tmp_path: Path) -> None:
    stamps = ("2024-05-31T23:00:00+00:00", "2024-06-30T22:59:00+00:00", "2024-06-30T23:30:00+00:00")
    take(store, _write(tmp_path / "2024-06-kent-stop-and-search.csv", ({"Date": stamp} for stamp in stamps)))
    found = _counted(store, "2024-05-31", "2024-07-02")
    told = _tallies(found)
    assert (told["2024-06-01"], told["2024-06-30"], told["2024-07-01"]) == ((1, 0, 0), (1, 0, 0), (1, 0, 0))
    assert told["2024-06-02"] == (0, 0, 0)
    assert told["2024-05-31"] == told["2024-07-02"] == (0, 0, 0), "every day has an entry, also with 0"
    assert [entry.key for entry in found.entries if not entry.known] == ["2024-05-31", "2024-07-02"]
    assert found.not_held == (_day("2024-05-31"), _day("2024-07-01"), _day("2024-07-02"))
    assert found.spilled == {_day("2024-07-01")}, "an hour of it is in the file of June"
    assert found.held == (Held("kent", _day("2024-06-01"), _day("2024-06-30")),)


@pytest.mark.parametrize("by", ["borough", "self-defined", "officer-defined", "outcome", "object"])
def test_days_that_no_file_covers_are_listed_by_whatever_is_counted(store: Store, tmp_path: Path, by: By) -> None:
    take(store, _write(tmp_path / MARCH, _on("2024-03-01")))
    found = _counted(store, "2024-02-28", "2024-04-01", by)
    assert found.not_held == (_day("2024-02-28"), _day("2024-02-29"), _day("2024-04-01"))
    assert [(entry.tally.stops, entry.known) for entry in found.entries] == [(1, True)]


def test_a_later_file_of_a_forces_month_is_a_new_edition_and_a_withdrawal_brings_the_old_back(
    store: Store, tmp_path: Path
) -> None:
    first = take(store, _write(tmp_path / MARCH, _on("2024-03-01", "2024-03-02", "2024-03-02")))
    other = take(store, _write(tmp_path / "2024-03-city-of-london-stop-and-search.csv", _on("2024-03-02")))
    later = take(store, _write(tmp_path / "later" / MARCH, _on("2024-03-02", "2024-03-03")))
    assert [counts(one) for one in (first, other, later)] == [(3, 3, 0, 0, 0), (1, 1, 0, 0, 0), (2, 0, 1, 1, 0)]
    assert [entry.tally.stops for entry in _counted(store, "2024-03-01", "2024-03-03").entries] == [
        0, 2, 1,
    ]  # fmt: skip
    assert later.batch is not None
    withdraw(store, later.batch)
    found = _counted(store, "2024-03-01", "2024-03-03")
    assert [entry.tally.stops for entry in found.entries] == [1, 3, 0]
    assert [one.force for one in found.held] == ["city-of-london", "metropolitan"]
    assert take(store, _write(tmp_path / "again" / MARCH, _on("2024-03-02", "2024-03-03"))).revised == 1
    assert verify(store).fault is None


def test_a_new_edition_is_said_with_its_counts_and_so_is_an_old_file_that_comes_again(
    store: Store, tmp_path: Path
) -> None:
    days = ("2024-03-01", "2024-03-02", "2024-03-02", "2024-03-03")
    old = _write(tmp_path / MARCH, _on(*days))
    assert take(store, old).notes == take(store, old).notes == ()
    fewer = take(store, _write(tmp_path / "fewer" / MARCH, _on(*days[1:3])))
    said = "A new edition of 2024-03 of metropolitan: counted from now on in place of batch 1, 4 stops before, 2 now."
    assert (counts(fewer), fewer.notes) == ((2, 0, 2, 0, 0), (said,))
    again = take(store, old)
    assert (again.batch, counts(again)) == (1, (4, 0, 4, 0, 0))
    assert again.notes[0] == (
        "Held as batch 1 and not counted now for 2024-03 of metropolitan: batch 2 holds a newer edition. "
        "Withdraw that to count this file again."
    )
    more = take(store, _write(tmp_path / "more" / MARCH, _on(*days[1:], "2024-03-04")))
    assert (counts(more), more.notes[0][-43:]) == ((4, 2, 2, 0, 0), "in place of batch 2, 2 stops before, 4 now.")
    assert "batches 2, 3 hold a newer edition. Withdraw those" in take(store, old).notes[0]
    for batch in (3, 2):
        withdraw(store, batch)
    assert take(store, old).notes == ()
    assert _counted(store, "2024-03-01", "2024-03-03").total.stops == 4


def test_the_same_rows_in_another_order_and_with_other_ends_change_nothing(store: Store, tmp_path: Path) -> None:
    rows = _made_month()
    take(store, _write(tmp_path / MARCH, rows))
    again = take(store, _write(tmp_path / "again" / MARCH, reversed(rows), end="\n"))
    assert counts(again) == (413, 0, 413, 0, 0)
    assert store.read.rows("SELECT COUNT(*) FROM stop_edition")[0][0] == 1


def test_a_copy_of_a_month_under_another_name_is_told_as_duplicates(store: Store, tmp_path: Path) -> None:
    """What force it is of is not known, so its rows are added; that they are there twice is said."""
    rows = _on("2024-03-01", "2024-03-02")
    take(store, _write(tmp_path / MARCH, rows))
    assert counts(take(store, _write(tmp_path / "stops.csv", rows, end="\n"))) == (2, 2, 0, 0, 0)
    found = _counted(store, "2024-03-01", "2024-03-31")
    assert (found.total.stops, found.duplicates) == (4, 2)


def test_a_file_of_another_name_is_a_new_edition_only_of_the_months_it_holds(store: Store, tmp_path: Path) -> None:
    for folder, rows in (
        ("a", _on("2024-01-05", "2024-02-05", "2024-02-06")), ("b", _on("2024-02-06", "2024-03-07")),
        ("c", _on("2024-03-07", "2024-03-08", "2024-04-01")),
    ):  # fmt: skip
        take(store, _write(tmp_path / folder / "all.csv", rows))
    found = _counted(store, "2024-01-01", "2024-04-30")
    days = {entry.key for entry in found.entries if entry.tally and entry.tally.stops}
    assert days == {"2024-01-05", "2024-02-06", "2024-03-07", "2024-03-08", "2024-04-01"}
    assert found.held == (Held("all", _day("2024-01-01"), _day("2024-03-31")),)


def test_a_file_that_is_not_of_the_month_in_its_name_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is named after 2024-03 and has no stop of that month"):
        take(store, _write(tmp_path / MARCH, _on("2023-03-05", "2024-04-02")))
    with pytest.raises(NotFound, match="nor of any other day"):
        _counted(store, "2023-03-05", "2023-03-05")


def test_an_edition_of_which_no_row_can_be_taken_replaces_nothing(store: Store, tmp_path: Path) -> None:
    take(store, _write(tmp_path / MARCH, _on("2024-03-01")))
    broken = take(store, _write(tmp_path / "later" / MARCH, [{"Date": "soon"}, {"Date": ""}]))
    assert counts(broken) == (2, 0, 0, 0, 2)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [(2, "Date", "soon"), (3, "Date", "")]
    assert _counted(store, "2024-03-01", "2024-03-01").total.stops == 1


def test_columns_that_may_be_empty_may_be_missing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / MARCH
    path.write_text("Date,Outcome,Object of search\n2024-03-01,Arrest,\n", encoding="utf-8")
    assert take(store, path).profile == "stop-and-search"
    found = _counted(store, "2024-03-01", "2024-03-01", "object")
    assert (_tallies(found), found.without_place) == ({NOT_STATED: (1, 1, 1)}, 1)


def _street(path: Path, points: Sequence[tuple[str, str, str]]) -> Path:
    rows = [
        {"Latitude": up, "Longitude": "-0.1", "LSOA code": code, "LSOA name": name, "Month": "2024-03"}
        for up, code, name in points
    ]
    return write_street(path, rows)


def test_a_borough_is_that_of_the_nearest_street_level_point_within_five_hundred_metres(
    store: Store, tmp_path: Path
) -> None:
    degree = 111_195
    places = (51.5, 51.5 - 499 / degree, 51.5 - 501 / degree, 51.50101, 51.50099)
    rows: list[Row] = [{"Latitude": f"{place:.6f}", "Outcome": "Arrest"} for place in places]
    take(store, _write(tmp_path / MARCH, [*rows, {"Latitude": "", "Longitude": ""}, {"Latitude": "x"}]))
    assert _tallies(_counted(store, "2024-03-01", "2024-03-31", "borough")) == {NOT_KNOWN: (7, 5, 5)}
    points = [("51.5", "E01000916", "Camden 027B"), ("51.502", "E01000917", "Westminster 018A"), ("51.502", "E0X", "")]
    batch = take(store, _street(tmp_path / "street.csv", points)).batch
    found = _counted(store, "2024-03-01", "2024-03-31", "borough")
    assert [entry.key for entry in found.entries] == ["Camden", NOT_KNOWN, "Westminster"]
    assert _tallies(found) == {"Camden": (3, 3, 3), NOT_KNOWN: (3, 1, 1), "Westminster": (1, 1, 1)}
    assert (found.without_place, found.not_read) == (1, 1)
    take(store, write_lookup(tmp_path / "l.csv", [["E01000917", "E05000001", "Hackney"]], ["lsoa_code", "ward_code",
                                                                                       "borough"]))  # fmt: skip
    assert "Hackney" in _tallies(_counted(store, "2024-03-01", "2024-03-31", "borough"))
    assert batch is not None
    withdraw(store, batch + 1)
    withdraw(store, batch)
    assert _tallies(_counted(store, "2024-03-01", "2024-03-31", "borough")) == {NOT_KNOWN: (7, 5, 5)}


def test_as_of_counts_what_was_in_the_store_at_the_end_of_that_day_in_london(tmp_path: Path) -> None:
    now = datetime(2024, 6, 10, 22, 59, tzinfo=UTC)

    def clock() -> datetime:
        return now

    with make_store(tmp_path / "t.db", "tester", clock) as store:
        take(store, _write(tmp_path / MARCH, _on("2024-03-01")))
        now += timedelta(minutes=2)
        take(store, _write(tmp_path / "later" / MARCH, _on("2024-03-01", "2024-03-02")))
        take(store, _street(tmp_path / "street.csv", [("51.5", "E01000916", "Camden 027B")]))

        def then(day: int) -> Stops:
            return _counted(store, "2024-03-01", "2024-03-31", "borough", date(2024, 6, day))

        assert _tallies(then(10)) == {NOT_KNOWN: (1, 0, 0)}
        assert _tallies(then(11)) == {"Camden": (2, 0, 0)}
        with pytest.raises(NotFound, match=r"as it was on 09/06/2024 holds no stops .*, nor of any other day"):
            then(9)


def test_days_after_the_import_are_not_held(store: Store, tmp_path: Path) -> None:
    import_file(store, _write(tmp_path / "2026-11-kent-stop-and-search.csv", _on("2026-11-02")), today=TODAY)
    found = _counted(store, "2026-11-20", "2026-11-23")
    assert [entry.tally for entry in found.entries] == [Tally(0, 0, 0)] * 4
    assert [entry.known for entry in found.entries] == [True, True, False, False]
    assert found.not_held == (_day("2026-11-22"), _day("2026-11-23"))


def test_days_that_are_not_held_and_days_the_wrong_way_round_are_a_sentence(store: Store, tmp_path: Path) -> None:
    take(store, _write(tmp_path / MARCH, _on("2024-03-01")))
    with pytest.raises(NotFound, match=r"from 01/05/2024 to 02/05/2024; what it holds is from 01/03/2024 to 31/03/"):
        _counted(store, "2024-05-01", "2024-05-02")
    with pytest.raises(Problem, match="--from 02/05/2024 is after --to 01/05/2024"):
        _counted(store, "2024-05-02", "2024-05-01")


def test_a_month_saved_with_decimal_commas_has_the_same_records(store: Store, tmp_path: Path) -> None:
    rows = [{}, {"Latitude": "51.520000", "Part of a policing operation": "False"}]
    take(store, _write(tmp_path / "one" / MARCH, rows))
    saved = tmp_path / MARCH
    lines = [[{**USUAL, **row}[name] for name in HEADER] for row in rows]
    marks = [";".join(line).replace("51.520000", "51,52").replace("51.5;-0.1", "51,5;-0,1") for line in lines]
    text = "\n".join((";".join(HEADER), *marks)) + "\n"
    saved.write_text(text.replace("-0.1", "-0,1").replace("False", "FALSE"), encoding="utf-8")
    assert counts(take(store, saved)) == (2, 0, 2, 0, 0)
    withdraw(store, 2)
    withdraw(store, 1)
    take(store, saved)
    found = _counted(store, "2024-03-01", "2024-03-31")
    assert (found.without_place, found.not_read) == (0, 0)


def test_coordinates_that_cannot_be_read_are_not_none(store: Store, tmp_path: Path) -> None:
    rows = [{}, {"Latitude": "abc"}, {"Latitude": "95.0"}, {"Latitude": "", "Longitude": ""}, {"Latitude": "n/a"}]
    result = take(store, _write(tmp_path / MARCH, rows))
    assert "2 rows have coordinates that cannot be read: lines 3 to 4." in result.notes[0]
    found = _counted(store, "2024-03-01", "2024-03-31")
    assert (found.without_place, found.not_read, found.total.stops) == (2, 2, 5)

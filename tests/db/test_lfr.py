"""Live facial recognition deployments in a store; the Met's own list is read whole."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound
from db.lfr import Deployments, deployments
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from tests.db.files import Write, counts, file_writer, take

HEADER = (
    "date,borough,deployment,lfr_use_case,duration,watchlist_size,faces_seen,total_alerts,false_alerts_confirmed,"
    "arrests,other_disposal,no_action"
)
DAY = date(2025, 3, 13).toordinal()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes deployments, each row a line."""
    return file_writer(tmp_path, "lfr.csv", HEADER)


def _all(store: Store) -> Deployments:
    return deployments(store, 1, DAY + 9)


def test_the_published_list_is_read_whole_and_its_totals_are_those_of_a_short_script(
    store: Store, shared: Path
) -> None:
    path = shared / "domain" / "real" / "lfr_deployments.csv"
    result = take(store, path)
    assert (result.profile, counts(result)) == ("lfr", (252, 252, 0, 0, 0))
    first, last = date(2024, 1, 1), date(2025, 3, 31)
    found = deployments(store, first.toordinal(), last.toordinal())
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = [row for row in csv.DictReader(stream) if str(first) <= row["date"] <= str(last)]
    names = {"faces": "faces_seen", "alerts": "total_alerts", "false_alerts": "false_alerts_confirmed"}
    for ours, theirs in {**names, "arrests": "arrests", "no_action": "no_action"}.items():
        told = [number for row in found.rows if (number := getattr(row, ours)) is not None]
        assert sorted(told) == sorted(int(row[theirs]) for row in rows if row[theirs]), ours
    shown = (*names.values(), "arrests", "borough")
    assert found.unknown == sum(not row[name] for row in rows for name in shown)
    both = [row for row in rows if row["false_alerts_confirmed"] and row["total_alerts"]]
    false, alerts = (sum(int(row[name]) for row in both) for name in ("false_alerts_confirmed", "total_alerts"))
    assert found.of_alerts == (false, alerts, len(both))
    assert [row.day for row in found.rows] == sorted(date.fromisoformat(row["date"]).toordinal() for row in rows)
    assert len(_all(store).rows) == 252
    assert verify(store).fault is None


def test_a_later_file_revises_the_same_day_borough_and_place_and_is_taken_back(store: Store, write: Write) -> None:
    take(store, write("13/03/2025,Brent,Road,,,100,900,3,,1,,", "13/03/2025,Brent,Road,,,100,800,2,,,,"))
    later = write(
        "2025-03-13,BRENT,Road,,,100,900,3,1,1,,", "2025-03-13,Brent,Road,,,100,800,2,,,,",
        "2025-03-13,Brent,Lane,,,100,700,0,0,0,0,0", name="later.csv",
    )  # fmt: skip
    assert counts(take(store, later)) == (3, 1, 1, 1, 0)
    assert [(row.place, row.faces, row.false_alerts) for row in _all(store).rows] == [
        ("Lane", 700, 0), ("Road", 900, 1), ("Road", 800, None),
    ]  # fmt: skip
    withdraw(store, 2)
    assert [(row.faces, row.false_alerts) for row in _all(store).rows] == [(900, None), (800, None)]
    assert counts(take(store, later)) == (3, 1, 1, 1, 0)


def test_rows_that_say_the_same_are_paired_before_the_others(store: Store, write: Write) -> None:
    one, other = "01/05/2024,Camden,High St,,,,100,2,0,1,,", "01/05/2024,Camden,High St,,,,300,5,0,1,,"
    take(store, write(one, other))
    assert counts(take(store, write(other, name="second.csv"))) == (1, 0, 1, 0, 0)
    assert counts(take(store, write(other, one, name="turned.csv"))) == (2, 0, 2, 0, 0)
    mended = "01/05/2024,Camden,High St,,,,110,2,0,1,,"
    assert counts(take(store, write(other, mended, mended, name="third.csv"))) == (3, 1, 1, 1, 0)
    assert [row.faces for row in _all(store).rows] == [110, 300, 110]


def test_the_published_list_turned_round_is_unchanged(store: Store, shared: Path, tmp_path: Path) -> None:
    path = shared / "domain" / "real" / "lfr_deployments.csv"
    take(store, path)
    with path.open(newline="", encoding="utf-8-sig") as stream:
        header, *rows = csv.reader(stream)
    with (tmp_path / "turned.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *reversed(rows)])
    assert counts(take(store, tmp_path / "turned.csv")) == (252, 0, 252, 0, 0)


def test_rows_that_say_the_same_both_count_and_the_batch_says_so(store: Store, write: Write) -> None:
    row = "01/05/2024,Camden,High St,,,,100,2,0,1,,"
    result = take(store, write(row, row))
    assert (counts(result), len(_all(store).rows)) == ((2, 2, 0, 0, 0), 2)
    assert "1 row says the same as another of the file; each counts as a deployment of its own." in result.notes


def test_what_is_not_known_is_counted_and_left_out_of_rates(store: Store, write: Write) -> None:
    take(store, write("13/03/2025,,Road,,,100,1000,4,1,,,", "12/03/2025,Brent,Lane,,,100,N/A,6,0,2,,"))
    found = _all(store)
    assert found.unknown == 3
    assert (found.of_faces, found.of_alerts) == ((1, 1000, 1), (1, 10, 2))


def test_bad_rows_are_kept_out_with_the_reason(store: Store, write: Write) -> None:
    take(store, write("13/03/2025,Brent,Road,,,100,many,4,1,,,", "soon,Brent,Road,,,,,,,,,", "12/03/2025,B,R,,,,,,,,,"))
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (2, "faces_seen", "many"), (3, "date", "soon"),
    ]  # fmt: skip
    assert len(_all(store).rows) == 1


def test_days_of_which_there_is_none_are_a_sentence(store: Store, write: Write) -> None:
    with pytest.raises(NotFound, match="nor of any other day"):
        _all(store)
    take(store, write("13/03/2025,Brent,Road,,,100,1000,4,1,,,"))
    with pytest.raises(NotFound, match="those it holds are from 13/03/2025 to 13/03/2025"):
        deployments(store, DAY + 1, DAY + 2)


@pytest.mark.parametrize(
    ("delimiter", "written", "faces"),
    [
        (",", '"12,345,678"', 12_345_678), (",", "1203.0", 1203), (",", "1.203E3", 1203), (";", "1.203", 1203),
        (";", "1\u202f203", 1203), (",", "1'203", 1203), (",", "+7", 7), (",", "–", None), (",", "*", None),
    ],
)  # fmt: skip
def test_figures_as_other_programs_write_them(
    store: Store, tmp_path: Path, delimiter: str, written: str, faces: int | None
) -> None:
    path = tmp_path / "lfr.csv"
    head = ("date", "faces seen", "total alerts", "lfr use case", "false alerts confirmed")
    rows = head, ("2024-01-05", written, "4", "x", "0")
    path.write_text("".join(f"{delimiter.join(row)}\n" for row in rows), encoding="utf-8")
    assert take(store, path).taken == 1
    [[standing]] = store.read.rows("SELECT faces FROM lfr_deployment")
    assert standing == faces


def test_a_figure_that_could_be_either_names_column_value_and_what_would_be_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lfr.csv"
    path.write_text("date,faces seen,total alerts,lfr use case\n2024-01-05,1.203,4,x\n2024-01-06,5,£4,x\n")
    assert take(store, path).quarantined == 2
    first, second = quarantined(store)
    assert (first.column, first.value) == ("faces_seen", "1.203")
    assert "it could mean thousands (1,203) or a fraction (1.203)" in first.reason
    assert (second.column, second.value) == ("total_alerts", "£4")
    assert "currency sign" in second.reason

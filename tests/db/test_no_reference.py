"""Crime reports that are taken and of which the import says something: no reference (``N/A``), days out of order."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from tests.db.files import counts, file_writer, rows_of, take

HEAD = "crime_ref,ho_code,offence,committed_from,reported_on,vawg,person_ref,surname,role,named_by,victim_ref"
ROW = "{},105/01,Common assault,01/11/2026,02/11/2026,yes,{},{},named suspect,victim,{}"


def test_words_for_unknown_are_neither_a_suspect_nor_a_victim(store: Store, tmp_path: Path) -> None:
    write = file_writer(tmp_path, "a.csv", HEAD)
    result = take(
        store,
        write(
            ROW.format("A", "P1", "Ashworth", "V1"),
            ROW.format("B", "Unknown", "Unknown", "N/A"),
            ROW.format("C", "-", "", "V2"),
            ROW.format("D", "P1", "Ashworth", "NULL"),
            ROW.format("E", "Unknown", "Cedar", "V3"),
            ROW.format("N/A", "P1", "Ashworth", "V4"),
            ROW.format("F", "P1", "Ashworth", ""),
        ),
    )
    assert counts(result) == (7, 5, 0, 0, 2)
    assert rows_of(store, "SELECT ref FROM person ORDER BY ref") == [("P1",)]
    stored = rows_of(
        store,
        "SELECT r.crime_ref, p.ref, r.victim_ref FROM report_row r LEFT JOIN person p ON p.id = r.person_id ORDER BY 1",
    )
    assert stored == [("A", "P1", "V1"), ("B", None, ""), ("C", None, "V2"), ("D", "P1", ""), ("F", "P1", "")]
    [note] = [note for note in result.notes if "word for unknown" in note]
    assert note == (
        "3 rows have a word for unknown in place of the reference of a suspect or victim (first: line 3), which is "
        "read as no reference: nobody is ranked or counted by it."
    )
    kept = rows_of(store, "SELECT line, column, value FROM quarantined ORDER BY line")
    assert kept == [(6, "person_ref", "Unknown"), (7, "crime_ref", "N/A")]


def test_a_row_that_says_unknown_in_every_column_of_the_suspect_names_none(store: Store, tmp_path: Path) -> None:
    row = ROW.format("A", "N/A", "Unknown", "V1")
    nobody = row.replace("named suspect,victim", "N/A,-")
    result = take(store, file_writer(tmp_path, "a.csv", HEAD)(nobody, nobody.replace("N/A,Unknown", "P1,Ashworth")))
    assert counts(result) == (2, 1, 0, 0, 1)
    assert rows_of(store, "SELECT line, column, value FROM quarantined") == [(3, "role", "N/A")]


def test_a_file_with_references_alone_says_nothing_of_it(store: Store, tmp_path: Path) -> None:
    result = take(
        store, file_writer(tmp_path, "a.csv", HEAD)(ROW.format("A", "P1", "", "V1"), ROW.format("B", *("",) * 3))
    )
    assert not any("word for unknown" in note for note in result.notes)


def test_days_out_of_their_order_are_said_and_taken_as_written(store: Store, tmp_path: Path) -> None:
    write = file_writer(tmp_path, "a.csv", "crime_ref,committed_from,committed_to,reported_on")
    rows = ("A,13/10/2026,,13/10/2026", "B,14/10/2026,,13/10/2026", "C,10/10/2026,09/10/2026,13/10/2026")
    result = take(store, write(*rows, "D,10/10/2026,14/10/2026,13/10/2026"))
    assert counts(result) == (4, 4, 0, 0, 0)
    [note] = [note for note in result.notes if "day of report" in note]
    assert note == (
        "2 rows have a day of report before that of the offence, or its last day before its first (first: line 3): "
        "taken as written. Look at these dates in the source, and import the file again."
    )
    assert not any("day of report" in note for note in take(store, write(rows[0].replace("A", "E"))).notes)

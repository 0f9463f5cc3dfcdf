from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

import db.loading.extract
from core.errors import NotFound, Refused
from core.extract import COLUMNS
from core.ward_file import MPS_WARD
from db.loading import profiles
from db.loading.importing import BatchResult, import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from tests.conftest import ROW, WriteExtract
from tests.db.files import rows_of

NOBODY = dict.fromkeys(
    ("person_ref", "surname", "forenames", "born_on", "sex", "ethnicity", "status", "role", "named_by"), ""
)


def counts(result: BatchResult) -> tuple[int, int, int, int, int]:
    """read, taken, unchanged, revised, quarantined."""
    return result.read, result.taken, result.unchanged, result.revised, result.quarantined


def current(store: Store) -> list[tuple[Any, ...]]:
    """Reference, person, victim, admitted to VAWG, leading there, of every current row."""
    return [
        tuple(row)
        for row in store.read.rows(
            "SELECT r.crime_ref, p.ref, r.victim_ref, r.admitted & 1, r.leading & 1 FROM report_row r "
            "LEFT JOIN person p ON p.id = r.person_id WHERE r.replaced_by IS NULL ORDER BY r.id"
        )
    ]


def dump(store: Store) -> list[list[Any]]:
    """Everything in the store, table by table."""
    names = store.read.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [store.read.rows(f'SELECT * FROM "{name}"') for (name,) in names] + [  # noqa: S608 - names from the store
        store.read.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    ]


def reasons(store: Store) -> list[tuple[int, str, str]]:
    return [(row.line, row.column, row.value) for row in quarantined(store)]


def test_one_file_is_one_batch_with_its_fingerprint_and_counts(store: Store, write_extract: WriteExtract) -> None:
    path = write_extract([{}, {"crime_ref": "2", "reported_on": "31/02/2026"}])
    result = import_file(store, path)
    assert counts(result) == (2, 1, 0, 0, 1)
    [batch] = store.read.rows(
        "SELECT id, file, sha256, profile, rows_read, taken, unchanged, revised, quarantined, imported_by FROM batch"
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert tuple(batch) == (result.batch, "extract.csv", digest, "extract", 2, 1, 0, 0, 1, "tester")
    assert rows_of(store, "SELECT kind FROM journal") == [("import",)]
    assert verify(store).fault is None


def test_the_same_file_again_changes_nothing(store: Store, write_extract: WriteExtract) -> None:
    path = write_extract([{}, {"crime_ref": "2", "reported_on": "nonsense"}])
    first = import_file(store, path)
    before = dump(store)
    again = import_file(store, path)
    assert dump(store) == before
    assert again.batch == first.batch
    assert counts(again) == (2, 0, 1, 0, 1)


def test_a_file_that_comes_again_after_a_later_one_says_so(store: Store, write_extract: WriteExtract) -> None:
    first = write_extract([{}, {"crime_ref": "2"}], "a.csv")
    import_file(store, first)
    import_file(store, write_extract([{"crime_ref": "3", "victim_ref": "V9", "person_ref": "P9"}], "new.csv"))
    assert import_file(store, first).notes == ()
    corrected = import_file(store, write_extract([{"outcome": "no crime"}], "b.csv"))
    assert (corrected.batch, corrected.revised) == (3, 1)
    again = import_file(store, first)
    assert counts(again) == (2, 0, 2, 0, 0)
    [note] = again.notes
    assert note.startswith(
        "Held as batch 1; since then batch 3 revised 1 row, which may be of this file: what the later"
    )
    withdraw(store, 3)
    assert import_file(store, first).notes == ()


@pytest.mark.parametrize("word", ["Unknown", "N/A", "NULL", "-", "not known"])
def test_a_word_for_unknown_is_an_empty_cell_where_there_may_be_one(
    store: Store, write_extract: WriteExtract, word: str
) -> None:
    told = [{"born_on": word, "injury": word, "weapon": word}]
    file = write_extract(told, columns=(*COLUMNS, "injury", "weapon"))
    assert counts(import_file(store, file)) == (1, 1, 0, 0, 0)
    assert rows_of(store, "SELECT born_on FROM person_version") == [(None,)]
    assert rows_of(store, "SELECT injury, weapon FROM report_detail WHERE injury <> '' OR weapon <> ''") == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reported_on", "29/02/2025"),
        ("reported_on", "2025-02-29"),
        ("reported_on", "31/11/2026"),
        ("reported_on", "22/11/2026"),
        ("reported_on", ""),
        ("reported_on", "01/02/26"),
        ("committed_from", " "),
        ("committed_from", "2026-13-01"),
        ("committed_to", "22/11/2026"),
        ("born_on", "1/1/85"),
        ("born_on", "22/11/2026"),
        ("born_on", "about 1990"),
        ("role", "offender"),
        ("role", ""),
        ("named_by", "neighbour"),
        ("vawg", "perhaps"),
        ("domestic_abuse", "2"),
        ("detected_by", "chance"),
        ("crime_ref", " "),
        ("person_ref", ""),
    ],
)
def test_a_bad_value_keeps_its_row_out_and_the_rest_goes_in(
    store: Store, write_extract: WriteExtract, column: str, value: str
) -> None:
    good = [{"crime_ref": str(number)} for number in range(600)]
    rows = [*good[:300], {"crime_ref": "bad", "surname": "Elsewhere", column: value}, *good[300:]]
    result = import_file(store, write_extract(rows))
    assert counts(result) == (601, 600, 0, 0, 1)
    [bad] = quarantined(store, result.batch)
    assert (bad.line, bad.column, bad.value) == (302, column, value)
    assert bad.reason
    assert bad.fields == tuple({**ROW, **rows[300]}.get(name, "") for name in COLUMNS)
    assert rows_of(store, "SELECT surname FROM person_version") == [("Testcase",)]


@pytest.mark.parametrize(
    "day", ["29/02/2024", "2024-02-29", "21/11/2026", "01/01/1952", "2026-11-21T08:00:00Z", "1/2/2026"]
)
def test_dates_that_are_taken(store: Store, write_extract: WriteExtract, day: str) -> None:
    assert import_file(store, write_extract([{"committed_from": day, "reported_on": day}])).taken == 1


def test_today_is_londons_and_can_be_named(store: Store, write_extract: WriteExtract) -> None:
    from datetime import date

    path = write_extract([{"reported_on": "22/11/2026"}])
    assert import_file(store, path, today=date(2026, 11, 22), dry_run=True).taken == 1


def test_suspect_and_victim_may_be_missing(store: Store, write_extract: WriteExtract) -> None:
    path = write_extract(
        [{**NOBODY}, {"crime_ref": "2", "victim_ref": ""}, {"crime_ref": "3", **NOBODY, "victim_ref": ""}]
    )
    assert import_file(store, path).taken == 3
    assert current(store) == [("2600001/26", None, "V1", 0, 0), ("2", "P1", "", 1, 1), ("3", None, "", 0, 0)]


def test_lines_that_repeat_are_kept_once(store: Store, write_extract: WriteExtract) -> None:
    result = import_file(store, write_extract([{}, {}, {}, NOBODY, NOBODY]))
    assert (counts(result), result.repeated) == ((5, 2, 0, 0, 0), 3)
    assert len(current(store)) == 2


def test_a_report_leads_once_per_suspect(store: Store, write_extract: WriteExtract) -> None:
    rows = [{}, {"victim_ref": "V2"}, {"person_ref": "P2"}, {"person_ref": "P2", "victim_ref": "V2"}]
    import_file(store, write_extract(rows))
    assert [row[3:] for row in current(store)] == [(1, 1), (1, 0), (1, 1), (1, 0)]


def test_a_suspect_named_by_intelligence_and_by_a_victim_counts_by_the_victim(
    store: Store, write_extract: WriteExtract
) -> None:
    import_file(store, write_extract([{"named_by": "intelligence"}, {"victim_ref": "V2"}]))
    assert [row[3:] for row in current(store)] == [(0, 0), (1, 1)]


def test_a_newer_extract_revises_and_keeps_the_older_version(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{}, {"victim_ref": "V2"}, {"crime_ref": "2"}]))
    newer = import_file(
        store, write_extract([{"role": "eliminated"}, {"victim_ref": "V2"}, {"crime_ref": "3"}], "n.csv")
    )
    assert counts(newer) == (3, 1, 1, 1, 0)
    old = rows_of(
        store,
        "SELECT r.replaced_by, r.admitted, r.leading, c.role FROM report_row r "
        "JOIN circumstance c ON c.id = r.circumstance_id WHERE r.id = 1",
    )
    assert old == [(newer.batch, 0, 0, 1)]
    assert sorted(current(store)) == [
        ("2", "P1", "V1", 1, 1),
        ("2600001/26", "P1", "V1", 0, 0),
        ("2600001/26", "P1", "V2", 1, 1),
        ("3", "P1", "V1", 1, 1),
    ]
    assert verify(store).fault is None


def test_a_row_that_now_names_the_suspect_takes_the_place_of_the_one_that_did_not(
    store: Store, write_extract: WriteExtract
) -> None:
    import_file(store, write_extract([NOBODY, {"crime_ref": "2", "victim_ref": ""}]))
    assert counts(import_file(store, write_extract([{}, {"crime_ref": "2"}], "n.csv"))) == (2, 0, 0, 2, 0)
    assert current(store) == [("2600001/26", "P1", "V1", 1, 1), ("2", "P1", "V1", 1, 1)]


def test_the_same_rows_in_another_file_are_unchanged(store: Store, write_extract: WriteExtract) -> None:
    rows = [{"surname": "One"}, {"crime_ref": "2", "surname": "Two"}, {"crime_ref": "3", "surname": "One"}]
    import_file(store, write_extract(rows))
    result = import_file(store, write_extract([*rows, rows[0]], "n.csv"))
    assert counts(result) == (4, 0, 4, 0, 0)
    assert rows_of(store, "SELECT COUNT(*) FROM person_version") == [(2,)]


def test_a_person_described_anew_keeps_the_older_version(store: Store, write_extract: WriteExtract) -> None:
    import_file(store, write_extract([{}]))
    import_file(store, write_extract([{"status": "in custody"}], "n.csv"))
    assert rows_of(store, "SELECT status FROM person_version ORDER BY id") == [("at large",), ("in custody",)]
    query = "SELECT v.status FROM person p JOIN person_version v ON v.id = p.version_id"
    assert rows_of(store, query) == [("in custody",)]


def test_every_number_a_row_holds_stands_in_the_store(store: Store, write_extract: WriteExtract) -> None:
    rows = [{"crime_ref": str(n), "person_ref": f"P{n}", "ward_code": str(n), "outcome": str(n)} for n in range(700)]
    import_file(store, write_extract(rows))
    for column, table in (
        ("batch_id", "batch"), ("offence_id", "offence"), ("place_id", "place"), ("circumstance_id", "circumstance"),
        ("person_id", "person"), ("person_version_id", "person_version"),
    ):  # fmt: skip
        query = f"SELECT COUNT(*) FROM report_row WHERE {column} NOT IN (SELECT id FROM {table})"  # noqa: S608
        assert rows_of(store, query) == [(0,)], column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_line_ends_and_delimiters(
    store: Store, tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    values = [{**ROW, "surname": "Brontë"}.get(name, "") for name in COLUMNS]
    path = tmp_path / "file.csv"
    path.write_bytes((delimiter.join(COLUMNS) + end + delimiter.join(values) + end).encode(encoding))
    assert import_file(store, path).taken == 1
    assert rows_of(store, "SELECT surname FROM person_version") == [("Brontë",)]


def test_header_in_another_order_with_further_columns(store: Store, write_extract: WriteExtract) -> None:
    path = write_extract([{"extra": "x"}], columns=("extra", *reversed(COLUMNS)))
    assert import_file(store, path).taken == 1
    assert current(store) == [("2600001/26", "P1", "V1", 1, 1)]


def test_words_that_read_the_same_run_together_are_two_people(store: Store, write_extract: WriteExtract) -> None:
    rows = [
        {"crime_ref": "1", "surname": "Ash\x1fOak", "forenames": "Elm"},
        {"crime_ref": "2", "surname": "Ash", "forenames": "Oak\x1fElm"},
        {"crime_ref": "3", "person_ref": "P1\x1fAsh", "surname": "Oak", "forenames": "Elm"},
        {"crime_ref": "4"},
    ]
    import_file(store, write_extract(rows))
    query = (
        "SELECT p.ref, v.surname, v.forenames FROM report_row r JOIN person p ON p.id = r.person_id "
        "JOIN person_version v ON v.id = r.person_version_id ORDER BY r.id"
    )
    assert rows_of(store, query) == [
        ("P1", "Ash\x1fOak", "Elm"), ("P1", "Ash", "Oak\x1fElm"), ("P1\x1fAsh", "Oak", "Elm"), ("P1", "Testcase", "Al"),
    ]  # fmt: skip


def test_circumstances_are_stored_once_and_told_apart_by_every_word(store: Store, write_extract: WriteExtract) -> None:
    other = (
        {"domestic_abuse": "no"}, {"vawg": "no"}, {"detected_by": "police"}, {"outcome": "charged"},
        {"role": "charged"}, {"named_by": "witness"},
    )  # fmt: skip
    rows = [{"crime_ref": str(number), **said} for number, said in enumerate(({}, *other, {}, *other))]
    import_file(store, write_extract(rows))
    assert [row[0] for row in store.read.rows("SELECT circumstance_id FROM report_row")] == [*range(1, 8)] * 2
    again = import_file(store, write_extract([*rows, {"crime_ref": "new", **other[0]}], "n.csv"))
    assert counts(again) == (15, 1, 14, 0, 0)
    assert rows_of(store, "SELECT COUNT(*), MAX(id) FROM circumstance") == [(7, 7)]


def test_hostile_values_are_stored_as_they_stand(store: Store, write_extract: WriteExtract) -> None:
    surname = "'); DROP TABLE person;-- \x1b[31m\u202e[red]=1+1"
    import_file(store, write_extract([{"surname": surname}]))
    assert rows_of(store, "SELECT surname FROM person_version") == [(surname,)]


def test_a_profile_file_maps_columns_words_and_fixed_values(store: Store, tmp_path: Path) -> None:
    toml = """
        profile = "extract"
        dates = "dd/mm/yyyy"
        [columns]
        crime_ref = "CRIS ref"
        [values.role]
        "SUSPECT" = "named suspect"
        [fixed]
        vawg = "yes"
        committed_to = ""
    """
    names = ["CRIS ref", *(name for name in COLUMNS[1:] if name not in ("vawg", "committed_to"))]
    row = {**ROW, "CRIS ref": "C9", "role": " Suspect "}
    path = tmp_path / "force.csv"
    path.write_text("\n".join((",".join(names), ",".join(row.get(name, "") for name in names))) + "\n")
    result = import_file(store, path, profiles.from_toml(toml, "force.toml"))
    assert (result.profile, counts(result)) == ("force.toml", (1, 1, 0, 0, 0))
    assert current(store) == [("C9", "P1", "V1", 1, 1)]


def test_a_dry_run_counts_and_keeps_nothing(store: Store, write_extract: WriteExtract) -> None:
    before = dump(store)
    result = import_file(store, write_extract([{}, {"crime_ref": ""}]), dry_run=True)
    assert (result.batch, counts(result)) == (None, (2, 1, 0, 0, 1))
    assert dump(store) == before


@pytest.mark.parametrize("filled", [False, True])
def test_a_crash_in_the_middle_leaves_the_store_as_it_was(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch, filled: bool
) -> None:
    if filled:
        import_file(store, write_extract([{}], "first.csv"))
    before = dump(store)

    def crash(*_: object, **__: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(db.loading.extract, "settle", crash)
    with pytest.raises(RuntimeError):
        import_file(store, write_extract([{"role": "charged"}, {"crime_ref": "2"}]))
    assert dump(store) == before
    assert verify(store).fault is None
    monkeypatch.undo()
    assert import_file(store, write_extract([{"role": "charged"}])).read == 1


def test_a_file_that_ends_in_the_middle_is_refused_whole(store: Store, write_extract: WriteExtract) -> None:
    path = write_extract([{"crime_ref": str(number)} for number in range(3000)])
    path.write_bytes(path.read_bytes()[:-60])
    before = dump(store)
    with pytest.raises(Refused, match=r"truncated: line 3001 stops in the middle"):
        import_file(store, path)
    assert dump(store) == before


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "empty"), (b"a,b\n1,2\n", "header"), (bytes(range(256)) * 20, "not text")]
)
def test_a_file_that_is_not_what_it_claims_is_refused(
    store: Store, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        import_file(store, path)
    assert rows_of(store, "SELECT COUNT(*) FROM batch") == [(0,)]


def test_progress_ends_at_the_size_of_the_file(store: Store, write_extract: WriteExtract) -> None:
    seen: list[tuple[int, int]] = []
    path = write_extract([{}])
    import_file(store, path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_quarantine_of_a_batch_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        quarantined(store, 7)


@pytest.fixture
def ward_files(shared: Path) -> list[Path]:
    found = sorted((shared / "domain/real/as-published").glob("MPS Ward Level Crime*.csv"))
    if not found:
        pytest.skip("no published ward files are here")
    return found


def test_the_mets_own_ward_files_stand_side_by_side(store: Store, ward_files: list[Path]) -> None:
    for path in ward_files:
        result = import_file(store, path)
        assert result.profile == MPS_WARD
        assert result.read == len(path.read_text().splitlines()) - 1 == result.taken + result.quarantined
        assert result.taken > 0.99 * result.read
    assert len(store.read.rows("SELECT name FROM release")) == len(ward_files)


def test_ward_counts_that_are_no_counts_are_kept_out(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ward.csv"
    path.write_text(
        "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202601,202602\n"
        "A,B,Ward,E05000001,Hackney,1,2\nA,B,Ward,E05000001,Hackney,3,4\nA,C,Ward,E05000001,Hackney,1,-2\nA,D,Ward,,Hackney,1,2\n"
    )
    assert counts(import_file(store, path)) == (4, 1, 0, 0, 3)
    assert reasons(store) == [(3, "WardCode", "E05000001"), (4, "202602", "-2"), (5, "WardCode", "")]


def test_activity_is_revised_and_repeats_are_kept_out(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    head = "day,bcu,measure,count\n"
    path.write_text(head + "20/11/2026,CE,arrests,4\n20/11/2026,CE,Arrests,5\n20/11/2026,CE,warrants,9999999999\n")
    assert counts(import_file(store, path)) == (3, 1, 0, 0, 2)
    path.write_text(head + "20/11/2026,CE,arrests,6\n")
    assert counts(import_file(store, path)) == (1, 0, 0, 1, 0)


def test_units_are_revised_and_bad_numbers_of_officers_kept_out(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    head = "unit,base,officers,ward_code,tactic,starts,ends,status\n"
    path.write_text(head + "U1,Base,12,,,,,free\nU1,Base,13,,,,,free\nU2,Base,²,,,,,free\n", encoding="utf-8")
    assert counts(import_file(store, path)) == (3, 1, 0, 0, 2)
    path.write_text(head + "U1,Base,14,,,,,free\n")
    assert counts(import_file(store, path)) == (1, 0, 0, 1, 0)
    assert verify(store).fault is None

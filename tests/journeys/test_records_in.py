"""Records come in, are ranked, are explained down to the line: the command line as a stranger would try it."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from core.days import day_of
from db.people import explain
from db.rankings import entries
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import open_store
from tests.begun import environment
from tests.conftest import ROW, WriteExtract
from tests.journeys.conftest import Json, Run
from tests.journeys.terminal import DAY

SPRING, SUMMER = "202304-202503", "202306-202505"
WARD_KEYS = {
    "rank", "ward_code", "ward", "borough", "bcu", "count", "harm", "harm_low", "harm_high", "rate_per_1000",
}  # fmt: skip
BATCH_KEYS = {"file", "profile", "batch", "read", "taken", "unchanged", "revised", "quarantined", "repeated", "notes"}
RANK_KEYS = {"method", "index", "edition", "as_of", "window_days", "pool", "run", "entries"}
ENTRY_KEYS = {
    "rank", "person", "name", "score", "allegations", "crimes", "victims", "last_allegation", "largest", "borough",
    "status", "previous_rank",
}  # fmt: skip
LINE_KEYS = {
    "crime", "offence", "ho_code", "days", "confidence", "committed_on", "role", "named_by", "victims", "counted",
    "why_not", "file", "line",
}  # fmt: skip
DAY_ISO = DAY.isoformat()


def reports(people: int = 100, each: int = 3) -> list[dict[str, str]]:
    """Rows of an extract: each person is named in *each* reports."""
    return [
        {
            "crime_ref": f"26{person:03d}{number:02d}/26",
            "person_ref": f"P{person:03d}",
            "surname": f"Surname{person}",
            "victim_ref": f"V{person:03d}{number}",
            "reported_on": f"{1 + (person + number) % 28:02d}/10/2026",
            "committed_from": "01/10/2026" if number else "01/09/2026",
        }
        for person in range(people)
        for number in range(each)
    ]


BAD = [
    {"crime_ref": "", "person_ref": "=1+1"},
    {"crime_ref": "bad1", "reported_on": "31/02/2026"},
    {"crime_ref": "bad2", "reported_on": "01/01/2099"},
    {"crime_ref": "bad3", "role": "@SUM(A1:A9)"},
    {"crime_ref": "bad4", "vawg": "=cmd|' /C calc'!A0"},
    {"crime_ref": "bad5", "detected_by": "+44"},
]


def refuses(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One sentence on standard error, exit code 1, no traceback, nothing else."""
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "fault" not in done.stderr
    assert all(word in done.stderr for word in words)


# Wards


def test_both_published_releases_are_taken_and_ranked(shared: Path, tmp_path: Path, called_json: Json) -> None:
    store, folder = tmp_path / "wards.db", shared / "domain/real/as-published"
    if not folder.is_dir():
        pytest.skip("the published ward files are not beside the project")
    files = [file for release in (SPRING, SUMMER) for file in folder.glob(f"*{release}.csv")]
    batches = called_json("import", *files, "--store", store)
    assert len(batches) == 2
    for batch in batches:
        assert batch["profile"] == "mps-ward"
        assert batch["taken"] == batch["read"] > 10_000
    for release in (None, SPRING):
        found = called_json("wards", "--store", store, *(["--release", release] if release else []))
        assert found["release"] == (release or SUMMER)
        assert {"release", "from", "to", "by", "entries"} <= set(found)
        assert found["by"] == "harm"
        assert all(set(entry) >= WARD_KEYS for entry in found["entries"])
        assert [entry["rank"] for entry in found["entries"]] == sorted(entry["rank"] for entry in found["entries"])
        harms = [entry["harm"] for entry in found["entries"]]
        assert harms == sorted(harms, reverse=True)
        assert all(entry["harm_low"] <= entry["harm"] <= entry["harm_high"] for entry in found["entries"])
    month = called_json("wards", "--store", store, "--from", "2024-05", "--to", "2024-05", "--by", "count")
    assert (month["from"], month["to"], month["by"]) == ("2024-05", "2024-05", "count")
    counts = [entry["count"] for entry in month["entries"]]
    assert counts == sorted(counts, reverse=True)


# Extracts


def test_bad_rows_stay_out_and_the_rest_goes_in(
    tmp_path: Path, write_extract: WriteExtract, called: Run, as_json: Json, called_json: Json
) -> None:
    store = tmp_path / "s.db"
    file = write_extract([*reports(), *BAD])
    (batch,) = as_json("import", file, "--store", store, code=3)
    assert set(batch) >= BATCH_KEYS
    assert batch["profile"] == "extract"
    assert (batch["read"], batch["taken"], batch["quarantined"]) == (306, 300, 6)

    rows = called_json("quarantine", "--store", store)
    assert [row["line"] for row in rows] == list(range(302, 308))
    assert {row["column"] for row in rows} == {"crime_ref", "reported_on", "role", "vawg", "detected_by"}
    assert all(row["reason"] for row in rows)

    export = tmp_path / "bad.csv"
    assert called("quarantine", "--store", store, "--export", export).returncode == 0
    with export.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert "'=1+1" in cells
    assert "'@SUM(A1:A9)" in cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    again = called("quarantine", "--store", store, "--export", export)
    assert (again.returncode, again.stdout) == (1, "")
    assert "there already" in again.stderr

    (same,) = called_json("import", file, "--store", store, code=3)
    assert (same["taken"], same["unchanged"], same["revised"], same["batch"]) == (0, 300, 0, batch["batch"])
    copy = tmp_path / "resent.csv"
    copy.write_bytes(file.read_bytes() + b"\r\n")
    (sent,) = called_json("import", copy, "--store", store, code=3)
    assert (sent["taken"], sent["unchanged"], sent["revised"]) == (0, 300, 0)


def test_a_dry_run_changes_nothing(tmp_path: Path, write_extract: WriteExtract, called: Run, called_json: Json) -> None:
    store = tmp_path / "s.db"
    (batch,) = called_json("import", write_extract(reports(4)), "--store", store, "--dry-run")
    assert (batch["batch"], batch["taken"]) == (None, 12)
    assert not store.exists(), "not even a store is made"
    refuses(called("explain", "P001", "--store", store), "s.db")


def _write(content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "refused.csv"
        path.write_bytes(content)
        return path

    return write


def _line(values: Sequence[str]) -> bytes:
    return ",".join(values).encode() + b"\r\n"


REFUSED: dict[str, Callable[[Path], Path]] = {
    "binary": _write(bytes(range(256)) * 40),
    "empty": _write(b""),
    "blank": _write(b"\n\n   \n"),
    "workbook": _write(b"PK\x03\x04" + b"\0" * 200),
    "header wrong": _write(b"name,amount\r\nAl,3\r\n"),
    "header alone": _write(_line(list(ROW))),
    "one column": _write(b"crime_ref\r\n1\r\n2\r\n"),
    "truncated": _write(
        _line([*ROW, "committed_to", "ethnicity"]) + _line([*ROW.values(), "", ""]) + b"2600002/26,105"
    ),
    "open quote": _write(_line([*ROW, "committed_to", "ethnicity"]) + b'"2600002/26,105/01\r\n'),
    "column twice": _write(_line([*ROW, "committed_to", "ethnicity", "role"]) + _line([*ROW.values(), "", "", ""])),
    "directory": lambda folder: folder,
    "missing": lambda folder: folder / "not-there.csv",
}


def test_a_file_that_is_not_what_it_claims_is_refused_in_one_sentence(tmp_path: Path, called: Run) -> None:
    store = tmp_path / "s.db"
    refuses(called("verify", "--store", store), "s.db")
    files = []
    for what, make in REFUSED.items():
        (folder := tmp_path / what.replace(" ", "-")).mkdir()
        files.append(make(folder))
    done = called("import", *files, "--store", store)
    assert (done.returncode, done.stdout) == (1, "")
    said = done.stderr.splitlines()
    assert len(said) == len(REFUSED), done.stderr
    assert all(line.startswith("File refused: ") and line.endswith(".") for line in said)
    assert not store.exists(), "nothing went in, so there is none"


def test_a_refused_file_does_not_stop_the_others(
    tmp_path: Path, write_extract: WriteExtract, called_json: Json
) -> None:
    files = [write_extract(reports(2), "a.csv"), tmp_path / "none.csv", write_extract(reports(3), "b.csv")]
    found = called_json("import", *files, "--store", tmp_path / "s.db", code=1)
    assert [batch["read"] for batch in found] == [6, 0, 9]
    assert "error" in found[1]


# Ranking and explaining


def test_every_score_adds_up_to_its_lines(built: Path, store: Path, called_json: Json) -> None:
    ranked = called_json("rank", "--store", store, "--as-of", DAY_ISO, "--top", "30")
    assert set(ranked) >= RANK_KEYS
    assert (ranked["method"], ranked["edition"], ranked["as_of"]) == ("v100", "CCHI 2020", DAY_ISO)
    assert (ranked["window_days"], ranked["pool"]) == (365, "vawg")
    assert all(set(entry) >= ENTRY_KEYS for entry in ranked["entries"])
    assert set(ranked["entries"][0]["largest"]) == {"crime", "offence", "days"}
    for entry in ranked["entries"][:3]:
        found = called_json("explain", entry["person"], "--store", store, "--as-of", DAY_ISO)
        assert set(found) >= {"person", "method", "as_of", "score", "lines"}
        assert all(set(line) >= LINE_KEYS for line in found["lines"])
        counted = [line for line in found["lines"] if line["counted"]]
        assert sum(line["days"] for line in counted) == found["score"] == entry["score"]
        assert len(counted) == entry["allegations"]
        assert all(line["why_not"] for line in found["lines"] if not line["counted"])
        assert all(line["file"].startswith("crime-reports") and line["line"] > 1 for line in found["lines"])


def test_how_it_is_ranked_can_be_chosen(store: Path, called_json: Json) -> None:
    place = ("--store", store, "--as-of", DAY_ISO)
    usual = called_json("rank", *place, "--top", "all")
    ranks = [entry["rank"] for entry in usual["entries"]]
    assert all(rank in (place, ranks[place - 2]) for place, rank in enumerate(ranks, 1))
    once = called_json("rank", *place, "--top", "all", "--min-crimes", "1")
    assert len(once["entries"]) > len(usual["entries"])
    short = called_json("rank", "--store", store, "--as-of", "14/11/2026", "--window", "90", "--top", "all")
    assert short["as_of"] == "2026-11-14"
    assert short["window_days"] == 90
    assert len(short["entries"]) < len(usual["entries"])
    committed = called_json("rank", *place, "--by", "committed", "--top", "5")
    assert committed["by"] == "committed"
    assert len(committed["entries"]) == 5


def test_every_ranked_person_is_explained_exactly(store: Path) -> None:
    opened = open_store(store, "tester")
    try:
        head = make_run(opened, RankingRequest(day_of(DAY), min_crimes=1))
        people = entries(opened, head.id, None)
        wrong = [
            entry.person
            for entry in people
            if (found := explain(opened, entry.person, head.request)).score != entry.score
            or sum(line.days or 0 for line in found.lines if line.counted) != entry.score
        ]
    finally:
        opened.close()
    assert len(people) == head.ranked > 500
    assert wrong == []


# What goes wrong


def test_a_command_that_is_not_written_right_ends_with_2(built: Path, tasking: Run, called: Run) -> None:
    for run, *words in ((tasking, "rank", "--top", "many"), (called, "explain"), (called, "nonsense")):
        done = run(*words, TASKING_STORE=str(built))
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


def test_what_is_not_there_is_said(built: Path, tmp_path: Path, tasking: Run, called: Run) -> None:
    refuses(tasking("explain", "nobody", "--store", built), "reference")
    refuses(called("rank", "--store", tmp_path / "none.db"), "none.db")
    assert not (tmp_path / "none.db").exists()
    refuses(called("wards", "--store", built, "--from", "1999-01"))
    refuses(called("wards", "--store", built, "--release", "never"))
    refuses(called("quarantine", "--store", built, "--batch", "999"), "999")
    refuses(called("minutes", "999", "--store", built), "999")
    refuses(tasking("open", "--store", built), "terminal")


def test_a_store_that_is_none_is_refused_and_left_alone(
    tmp_path: Path, write_extract: WriteExtract, called: Run
) -> None:
    fake = tmp_path / "fake.db"
    fake.write_bytes(content := b"this is a shopping list, not a store\n" * 40)
    for words in (["rank"], ["import", write_extract(reports(1))]):
        refuses(called(*words, "--store", fake))
    assert fake.read_bytes() == content
    refuses(called("rank", "--store", tmp_path))
    refuses(called("demo", "--no-open", "--store", fake), "there already")
    refuses(called("import", write_extract(reports(1)), "--store", "/proc/nowhere/s.db"))


def test_a_day_without_records_is_said(store: Path, called: Run) -> None:
    done = called("rank", "--store", store, "--as-of", "1990-01-01")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    assert done.stdout or len(done.stderr.splitlines()) == 1


def test_a_reader_that_stops_early_is_no_fault(store: Path, tmp_path: Path) -> None:
    for words in (["rank", "--top", "all", "--as-of", DAY_ISO], ["wards"], ["wards", "--json"]):
        command = [sys.executable, "-m", "tui.main", *words, "--store", str(store)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=tmp_path
        ) as child:
            assert child.stdout
            assert child.stderr
            child.stdout.readline()
            child.stdout.close()
            assert child.stderr.read() == b""
            assert child.wait(timeout=30) in (0, -signal.SIGPIPE)


HOSTILE = "Eve\x1b[2J\x1b]0;owned\x07\u202egnp\r[/red][link=http://x]"


def test_hostile_names_are_printed_as_they_are(
    tmp_path: Path, write_extract: WriteExtract, tasking: Run, called: Run, called_json: Json
) -> None:
    store = tmp_path / "s.db"
    rows = [{**row, "surname": HOSTILE, "offence": f"Assault {HOSTILE}"} for row in reports(2)]
    bad = {"crime_ref": "bad", "role": HOSTILE}
    called_json("import", write_extract([*rows, bad]), "--store", store, code=3)
    export = tmp_path / "out.csv"
    for run, *words in (
        (tasking, "rank", "--as-of", DAY_ISO), (called, "rank", "--as-of", DAY_ISO),
        (tasking, "explain", "P001", "--as-of", DAY_ISO), (called, "explain", "P001", "--as-of", DAY_ISO),
        (called, "quarantine"), (called, "quarantine", "--export", export),
    ):  # fmt: skip
        done = run(*words, "--store", store)
        assert done.returncode == 0, done.stderr
        for sign in ("\x1b", "\x07", "\u202e", "\r"):  # a process's output is read as lines: there \r is gone anyway
            assert sign not in done.stdout
        assert "[/RED]" in done.stdout.upper() or "--export" in words
    assert "\x1b" not in export.read_text(encoding="utf-8-sig")
    named = called_json("rank", "--as-of", DAY_ISO, "--store", store)["entries"][0]["name"]
    assert HOSTILE.casefold() in named.casefold()

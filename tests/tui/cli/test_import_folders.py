"""``tasking import`` of a folder and of a zip as data.police.uk hands it out."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tui
from db.loading import bundles
from db.store import make_store
from tests.conftest import WriteExtract
from tests.db.made_releases import write_street
from tui import exits
from tui.main import app

OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type\n"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on one store; gives its exit code and what it printed."""

    def command(*words: str | Path) -> tuple[int, str]:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "200"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        return done.exit_code, done.output

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months of two forces with what lies beside the street files."""
    top = tmp_path / "data"
    for month in ("2024-01", "2024-02"):
        (top / month).mkdir(parents=True)
        for force in ("Vale Police", "Moor Police"):
            name = f"{month}-{force.split()[0].lower()}"
            rows = [{"Month": month, "Reported by": force, "Crime type": "Burglary"}] * 3
            write_street(top / month / f"{name}-street.csv", rows)
            (top / month / f"{name}-outcomes.csv").write_text(OUTCOMES, encoding="utf-8")
    (top / "terms.pdf").write_bytes(b"%PDF-1.4")
    return top


def zipped(folder: Path, target: Path) -> Path:
    """The same as a zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, str(file.relative_to(folder)))
    return target


def series(run: Run) -> dict[str, int]:
    """Series to offences."""
    return {one["release"]: one["total"] for one in json.loads(run("releases", "--json")[1])}


def _results(run: Run, given: Path) -> list[dict[str, str]]:
    """What became of each file, by JSON; a refusal is told on the other stream beside it."""
    printed = run("import", given, "--json")[1]
    found: list[dict[str, str]] = json.JSONDecoder().raw_decode(printed[printed.index("[") :])[0]
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_and_a_zip_are_read_whole(run: Run, folder: Path, tmp_path: Path, packed: bool) -> None:
    given = zipped(folder, tmp_path / "data.zip") if packed else folder
    code, printed = run("import", given)
    assert code == exits.OK
    assert "Not taken, 4 files (outcomes of crimes): " in printed
    assert f"{given.name}/2024-01/2024-01-moor-outcomes.csv" in printed
    assert f"Not taken, 1 file (no table of text): {given.name}/terms.pdf." in printed
    assert series(run) == {"202401-202402-vale": 6, "202401-202402-moor": 6}
    results = json.loads(run("import", given, "--json")[1])
    assert [one["file"] for one in results if one.get("not_taken") == "outcomes of crimes"] == [
        f"{given.name}/{month}/{month}-{force}-outcomes.csv" for month in ("2024-01", "2024-02")
        for force in ("moor", "vale")
    ]  # fmt: skip
    assert [one["unchanged"] for one in results if "not_taken" not in one] == [3, 3, 3, 3]


def test_a_zip_within_a_folder_is_read_and_a_strange_table_is_left_aside(run: Run, folder: Path) -> None:
    zipped(folder / "2024-02", folder / "more.zip")
    (folder / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "2024-03-vale-street.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code, printed = run("import", folder)
    assert code == exits.REFUSED
    assert "data/notes.csv" in printed
    assert "2024-03-vale-street.csv has the header of no profile" in printed
    assert series(run) == {"202401-202402-vale": 6, "202401-202402-moor": 6}


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_of_which_nothing_is_taken_is_refused_with_what_was_in_it(
    run: Run, folder: Path, tmp_path: Path, packed: bool
) -> None:
    for street in folder.rglob("*-street.csv"):
        street.unlink()
    given = zipped(folder, tmp_path / "data.zip") if packed else folder
    code, printed = run("import", given)
    assert code == exits.REFUSED
    said = " ".join(printed.split())
    assert f"{given.name} holds 5 files, and none is of a kind that is taken (4 outcomes of crimes; 1 no table" in said
    assert "Wanted are tables as .csv, .tsv or .txt with the header of a profile" in said
    assert "none is of a kind that is taken" in _results(run, given)[-1]["error"]


def test_a_zip_that_ends_early_is_refused_and_the_rest_of_its_folder_goes_in(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    whole = zipped(folder, tmp_path / "whole.zip").read_bytes()
    half = folder / "half.zip"
    half.write_bytes(whole[: len(whole) // 2])
    code, printed = run("import", half)
    assert code == exits.REFUSED
    assert "half.zip is not text but a zip archive that ends early" in " ".join(printed.split())
    code, printed = run("import", folder)
    assert (code, len(series(run))) == (exits.REFUSED, 2)
    assert "a zip archive that ends early" in " ".join(printed.split())


def test_outcomes_alone_are_named_and_the_street_file_asked_for(run: Run, folder: Path) -> None:
    code, printed = run("import", folder / "2024-01" / "2024-01-vale-outcomes.csv")
    said = " ".join(printed.split())
    assert code == exits.REFUSED
    assert "2024-01-vale-outcomes.csv holds outcomes of crimes, which data.police.uk publishes beside" in said
    assert "Import the street file of the same force and month (…-street.csv)" in said


def test_a_link_in_a_folder_is_not_followed(run: Run, folder: Path, tmp_path: Path) -> None:
    write_street(tmp_path / "2024-03-vale-street.csv", [{"Month": "2024-03", "Reported by": "Vale Police"}])
    (folder / "2024-03-vale-street.csv").symlink_to(tmp_path / "2024-03-vale-street.csv")
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    code, printed = run("import", folder)
    assert (code, "202401-202402-vale" in series(run)) == (exits.OK, True)
    assert "Not taken, 2 files (a link, which is not followed)" in printed


def write(target: Path, name: str, text: str = "x", *, mode: int = 0) -> Path:
    """A zip with one file of any name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, text)
    return target


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "C:\\a.csv", "..\\a.csv"])
def test_a_zip_that_leads_outside_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    code, printed = run("import", write(tmp_path / "z.zip", name))
    assert code == exits.REFUSED
    assert "z.zip names a file outside of its own folder" in " ".join(printed.split())
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".csv") == []


def test_a_zip_with_a_link_is_refused(run: Run, tmp_path: Path) -> None:
    code, printed = run("import", write(tmp_path / "z.zip", "a.csv", "/etc/passwd", mode=stat.S_IFLNK | 0o777))
    assert (code, "holds a link ('a.csv')" in printed) == (exits.REFUSED, True)


def test_bombs_are_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = write(tmp_path / "z.zip", "2024-01-vale-street.csv", "0" * (bundles.ANY_RATIO + 1))
    code, printed = run("import", bomb)
    assert (code, "unpacks to more than 200 times its size" in " ".join(printed.split())) == (exits.REFUSED, True)
    small = write(tmp_path / "s.zip", "a.csv", os.urandom(64).hex())
    monkeypatch.setattr(bundles, "MOST_BYTES", 100)
    assert "more than 0 GB or 200 times its size" in " ".join(run("import", small)[1].split())
    monkeypatch.setattr(bundles, "MOST_FILES", 0)
    assert "holds 1 files, more than 0" in " ".join(run("import", small)[1].split())


def test_a_zip_that_is_empty_or_broken_is_refused(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w"):
        pass
    assert "e.zip holds no file" in run("import", tmp_path / "e.zip")[1]
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and no more")
    assert run("import", tmp_path / "b.zip")[0] == exits.REFUSED
    good = write(tmp_path / "g.zip", "2024-01-vale-street.csv", "a,b\n" * 400)
    packed = bytearray(good.read_bytes())
    packed[60:64] = b"\xff\xff\xff\xff"
    good.write_bytes(bytes(packed))
    code, said = run("import", good)
    assert code == exits.REFUSED
    assert "Error -" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
def test_a_pipe_is_read_to_its_end_and_says_that_it_waits(tmp_path: Path, write_extract: WriteExtract) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    content = write_extract([{}]).read_bytes()
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    done = CliRunner().invoke(app, ["import", str(pipe), "--store", str(tmp_path / "s.db")])
    writer.join()
    assert (done.exit_code, "1 taken" in done.output) == (exits.OK, True), done.output
    assert "Waiting for a writer" in done.stderr


def _hear_interrupts() -> None:
    """As in a terminal: what a shell starts in the background has them switched off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
@pytest.mark.parametrize(
    "words", ["import pipe.csv", "import x.csv --profile pipe.toml", "priority --weights pipe.csv"]
)
def test_a_pipe_that_nobody_writes_is_said_to_be_waited_for_and_left_quietly(words: str, tmp_path: Path) -> None:
    for name in ("pipe.csv", "pipe.toml"):
        os.mkfifo(tmp_path / name)
    make_store(tmp_path / "s.db", "tester").close()
    with subprocess.Popen(
        [sys.executable, "-m", "tui.main", *words.split(), "--store", "s.db"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(tui.__path__[0]).parent)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_hear_interrupts,
    ) as waiting:  # fmt: skip
        try:
            assert waiting.stderr is not None
            said = waiting.stderr.readline().decode()
            assert said.startswith("Waiting for a writer: pipe.")
            waiting.send_signal(signal.SIGINT)
            rest = waiting.communicate(timeout=30)
        finally:
            waiting.kill()
    assert waiting.returncode == exits.INTERRUPTED
    assert rest == (b"", b"")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text")
def test_a_name_that_is_not_text_is_kept_as_it_can_be_shown(tmp_path: Path, write_extract: WriteExtract) -> None:
    named = tmp_path / os.fsdecode(b"bad\xff.csv")
    write_extract([{}]).rename(named)
    store = str(tmp_path / "s.db")
    done = CliRunner().invoke(app, ["import", str(named), "--store", store])
    assert (done.exit_code, "1 taken" in done.output) == (exits.OK, True), (done.output, done.exception)
    assert "bad" in CliRunner().invoke(app, ["batches", "--store", store]).output

"""Every table of speed: ``python -m tests.benchmarks [--quick]`` measures, writes ``docs/speed.md`` and prints.

Each figure is printed beside the one that ``docs/speed.md`` held before, the last that was landed. ``--quick`` leaves
out a million rows and more. Peers run in the same rounds; one that is not installed is left out, and said to be.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import median

from db.scoring import RankingRequest, measured, parameters
from db.stability import stability
from tests.benchmarks import bench_import, bench_night, bench_runs, peers
from tests.benchmarks.bench_rank import AS_OF, TOP, synthetic
from tests.benchmarks.bench_screen import OPEN
from tests.benchmarks.terminal import Terminal

SPEED = Path(__file__).resolve().parents[2] / "docs" / "speed.md"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
QUICK = 100_000
DAYS = 10
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One figure of a table. figure: in its unit. ratio: to the base of the table; None where it has none."""

    what: str
    figure: str
    ratio: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its heading, and what its rows are ratios to."""

    title: str
    base: str
    rows: Sequence[Row]


def _rounds(rows: int) -> int:
    return ROUNDS if rows <= SIZES[-2] else 1


def of_imports(folder: Path, rows: int) -> Table:
    """An extract with its checks, and the peers, which check nothing."""
    file = folder / "extract.csv"
    bench_import.write(file, rows)
    commands = {"tasking import, with checks": [sys.executable, "-c", bench_import._IMPORT, str(file), "{}.db"]}
    if program := shutil.which("sqlite3"):
        commands = {"sqlite3 .import": [program, "{}.raw", ".mode csv", f".import {file} t"], **commands}
    if rows <= QUICK:
        commands["sqlite-utils insert"] = [
            sys.executable,
            "-m",
            "sqlite_utils",
            "insert",
            "{}.u",
            "t",
            str(file),
            "--csv",
        ]
    for number, (name, words) in enumerate(_FRAMES.items()):
        if rows <= SIZES[-2] or "pandas" not in name:  # ten million take it 8 GB of memory
            commands[name] = [sys.executable, "-c", words, str(file), f"{{}}.{number}"]
    seconds: dict[str, list[float]] = {}
    peak = 0
    missing = set()
    for turn in range(_rounds(rows)):
        for what, command in commands.items():
            try:
                spent, _, printed = bench_import.timed(
                    [word.format(folder / f"{turn}") if word[0] == "{" else word for word in command]
                )
            except subprocess.CalledProcessError:
                missing.add(what)
                continue
            seconds.setdefault(what, []).append(spent)
            peak = max(peak, int(printed)) if what.startswith("tasking") else peak
        for made in folder.glob(f"{turn}.*"):
            made.unlink()
    base = next(iter(seconds))
    found = [
        Row(what, f"{median(spent):.2f} s", median(spent) / median(seconds[base])) for what, spent in seconds.items()
    ]
    found.append(Row("tasking import, memory at the peak", f"{peak / 1024:.0f} MiB"))
    found += [Row(what, "not installed") for what in sorted(missing)]
    return Table(f"Import of {rows:,} rows", base, found)


_FRAMES = {
    "pandas read_csv and to_sql": (
        "import sys, sqlite3, pandas; pandas.read_csv(sys.argv[1], dtype=str).to_sql('t', sqlite3.connect(sys.argv[2]))"
    ),
    "polars read_csv": "import sys, polars; polars.read_csv(sys.argv[1], infer_schema=False)",
    "DuckDB": (
        "import sys, duckdb; duckdb.connect(sys.argv[2])"
        ".execute(f\"CREATE TABLE t AS FROM read_csv('{sys.argv[1]}', all_varchar=true)\")"
    ),
}


def of_runs(folder: Path, rows: int) -> Iterator[Table]:
    """Rankings and the runs that are kept of them, over a store of so many allegations."""
    people = max(350, rows * 35 // 1000)
    store = synthetic(folder, rows, people)
    with store:
        request = RankingRequest(AS_OF.toordinal())
        every = f"SELECT MAX(harm), MAX(victims), MAX(heaviest), MAX(latest) FROM ({measured(request, {})})"  # noqa: S608
        steps = {
            "V100: harm and reports of everyone, top 100": lambda: store.read.rows(TOP, **parameters(request)),
            "every measure of everyone": lambda: store.read.rows(every, **parameters(request)),
            "stability: 12 variants, the first 20 people": lambda: stability(store, request, 20),
        }
        if rows <= QUICK * 10:
            steps |= peers.steps(store, request)
        times: dict[str, list[float]] = {bench_runs.BASE: []}
        for _ in range(_rounds(rows)):
            times[bench_runs.BASE].append(bench_runs.scan(store))
            for what, step in steps.items():
                times.setdefault(what, []).append(bench_runs.taken(step))
        yield _table(
            f"Rankings: {rows:,} allegations, {people:,} people",
            {what: median(all_of) for what, all_of in times.items()},
        )
        yield _table(
            f"Kept runs: {rows:,} allegations, {people:,} people",
            bench_runs.figures(folder, store, rows, people, DAYS),
        )
        yield _table(f"Night and backtest: {rows:,} allegations, {people:,} people", bench_night.figures(store))


def _table(title: str, seconds: dict[str, float]) -> Table:
    base = next(iter(seconds))
    return Table(
        title,
        base,
        [
            Row(what, f"{figure:,.0f} kB")
            if what.startswith("kB")
            else Row(what, f"{figure * 1000:,.1f} ms", figure / seconds[base])
            for what, figure in seconds.items()
        ],
    )


def of_a_morning(folder: Path) -> Table:
    """From the shell on the demo: each command with its start."""
    today = date.today().isoformat()
    program = [sys.executable, "-m", "tui.main"]
    os.environ["TASKING_STORE"] = str(folder / "demo.db")
    bench_import.timed([*program, "demo", "--as-of", today])
    size = (folder / "demo.db").stat().st_size
    file = folder / "day.csv"
    bench_import.write(file, 1_500)
    steps = {
        "start of a command: tasking --version": [*program, "--version"],
        "import of a day's extract, 1,500 rows": [*program, "import", str(file)],
        "tasking rank": [*program, "rank", "--as-of", today, "--top", "10"],
        "tasking rank again": [*program, "rank", "--as-of", today, "--top", "10"],
    }
    seconds = {what: bench_import.timed(command)[0] for what, command in steps.items()}
    seconds |= _in_the_room(folder, today)
    made = _table("The morning, from the shell on the demo", seconds)
    return Table(made.title, made.base, [*made.rows, Row("the store of the demo", f"{size / 1e6:.1f} MB")])


def _in_the_room(folder: Path, today: str) -> dict[str, float]:
    """Processor seconds from the start until a room shows what it is opened for, the median of its rounds."""
    store = ["--store", str(folder / "demo.db"), "--as-of", today]
    rooms = {
        "the daily meeting open with its brief": (["open", "--chair", "A. Chair", *store], "Risers in the first"),
        "the ranked people on the screen": (["open", "--view", "suspects", *store], "named suspect"),
    }
    return {
        what: median(_until([sys.executable, "-c", OPEN, *words], folder, shown) for _ in range(ROUNDS))
        for what, (words, shown) in rooms.items()
    }


def _until(command: list[str], home: Path, shown: str) -> float:
    room = Terminal(command, home)
    try:
        room.until(shown)
        return room.processor()
    finally:
        room.end()


def curve(tables: Sequence[Table]) -> list[str]:
    """The ratios of the tables of each kind over the sizes, a line for each figure."""
    found: dict[tuple[str, str], list[str]] = {}
    for table in tables:
        kind, _, size = table.title.partition(": ") if ": " in table.title else table.title.partition(" of ")
        for row in table.rows:
            if row.ratio is not None and row.what != table.base and size:
                found.setdefault((kind, row.what), []).append(f"{size.split()[0]}: {row.ratio:.2f}")
    return [f"| {what} | {'; '.join(sizes)} |" for (_, what), sizes in found.items()]


def written(tables: Sequence[Table], most: int) -> str:
    """The page."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    measured_on = (
        f"Measured on {datetime.now():%d/%m/%Y}: {machine}, CPython {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f} at the end; up to {most:,} rows. Processor time, "
        f"medians of {ROUNDS} rounds taken by turns, one round above {SIZES[-2]:,} rows. "
        f"`python -m tests.benchmarks` makes this page anew; `--quick` to "
        f"{QUICK:,} rows."
    )
    lines = ["# Speed", "", measured_on]
    for table in tables:
        lines += ["", f"## {table.title}", "", f"| what | taken | ratio to {table.base} |", "| --- | --- | --- |"]
        lines += [
            f"| {row.what} | {row.figure} | {'' if row.ratio is None else f'{row.ratio:.2f}'} |" for row in table.rows
        ]
    lines += ["", "## Over the sizes", "", "| what | ratio by rows |", "| --- | --- |", *curve(tables)]
    return "\n".join(lines) + "\n"


def landed() -> dict[tuple[str, str], str]:
    """What the page said before, by heading and first column: the figure and the ratio."""
    found, title = {}, ""
    for line in SPEED.read_text(encoding="utf-8").splitlines() if SPEED.is_file() else ():
        title = line[3:] if line.startswith("## ") else title
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3:
            found[title, cells[0]] = cells[2] or cells[1]
    return found


def main() -> None:
    """Measure, print each table beside what was landed, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"up to {QUICK:,} rows")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most rows")
    given = parser.parse_args()
    most = QUICK if given.quick else given.most
    before, tables, morning = landed(), list[Table](), list[Table]()
    with tempfile.TemporaryDirectory() as name:
        morning.append(of_a_morning(Path(name)))
        tell(morning[-1], before)
    for rows in (rows for rows in SIZES if rows <= most):
        for make in (
            lambda folder, rows=rows: [of_imports(folder, rows)],
            lambda folder, rows=rows: of_runs(folder, rows),
        ):
            with tempfile.TemporaryDirectory() as name:
                for table in make(Path(name)):
                    tables.append(table)
                    tell(table, before)
        SPEED.write_text(written([*tables, *morning], rows), encoding="utf-8")
        print(f"\nWritten to {SPEED}", flush=True)


def tell(table: Table, before: dict[tuple[str, str], str]) -> None:
    """Print a table, each figure beside the last one landed."""
    print(f"\n{table.title}; ratios to {table.base}", flush=True)
    for row in table.rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"  {row.what:55} {row.figure:>14} {ratio:>8}   landed {before.get((table.title, row.what), 'nothing')}")


if __name__ == "__main__":
    main()

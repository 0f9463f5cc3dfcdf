"""``tasking import``: take files in, say what became of each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.column_map import ColumnMap
from core.errors import Problem, Refused
from core.text import counted, plain
from db.loading import profiles
from db.loading.importing import BatchResult, import_file
from db.loading.textrecords import Progress
from db.store import Store
from tui import exits
from tui.cli.common import complain, made, print_json, say


def run(files: Sequence[Path], path: Path | None, profile: str | None, *, dry_run: bool, json: bool) -> int:
    """Take the files in, one after the other; gives the exit code. A file refused does not stop the others."""
    chosen = _profile(profile)
    results: list[dict[str, Any]] = []
    with made(path) as store:
        for file in files:
            try:
                with _progress(file, show=not json) as progress:
                    result = import_file(store, file, chosen, dry_run=dry_run, progress=progress)
                results.append(asdict(result))
                if not json:
                    _say(result, store, dry_run)
            except Problem as problem:
                results.append(_refused(file, profile, problem))
                complain(problem.title, problem.sentence)
    if json:
        print_json(results)
    if any("error" in result for result in results):
        return exits.REFUSED
    return exits.QUARANTINED if any(result["quarantined"] for result in results) else exits.OK


def _profile(name: str | None) -> ColumnMap | None:
    if name is None:
        return None
    if not name.endswith(".toml"):
        return profiles.built_in(name)
    try:
        return profiles.from_toml(Path(name).read_text(encoding="utf-8"), Path(name).name)
    except OSError as error:
        raise Refused(f"Profile {name} cannot be read: {error.strerror}. Check the name and try again.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Profile {name} cannot be read as UTF-8. Save it as plain text and try again.") from error


def _refused(file: Path, profile: str | None, problem: Problem) -> dict[str, Any]:
    empty = BatchResult(str(file), profile or "", None, 0, 0, 0, 0, 0)
    return {**asdict(empty), "error": problem.sentence}


def _say(result: BatchResult, store: Store, dry_run: bool) -> None:
    name = plain(Path(result.file).name)
    batch = "dry run, nothing kept" if dry_run else f"batch {result.batch}"
    say(
        f"{name}: {batch}, profile {plain(result.profile)}: {counted(result.read, 'row')} read, "
        f"{result.taken:,} taken, {result.unchanged:,} unchanged, {result.revised:,} revised, "
        f"{result.quarantined:,} quarantined"
    )
    if result.quarantined and not dry_run:
        say(f"  See why: tasking quarantine --store {store.path} --batch {result.batch}")


@contextmanager
def _progress(file: Path, *, show: bool) -> Iterator[Progress]:
    """A progress bar on a terminal; nothing in a pipe."""
    if not show or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(plain(file.name), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

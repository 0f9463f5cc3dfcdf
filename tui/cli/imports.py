"""``tasking import``: take files in, say what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.column_map import ColumnMap
from core.errors import Problem, Refused
from core.text import counted, plain
from db.loading import profiles
from db.loading.batches import batches
from db.loading.bundles import Member, is_bundle, members, not_taken, opened, unrecognised
from db.loading.importing import BatchResult, import_file
from db.loading.pipes import awaited, is_pipe, whole
from db.loading.textrecords import Progress
from db.store import Store
from tui import exits
from tui.cli.common import complain, made, print_json, say, say_that_it_waits
from tui.printing import bar_of, draws_bars, tell

_OFFER = "The store is not encrypted: whoever has the file reads it. 'tasking encrypt' lets only a passphrase open it."
_NAMED = 12
"""So many files that are not taken are named; of more their number is told as well."""


@dataclass(frozen=True)
class Asked:
    """How files are to be taken in: by which profile, whether anything is kept, whether repeats are taken."""

    profile: str | None
    dry_run: bool = False
    take_repeats: bool = False


def run(files: Sequence[Path], path: Path | None, asked: Asked, *, json: bool) -> int:
    """Take the files in, one after the other; gives the exit code. A file refused does not stop the others.

    Of a folder and of a zip archive every file is taken whose kind is; the others are named.
    """
    chosen = _profile(asked.profile)
    with made(path) as store:
        taking = _Taking(store, asked, chosen, json=json)
        is_first = not batches(store)
        for file in files:
            taking.take(file)
        offers = is_first and not store.encrypted and bool(batches(store))
    results = taking.results
    if json:
        print_json(results)
    else:
        _say_not_taken(results)
    if offers:
        tell(_OFFER)
    if any("error" in result for result in results):
        return exits.REFUSED
    return exits.QUARANTINED if any(result["quarantined"] for result in results) else exits.OK


class _Taking:
    """Takes file after file into a store; keeps what became of each."""

    def __init__(self, store: Store, asked: Asked, mapping: ColumnMap | None, *, json: bool) -> None:
        self._store = store
        self._asked = asked
        self._mapping = mapping
        self._json = json
        self.results: list[dict[str, Any]] = []

    def take(self, file: Path) -> None:
        """Take a file, or every file of a folder or an archive; one whose place cannot be entered is refused."""
        try:
            self._take(file)
        except OSError as error:
            said = f"{file} cannot be read: {error.strerror}. Check the name and try again."
            self._refuse(str(file), Refused(said))

    def _take(self, file: Path) -> None:
        if is_pipe(file):
            self._pipe(file)
            return
        if not is_bundle(file):
            self._file(file, str(file))
            return
        try:
            inside = members(file)
        except Problem as problem:
            self._refuse(str(file), problem)
            return
        before = len(self.results)
        for member in inside:
            self._member(member)
        aside = self.results[before:]
        if all("not_taken" in result for result in aside):
            self._refuse(str(file), Refused(_none_taken(file, [str(result["not_taken"]) for result in aside])))

    def _pipe(self, file: Path) -> None:
        say_that_it_waits(file)
        try:
            with whole(file) as kept:
                self._file(kept, str(file))
        except Problem as problem:
            self._refuse(str(file), problem)

    def _member(self, member: Member) -> None:
        reason = not_taken(member)
        if not reason:
            try:
                with opened(member) as file:
                    reason = unrecognised(member, file) if self._mapping is None else ""
                    if not reason:
                        self._file(file, member.name)
            except Problem as problem:
                self._refuse(member.name, problem)
                return
        if reason:
            self.results.append({**self._empty(member.name), "not_taken": reason})

    def _file(self, file: Path, name: str) -> None:
        try:
            with _progress(file, show=not self._json) as progress:
                result = import_file(
                    self._store,
                    file,
                    self._mapping,
                    dry_run=self._asked.dry_run,
                    progress=progress,
                    take_repeats=self._asked.take_repeats,
                )
        except Problem as problem:
            self._refuse(name, problem)
            return
        self.results.append({**asdict(result), "file": name})
        if not self._json:
            _say(result, self._store, self._asked.dry_run)

    def _refuse(self, name: str, problem: Problem) -> None:
        self.results.append({**self._empty(name), "error": problem.sentence})
        complain(problem.title, problem.sentence)

    def _empty(self, name: str) -> dict[str, Any]:
        return asdict(BatchResult(name, self._asked.profile or "", None, 0, 0, 0, 0, 0))


def _none_taken(file: Path, reasons: Sequence[str]) -> str:
    """What was in a folder or an archive of which no file was taken, and what would be."""
    kinds = "; ".join(f"{number:,} {reason}" for reason, number in Counter(reasons).most_common(_NAMED))
    return (
        f"{file.name or file} holds {counted(len(reasons), 'file')}, and none is of a kind that is taken ({kinds}). "
        "Wanted are tables as .csv, .tsv or .txt with the header of a profile (docs/records-in.md), as …-street.csv "
        "of data.police.uk; of a table with other headers name the profile with --profile."
    )


def _say_not_taken(results: Sequence[dict[str, Any]]) -> None:
    """Name what was left aside, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for result in results:
        if reason := result.get("not_taken"):
            by_reason.setdefault(reason, []).append(plain(result["file"]))
    for reason, names in by_reason.items():
        more = f" and {len(names) - _NAMED:,} more (--json names all)" if len(names) > _NAMED else ""
        files = counted(len(names), "file")
        say(f"Not taken, {files} ({plain(reason)}): {', '.join(names[:_NAMED])}{more}.")


def _profile(name: str | None) -> ColumnMap | None:
    if name is None:
        return None
    if not name.endswith(".toml"):
        return profiles.built_in(name)
    say_that_it_waits(Path(name))
    try:
        text = awaited(lambda: Path(name).read_text(encoding="utf-8"))
        return profiles.from_toml(text, Path(name).name)
    except OSError as error:
        raise Refused(f"Profile {name} cannot be read: {error.strerror}. Check the name and try again.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Profile {name} cannot be read as UTF-8. Save it as plain text and try again.") from error


def _say(result: BatchResult, store: Store, dry_run: bool) -> None:
    name = plain(Path(result.file).name)
    batch = "dry run, nothing kept" if dry_run else f"batch {result.batch}"
    say(
        f"{name}: {batch}, profile {plain(result.profile)}: {counted(result.read, 'row')} read, "
        f"{result.taken:,} taken, {result.unchanged:,} unchanged, {result.revised:,} revised, "
        f"{result.quarantined:,} quarantined"
    )
    if result.repeated:
        say(f"  {counted(result.repeated, 'row repeats', 'rows repeat')} another of this file, counted once with it.")
    for note in result.notes:
        say(f"  {plain(note)}")
    if result.quarantined and not dry_run:
        say(f"  See why: tasking quarantine --store {store.path} --batch {result.batch}")


@contextmanager
def _progress(file: Path, *, show: bool) -> Iterator[Progress]:
    """A progress bar on a terminal; nothing in a pipe."""
    if not show or not draws_bars():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with bar_of(*columns) as bar:
        task = bar.add_task(plain(file.name), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

"""``tasking verify``: is the store as it was written?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.anchors import Anchor
from core.days import london
from core.text import counted, plain
from db.anchored import against
from db.store import heads
from db.store.access import whole
from db.store.damage import RESTORE, TITLE
from db.store.keyrings import keyring
from db.store.verify import Step, Verdict, verify
from db.verify import papers_fault
from tui import exits
from tui.as_sealed import edited
from tui.cli.common import complain, existing, print_json, say, text_of
from tui.printing import bar_of, draws_bars


def run(path: Path | None, paper: Path | None = None, *, sign: bool = False, json: bool) -> int:
    """Check file, chain, rows and seals, all as they were at one moment; gives the exit code.

    paper: a sealed paper that the journal is held to. sign: whether what is found sound is signed, from now on, with a
    key of the keyring. Raises Refused where the paper is none, or of another store; what :func:`heads.begin` raises.
    A paper whose words were edited is no fault of the store; the exit code is that of one all the same.
    """
    text = None if paper is None else text_of(paper, "The paper")
    said: Anchor | None = None
    place: str | None = None
    with existing(path) as admitted, whole(admitted) as store:
        if sign:
            admitted.refuse_only_read()
            keyring()
        with _progress() as step, store.read.snapshot():
            verdict = verify(store, step)
            step("sealed papers", None)
            fault = verdict.fault or papers_fault(store)
            if text is not None and paper is not None:
                said, wrong = against(store, text, paper.name)
                fault = fault or wrong
                place = edited(store, said.hash, text) if fault is None else None
        if sign and (fault is None or verdict.only_unsigned):
            heads.begin(store.path, verdict.entries, verdict.last_hash)
            verdict = verify(store)
            fault = verdict.fault
        encrypted = store.encrypted
    if json:
        held = {} if said is None else {"against": {"entry": said.entry, "hash": said.hash, "edited": place}}
        print_json(as_json(verdict, fault) | held)
    elif fault is None:
        _say_sound(verdict)
        _say_heads(verdict, encrypted=encrypted)
        if said is not None and paper is not None:
            say(f"Held to {plain(paper.name)}: entry {said.entry:,} has the hash that it says.")
            say(_WORDS_HOLD if place is None else _WORDS_DIFFER.format(name=plain(paper.name), place=place))
    if fault is not None:
        complain(TITLE, f"{fault} {RESTORE}")
        return exits.REFUSED
    return exits.OK if place is None else exits.REFUSED


_WORDS_HOLD = "Its words are those that were sealed."
_WORDS_DIFFER = (
    "The words of {name} are not those that were sealed, from {place} on: the store is sound, the paper was edited. "
    "'tasking minutes' prints the sealed one."
)


@contextmanager
def _progress() -> Iterator[Step]:
    """A bar on a terminal, of what is being checked; nothing in a pipe."""
    if not draws_bars():
        yield lambda _what, _share: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

    with bar_of(TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, share: bar.update(
            task, description=f"Checking: {what}", total=None if share is None else 1.0, completed=share or 0.0
        )


def as_json(verdict: Verdict, fault: str | None) -> dict[str, Any]:
    """The verdict as the JSON that docs/commands.md documents."""
    return {
        "entries": verdict.entries,
        "last_hash": verdict.last_hash,
        "sound": fault is None,
        "fault": fault,
        "covered": verdict.covered,
        "not_covered": dict(verdict.not_covered),
        "clock_ran_back": sorted(verdict.ran_back),
        "heads": [
            {"of": head.of, "entries": head.entries, "since": head.since, "key": head.key or None}
            for head in verdict.heads
        ],
    }


def _say_sound(verdict: Verdict) -> None:
    entries = counted(verdict.entries, "journal entry", "journal entries")
    say(
        f"Sound: SQLite's own check of the file, {entries} and the "
        f"{counted(verdict.covered, 'row')} they name, every sealed meeting and addendum as it was written."
    )
    if verdict.not_covered:
        others = sum(verdict.not_covered.values())
        most = sorted(verdict.not_covered.items(), key=lambda item: (-item[1], item[0]))
        tables = ", ".join(f"{table} {rows:,}" for table, rows in most)
        say(f"Covered by SQLite's own check alone, as no entry names them: {counted(others, 'row')}")
        say(f"  ({tables}).")
    for number, back in verdict.ran_back.items():
        say(f"Entry {number} is of {_uk(back.says)}, the one before it of {_uk(back.last)}: the clock ran back.")
    say(f"Last entry's hash: {verdict.last_hash}")


_WHERE = {heads.PASSPHRASE: "the key of its passphrase", heads.KEYRING: "a key in this machine's keyring"}


def _say_heads(verdict: Verdict, *, encrypted: bool) -> None:
    """Say whether the ends of the chains are signed, and what nobody can find where they are not."""
    for head in verdict.heads:
        signed = f"The head of {heads.CHAINS[head.of]} is signed at entry {head.entries:,}"
        if not head.key:
            say(f"{signed} with a key that is not here, so that it was not checked.")
            continue
        since = f"; {counted(head.since, 'entry', 'entries')} since, not signed" if head.since else ""
        say(f"{signed} with {_WHERE[head.key]}, and is right{since}.")
    if not any(head.key for head in verdict.heads):
        how = (
            "the next change signs it"
            if encrypted
            else "'tasking verify --sign' signs it with one in the keyring, "
            "an encrypted store does with its passphrase's"
        )
        say(f"The head of the journal is not signed with a key outside the store: {how}.")
        say(
            "Until then entries cut off the end, or all of it made anew by the rule, leave a sound chain: "
            "hold the store to its latest sealed paper (--against PAPER)."
        )


def _uk(moment: str) -> str:
    return f"{london(moment):%d/%m/%Y %H:%M}"

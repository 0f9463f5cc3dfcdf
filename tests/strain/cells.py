"""Hostile cells in every column of every profile: taken in, counted, and printed by every command and in every paper.

What a file holds may be quarantined or taken; it may not end the program, be lost from the count, or reach a terminal
or a paper as anything but plain text.
"""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.errors import Problem, Refused
from core.text import list_name
from db import actions, decisions, meetings, rankings, sealing
from db.actions import Subject
from db.loading.importing import BatchResult, import_file
from db.loading.profiles import built_in, profiles
from db.store import Store, open_store
from db.store.owned import OnRecord
from db.store.verify import verify
from tests.strain import checks, programs
from tests.strain.bases import DAY
from tests.strain.covered import READING, words_for
from tests.strain.files import hostile_file, hostile_text
from tests.strain.rounds import Kind, Outcome, Round
from tui.documents import papers_of, write_documents
from tui.faults import unforeseen

_ROWS = 900
_NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
_NAMED = 12
"""People and wards that the meeting acts on."""
_RUN_BY_A_SPREADSHEET = re.compile(r'(?:^|[,;])"?[ \t]*[=@+-](?=[A-Za-z0-9])', re.MULTILINE)


def play(one: Round) -> Outcome:
    """Take one hostile file in, print all there is of it, hold and seal a meeting over it."""
    kind = sorted(profiles())[one.number % len(profiles())]
    outcome = Outcome("hostile cells", reached={f"profile {kind}", "command import"})
    path = one.bases.copy(one.bases.sampled, one.place)
    file, cells = hostile_file(kind, _ROWS, one.chance, one.place)
    outcome.counts["cells"] = cells
    outcome.steps.append(f"import {file.name!r}, read as {kind}, with {cells} hostile cells")
    with closing(open_store(path, "strain", lambda: _NOW)) as store:
        done = _taken_in(store, file, kind, outcome)
        if done is not None:
            _counted(store, done, outcome)
        _met(store, one, outcome)
    _printed(path, one, outcome)
    _exported(path, one, outcome)
    return outcome


def _taken_in(store: Store, file: Path, kind: str, outcome: Outcome) -> BatchResult | None:
    """Import the file; None where it is refused whole, in a sentence."""
    try:
        repeats = profiles()[kind].reference
        return import_file(store, file, built_in(kind), today=DAY, take_repeats=bool(repeats))
    except Refused as refusal:
        outcome.counts["files refused"] += 1
        if raw := checks.raw_in(f"{refusal.title}: {refusal.sentence}".encode("utf-8", "surrogateescape")):
            outcome.steps.append(f"the sentence of the refusal holds {raw}; it is made plain where it is printed")
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, OSError) as error:
        outcome.crashed.append(f"import {kind}: {unforeseen(type(error), error, error.__traceback__)}")
    return None


def _counted(store: Store, done: BatchResult, outcome: Outcome) -> None:
    """Every row of the file is in one of the counts, and every quarantined row is there to be mended."""
    told = done.taken + done.unchanged + done.revised + done.repeated + done.quarantined
    if told != done.read:
        outcome.lost.append(f"{done.read} rows read, {told} told of: {done}")
    kept = store.read.rows("SELECT COUNT(*) AS kept FROM quarantined WHERE batch_id = :id", id=done.batch)[0]["kept"]
    if done.batch is not None and kept != done.quarantined:
        outcome.lost.append(f"{done.quarantined} rows quarantined, {kept} kept there")
    if fault := verify(store).fault:
        outcome.lost.append(f"verify after the import: {fault}")


def _met(store: Store, one: Round, outcome: Outcome) -> None:
    """Hold a daily meeting over whoever is ranked, with hostile words, and seal it."""
    outcome.steps.append("hold a daily meeting over it, with hostile words, and seal it")
    try:
        held = meetings.open_meeting(store, "daily", hostile_text(one.chance) or "chair", DAY)
        ranked = rankings.entries(store, held.run_id, _NAMED) if held.run_id is not None else []
        about = [Subject("person", e.person, list_name(e.surname, e.forenames)) for e in ranked]
        about.append(Subject("ward", "E05009367", hostile_text(one.chance)))
        for subject in about:
            words = [hostile_text(one.chance)[:5_000] or "x" for _ in range(3)]
            actions.raise_actions(
                store, [subject], words[0], words[1], _NOW + timedelta(hours=1), meeting_id=held.id, item="actions"
            )
            decisions.decide(
                store, [(subject, {"rank": words[2]})], words[0], words[1] if words[1].strip() else "because",
                decided_by=words[2], meeting_id=held.id, item="suspects",
            )  # fmt: skip
        sealed = sealing.seal(store, held.id)
        written = write_documents(one.place / "papers", papers_of(sealed, sealed.minutes, sealed.report), OnRecord(""))
    except Problem as problem:
        outcome.steps.append(f"refused: {problem.sentence[:200]!r}")
        return
    outcome.counts["papers"] += len(written)
    for paper in written:
        if raw := checks.raw_in(paper.read_bytes()):
            outcome.crashed.append(f"{paper.name} holds raw {raw}")


def _printed(path: Path, one: Round, outcome: Outcome) -> None:
    """Run every printing command over the store."""
    for name, lines in READING.items():
        words = words_for(one.chance.choice(lines), path, hostile_text(one.chance).replace("\x00", "") or "x")
        if name == "explain" and one.chance.random() < 0.7:
            words = ["--as-of", f"{DAY}", "--", _someone(path, one)]
        outcome.steps.append(f"tasking {name} {' '.join(map(repr, words))[:300]}")
        printed = programs.called(path, name, *words)
        outcome.counts["prints"] += 1
        outcome.reached.add(f"command {name}")
        if crash := checks.crash_in(printed.code, printed.text):
            outcome.crashed.append(f"{name}: {crash}")
        for stream in (printed.out, printed.err):
            if raw := checks.raw_in(stream):
                outcome.crashed.append(f"{name} prints raw {raw}")


def _someone(path: Path, one: Round) -> str:
    """The reference of a person of the store, hostile or not, as far as a command line can hold it."""
    with closing(open_store(path, "strain")) as store:
        refs = [row["ref"] for row in store.read.rows("SELECT ref FROM person ORDER BY id")]
    return str(one.chance.choice(refs)).replace("\x00", "") if refs else "NOBODY"


def _exported(path: Path, one: Round, outcome: Outcome) -> None:
    """Write the quarantine to a file for a spreadsheet, which must run none of it."""
    target = one.place / "quarantine.csv"
    printed = programs.called(path, "quarantine", "--export", str(target))
    outcome.reached.add("command quarantine")
    if printed.code != 0:
        outcome.crashed.append(f"quarantine --export: {printed.text.strip()[:300]}")
        return
    content = target.read_bytes()
    if raw := checks.raw_in(content):
        outcome.crashed.append(f"the exported quarantine holds raw {raw}")
    if found := _RUN_BY_A_SPREADSHEET.search(content.decode("utf-8-sig")):
        outcome.crashed.append(f"a spreadsheet would run {found.group()!r} of the exported quarantine")


KIND = Kind("cells", play, share=0.025, aim={"cells": 100_000}, handful=(4,))

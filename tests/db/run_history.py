"""Histories of a store with many kept runs, and all that is read back of them as text.

``python -m tests.db.run_history`` writes ``tests/db/golden/runs.txt`` anew: only where a rule was changed on purpose.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from core.errors import Problem
from core.extract import COLUMNS
from core.harm import Split
from core.methods import METHODS
from core.pools import Pool
from db import left_out, movements, proportionality, rankings, unweighed
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.rankings import RunHead
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store, make_store, open_store

GOLDEN = Path(__file__).parent / "golden" / "runs.txt"
STORES = Path(__file__).resolve().parents[1] / "stores"
START = date(2026, 1, 5)
TODAY = date(2026, 6, 1)
OFFENCES = (
    ("105/01", "Common assault"), ("008/66", "Stalking"), ("008/01", "Wounding"), ("034/01", "Robbery"),
    ("019/08", "Rape of a female aged 16 or over"), ("999/99", "No such offence"),
)  # fmt: skip


def days_file(path: Path, chance: random.Random, day: date, number: int, people: int = 14) -> Path:
    """What one day brings: new reports, older ones said again in other words, people described otherwise."""
    rows = []
    for _ in range(number):
        row = dict.fromkeys(COLUMNS, "")
        back = chance.choice((0, 0, 0, 1, 5, 29, 30, 31, 60))
        code, offence = chance.choice(OFFENCES)
        person = chance.randrange(people)
        row |= {"crime_ref": f"C{chance.randrange(40)}", "ho_code": code, "offence": offence}
        row |= {"committed_from": (day - timedelta(days=back + chance.choice((0, 2, 2, 400)))).isoformat()}
        row |= {"reported_on": (day - timedelta(days=back)).isoformat(), "person_ref": f"P{person}"}
        row |= {"vawg": chance.choice(("yes", "yes", "no")), "outcome": chance.choice(("charged", "cancelled"))}
        row |= {"role": "named suspect", "named_by": chance.choice(("victim", "victim", "police"))}
        row |= {"victim_ref": chance.choice(("V1", "V2", f"P{chance.randrange(people)}", ""))}
        row |= {"surname": f"Test{person % 5}", "forenames": "Alex", "borough": chance.choice(("Hackney", "Brent"))}
        row |= {"status": chance.choice(("at large", "in custody", "bail")), "sex": chance.choice(("M", "F"))}
        row |= {"domestic_abuse": chance.choice(("yes", "no"))}
        rows.append(list(row.values()))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])
    return path


def edition_file(path: Path, turn: int) -> Path:
    """An edition that no run here names: that one came in is news all the same."""
    path.write_text(f"index,edition,dated,code,title,days\nNCI,NCI {2030 + turn},2030-01-31,105/01,Common assault,3\n")
    return path


_SPLITS: tuple[Split, ...] = ("default", "default", "default", "lowest")


def asked(chance: random.Random, day: int) -> RankingRequest:
    """One way of ranking, of a day about *day*."""
    return RankingRequest(
        day + chance.choice((0, 0, 0, 0, 1, 40, -1, -20)),
        by=chance.choice(("reported", "reported", "reported", "committed")),
        window=chance.choice((60, 60, 60, 365)),
        min_crimes=chance.choice((None, None, None, 1, 3)),
        method=chance.choice(("v100", "v100", "v100", *METHODS)),
        pool=chance.choice((None, None, None, *Pool)),
        split=chance.choice(_SPLITS),
        statuses=chance.choice(((), (), (), ("at large",), ("bail", "in custody"))),
        historic=chance.choice(("count", "count", "count", "apart")),
    )


def live(store: Store, folder: Path, chance: random.Random, turns: int) -> Iterator[tuple[RunHead, RankingRequest]]:
    """Go through some days: files come in and are taken back, an edition comes in; each run that is kept of them."""
    latest = None
    for turn in range(turns):
        day = START + timedelta(days=turn * chance.choice((1, 1, 3)))
        event = chance.random()
        if event < 0.1 and latest is not None:
            withdraw(store, latest)
            latest = None
        elif event < 0.2:
            latest = import_file(store, edition_file(folder / f"{turn}.csv", turn), today=TODAY).batch
        else:
            file = days_file(folder / f"{turn}.csv", chance, day, chance.choice((3, 10, 25)))
            latest = import_file(store, file, today=TODAY).batch
        for request in (RankingRequest(day.toordinal(), window=60), asked(chance, day.toordinal())):
            try:
                yield make_run(store, request), request
            except Problem:
                continue


def lines_of(store: Store, head: RunHead) -> Iterator[str]:
    """Everything that is read back of a run, a line each."""
    yield (
        f"run {head.id} {head.method} {head.ranked_in.words} {rankings.by_words(head.by, head.historic_as)} "
        f"{head.window} as of {head.as_of}, earlier {head.earlier}: {head.people} people, {head.ranked} ranked, "
        f"{head.historic} historic, without weight {head.unweighted}"
    )
    places = rankings.order(store, head.id)
    entries = rankings.entries_at(store, head.id, places)
    for place in places:
        one = entries[place]
        parts = "; ".join(map(str, head.parts(one)))
        yield f"  {' | '.join(map(str, one))} | {parts}"
    for sort in ("score", "name", "allegations", "victims", "historic", "last", "status", "borough", "ref", "move"):
        yield f"  by {sort}: {' '.join(map(str, rankings.order(store, head.id, sort, descending=sort != 'ref')))}"
    for needle in ("at large", "#1", "test3 hackney"):
        yield f"  with {needle}: {' '.join(map(str, rankings.order(store, head.id, needle=needle)))}"
    yield f"  in Brent: {' '.join(map(str, rankings.order(store, head.id, within='Brent')))}"
    yield f"  above the line: {left_out.above_the_line(store, head)}"
    for out in left_out.left_out(store, head):
        yield f"  left out: {' | '.join(map(str, out))}"
    yield f"  unweighed: {unweighed.unweighed(store, head)}"
    made = proportionality.make_up(store, head.id, 3)
    yield f"  make-up: {made.list_size} of {made.pool_size}: {made.groups}"
    if head.earlier is not None:
        for move in movements.moves(store, head.earlier, head.id, 5):
            yield f"  moved: {move}"
        refs = [entries[place].person for place in places[:10]]
        yield f"  causes: {movements.causes_for(store, head, refs)}"


def of_a_history(seed: int, turns: int = 14) -> Iterator[str]:
    """A history of a store, then every run of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = make_store(folder / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
        with store:
            for head, _ in list(live(store, folder, random.Random(seed), turns)):
                yield from lines_of(store, rankings.run(store, head.id))


def of_a_method(method: str) -> Iterator[str]:
    """One run of a method on the same few days, with its scores to the last digit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = make_store(folder / "tasking.db", "tester", lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
        chance = random.Random(7)
        with store:
            for turn in range(3):
                day = START + timedelta(days=turn * 9)
                import_file(store, days_file(folder / f"{turn}.csv", chance, day, 30), today=TODAY)
                make_run(store, RankingRequest(day.toordinal(), method=method))
            yield from lines_of(store, rankings.runs(store)[0])


def of_a_kept_store(revision: str) -> Iterator[str]:
    """Every run of a store as a revision left it, opened by the program of today."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "tasking.db"
        path.write_bytes(gzip.decompress((STORES / f"{revision}.db.gz").read_bytes()))
        with open_store(path, "tester", lambda: datetime(2026, 11, 18, 15, tzinfo=UTC)) as store:
            yield from of_a_store(store, revision)


def of_a_store(store: Store, revision: str) -> Iterator[str]:
    """Every run of a store, a digest a run."""
    for head in reversed(rankings.runs(store)):
        told = "\n".join(lines_of(store, head))
        yield f"{revision} run {head.id}: {hashlib.sha256(told.encode()).hexdigest()}"


SEEDS = range(3)
REVISIONS = sorted(path.name[:4] for path in STORES.glob("[0-9]*.db.gz"))


def golden() -> Iterator[str]:
    """The whole file."""
    for method in METHODS:
        yield f"== {method}"
        yield from of_a_method(method)
    for seed in SEEDS:
        yield f"== history {seed}"
        yield f"{hashlib.sha256(chr(10).join(of_a_history(seed)).encode()).hexdigest()}"
    for revision in REVISIONS:
        yield f"== store {revision}"
        yield from of_a_kept_store(revision)


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(golden()) + "\n", encoding="utf-8")

"""People of the synthetic London with what crime reports alone do not give them: cohorts, orders, custody."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from core.days import day_of
from db import meetings, memberships, rankings
from db.memberships import Proposal
from db.rankings import Ranked
from db.store import Store
from tests.tui.conftest import AS_OF, CHAIR

TODAY = day_of(AS_OF)


def bare(store: Store) -> Store:
    """The store with what its crime reports say alone: no cohorts, no dated facts, no suspect who is a victim."""
    with closing(sqlite3.connect(store.path)) as past_the_program, past_the_program:
        past_the_program.executescript("DELETE FROM membership; DELETE FROM marker; UPDATE person SET victim = 0;")
    return store


def top(store: Store, many: int = 10) -> list[Ranked]:
    """The first people of the V100 ranking of the day."""
    number = meetings.run_for(store, TODAY)
    assert number is not None
    return rankings.entries(store, number, many)[:many]


def mark(store: Store, ref: str, kind: str, value: str, starts: int, ends: int | None, note: str = "") -> None:
    """Note a dated fact about a person; days count from the day of the meeting."""
    with store.change("Import markers", kind="import", meeting=None) as writing:
        writing.insert(
            "marker",
            batch_id=1,
            line=7,
            person_ref=ref,
            kind=kind,
            value=value,
            starts=TODAY + starts,
            ends=None if ends is None else TODAY + ends,
            note=note,
            replaced_by=None,
        )


def as_victim(store: Store, ref: str) -> None:
    """Say that a suspect is a victim, too."""
    number = store.read.rows("SELECT id FROM person WHERE ref = :ref", ref=ref)[0][0]
    with store.change("Import crime reports", kind="import", meeting=None) as writing:
        writing.update("person", number, victim=1)


def adopted(store: Store, cohort: str, ref: str, *, since: int = -40, review: int = -12, reason: str = "") -> int:
    """Take a person into a cohort some days ago."""
    return memberships.adopt(
        store,
        cohort,
        [Proposal(ref, "rank 1 in run 1", {"rank": 1})],
        since=TODAY + since,
        reason=reason or "Highest harm at large",
        adopted_by=CHAIR,
        review_on=TODAY + review,
    )[0]


def furnished(store: Store) -> list[Ranked]:
    """The first ten, of whom the first two have cohorts, orders and custody; the first is a victim, too."""
    people = top(store)
    first, second = people[0].person, people[1].person
    as_victim(store, first)
    mark(store, first, "order", "SHPO", -200, 9)
    mark(store, first, "breach", "SHPO", -6, None)
    mark(store, first, "order", "SPO", -300, 100, "no contact with the victim")
    mark(store, first, "custody", "remand", -150, -100, "HMP Thameside")
    mark(store, second, "order", "DVPO", -10, 18)
    adopted(store, "v100", first)
    adopted(store, "dauntless-plus", first, since=-20, review=8, reason="Three victims in three boroughs")
    adopted(store, "serial", second, since=-10, review=18, reason="Order to be checked weekly")
    return people

"""Places of the synthetic London as tests need them: tables emptied, the cursor put on a ward, the page of a ward."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from textual.widgets import Static

from core.composite import Weighed, weigh
from core.days import day_of
from db import officers, priority_wards, tension
from db.composite import parts
from db.composite_weights import weights_of
from db.loading.importing import import_file
from db.priority_wards import Proposal, put_forward
from db.store import Store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import Chair
from tui.views.detail import Detail

TODAY = day_of(AS_OF)


def emptied(store: Store, *tables: str) -> Store:
    """The store without the rows of some tables, as one where they were never written."""
    with closing(sqlite3.connect(store.path)) as past_the_program, past_the_program:
        for table in tables:
            past_the_program.execute(f"DELETE FROM {table}")  # noqa: S608 - names from tests
    return store


def ranked(store: Store) -> tuple[Weighed, ...]:
    """Every ward as the composite ranks it under the weights in force."""
    return weigh(parts(store).wards, weights_of(store))


def something_happened(store: Store, words: str = "Talk of revenge") -> None:
    """Two stabbings in one ward this morning, which may be a series, and a note of tension there with some words."""
    file = store.path.with_name("incidents.csv")
    file.write_text(
        "ref,kind,at,ward_code,victim_age,injury,suspect_state,note\n"
        f"N1,stabbing,{AS_OF} 02:10,E05009367,17,serious,outstanding,{words}\n"
        f"N2,stabbing,{AS_OF} 03:20,E05009367,24,minor,unknown,{words}\n",
        encoding="utf-8",
    )
    import_file(store, file)
    tension.raise_tension(
        store, ward_code="E05009367", community="", sort="evidenced", level="3", reason=words,
        review_at=store.now(),
    )  # fmt: skip


def placed_everywhere(store: Store) -> officers.Placement:
    """Place the extra officers among all wards, so that posts have somewhere to move."""
    officers.keep(store, officers.proposed(parts(store), weights_of(store), "harm"), CHAIR)
    found = officers.placement(store)
    assert found is not None
    return found


def adopted(store: Store, one: Weighed, *, since: int = -40, review: int = 10, reason: str = "High on all") -> int:
    """Make a ward a priority some days ago; gives the number of the record. Days count from the day of the meeting."""
    known = put_forward(parts(store), weights_of(store), one).facts
    return priority_wards.adopt(
        store,
        [Proposal(one.ward.ward_code, f"rank {one.rank}", known)],
        since=TODAY + since,
        reason=reason,
        adopted_by=CHAIR,
        review_on=TODAY + review,
    )[0]


async def go_to(chair: Chair, ref: str) -> None:
    """Put the cursor on the row about something, without walking there."""
    shown = chair.view()
    key = next(key for key in shown.records.keys if shown.source.record(key).subject.ref == ref)
    assert shown.records.move_to_key(key)
    await chair.settled()


def here(chair: Chair) -> str:
    """What the row under the cursor is about."""
    record = chair.view().under_cursor()
    assert record is not None
    return record.subject.ref


def said(chair: Chair, what: str = ".facts") -> str:
    """The words at one place of the screen; those at the head of a page unless another is named."""
    found = chair.app.screen.query_one(what)
    assert isinstance(found, Static | Detail)
    return str(found.told if isinstance(found, Detail) else found.content)

"""Every register that is declared is kept, held by a seal, and adopts, reviews and ends by the same code."""

from __future__ import annotations

from dataclasses import fields

import pytest

from core.errors import Conflict, Problem
from core.proposals import Proposal
from core.registers import REGISTERS, Adoption, Ending
from db import registers
from db.registers import TABLES, Entry, RegisterTable
from db.store import Store
from db.store.sealed import PARTS
from db.store.undo import undo
from db.store.verify import verify
from db.tables import METADATA
from tests.conftest import NOW

TODAY = NOW.date().toordinal()
ADOPTION = Adoption(TODAY, " harm ", "Chair", TODAY + 28)
EACH = pytest.mark.parametrize("kept", TABLES, ids=[kept.register.key for kept in TABLES])


def test_every_register_has_a_table() -> None:
    assert [kept.register for kept in TABLES] == list(REGISTERS.values())


@EACH
def test_its_columns_are_there_and_a_seal_holds_them(kept: RegisterTable) -> None:
    columns = set(METADATA.tables[kept.table].c.keys())
    assert {kept.ref, f"{kept.end}_meeting_id", *kept.ended(None, "", "")} <= columns
    assert kept.group is None or kept.group in columns
    assert {part.meeting for part in PARTS[kept.table]} == {"meeting_id", f"{kept.end}_meeting_id"}


def _entries(store: Store, kept: RegisterTable) -> list[Entry]:
    return registers.entries(store, kept, Entry, f"{kept.end}_on IS NULL", "id")


@EACH
def test_it_is_adopted_reviewed_and_ended(store: Store, kept: RegisterTable) -> None:
    group = "v100" if kept.group else ""
    proposals = [Proposal("S1", "rank 1", {"rank": 1}), Proposal("S2", "rank 2", {"rank": 2})]
    first, second = registers.adopt(store, kept, proposals, ADOPTION, group=group)
    entry = _entries(store, kept)[0]
    assert (entry.ref, entry.group, entry.reason, entry.facts) == ("S1", group, "harm", {"rank": 1})
    with pytest.raises(Conflict, match=r"S2 is .* already"):
        registers.adopt(store, kept, proposals[1:], ADOPTION, group=group)
    registers.review(store, kept, [first], TODAY + 60, "seen")
    assert [review.words for review in _entries(store, kept)[0].reviews] == ["seen"]
    with pytest.raises(Problem, match="must lie after"):
        registers.review(store, kept, [first], TODAY)
    registers.end(store, kept, [second], Ending(TODAY, "calm", "Chair"))
    with pytest.raises(Conflict, match="None of the 2 was changed"):
        registers.end(store, kept, [first, second], Ending(TODAY, "calm", "Chair"))
    with pytest.raises(Conflict, match="None of the 2 was changed"):
        registers.review(store, kept, [first, second], TODAY + 60)
    assert [entry.ref for entry in _entries(store, kept)] == ["S1"], "all or none"
    called = kept.groups.get(group, group)
    assert undo(store) == f"S2 {kept.register.left.format(group=called)}: calm"
    assert undo(store).startswith(f"S1 {kept.register.kept.format(group=called)} until ")
    assert verify(store).fault is None


def test_every_field_of_an_entry_is_read() -> None:
    assert {field.name for field in fields(Entry)} == {*registers._FIELDS, "reviews"}

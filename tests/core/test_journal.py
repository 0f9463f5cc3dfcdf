from __future__ import annotations

from typing import Any

import pytest

from core.journal import RULE, Entry, chain_hash, first_break, proven_meeting

Change = dict[str, Any]


def _change(table: str, before: Change | None, after: Change | None, number: int = 1) -> Change:
    return {"table": table, "id": number, "before": before, "after": after}


@pytest.mark.parametrize(
    ("changes", "meeting"),
    [
        ([_change("action", None, {"meeting_id": 3})], 3),
        ([_change("action", {"meeting_id": 3}, None)], 3),
        ([_change("meeting", {}, {}, 7)], 7),
        ([_change("attendance", {"meeting_id": 4, "state": ""}, {"meeting_id": 4, "state": "present"})], 4),
        ([_change("bid", {"meeting_id": None}, {"meeting_id": 5})], 5),
        ([_change("action", {"meeting_id": 1}, {"meeting_id": 1}), _change("decision", None, {"meeting_id": 2})], 2),
        ([_change("action", {"meeting_id": 1}, {"meeting_id": 1})], None),
        ([_change("deployment", {"unit": "x"}, {"unit": "x"})], None),
        ([_change("action", None, {"meeting_id": None})], None),
        ([_change("action", None, {"meeting_id": 1}), _change("action", None, {"meeting_id": 2})], None),
        ([], None),
    ],
    ids=[
        "a row added", "a row taken out", "the meeting itself", "roll-call", "handed on", "closed in a later one",
        "changed, perhaps in a later one", "names no meeting", "outside", "two meetings", "nothing",
    ],
)  # fmt: skip
def test_what_the_changes_of_an_old_entry_prove(changes: list[Change], meeting: int | None) -> None:
    assert proven_meeting(changes) == meeting


def _entry(**other: Any) -> Entry:
    values: dict[str, Any] = {
        "id": 1, "who": "tester", "decided_at": "", "entered_at": "", "what": "x", "kind": "command", "changes": "[]",
        "undoes": None, "previous": "0" * 64,
    }  # fmt: skip
    return Entry(**(values | other))


def test_entries_of_the_first_rule_hash_as_they_did() -> None:
    """The hash of this entry was taken with the program of revision 0005."""
    assert chain_hash(_entry(rule=1)) == "ea7d71000f39aa1b7b4ade60a4bfb539700b049db64ef7300f5e867976b612d3"


def test_entries_of_the_second_rule_hash_as_they_did() -> None:
    """The hash of this entry was taken with the program of revision 0008."""
    was = "70a2f20608465e1f24abdf8e40ff776a411ba8ab91c1b260681c689929473794"
    assert chain_hash(_entry(rule=2, meeting_id=4, sitting=7)) == was


def test_meeting_sitting_item_and_rule_are_in_the_hash_of_later_entries() -> None:
    made = [_entry(), _entry(meeting_id=1), _entry(sitting=1), _entry(item="bids"), _entry(rule=2), _entry(rule=1)]
    assert len({chain_hash(entry) for entry in made}) == len(made)


@pytest.mark.parametrize(
    "more", [{"rule": 1, "meeting_id": 4}, {"rule": 1, "sitting": 4}, {"rule": 2, "item": "bids"}], ids=str
)
def test_an_entry_that_says_what_its_rule_does_not_hash_was_not_written_so(more: Change) -> None:
    written, changed = _entry(rule=more["rule"]), _entry(**more)
    assert chain_hash(written) == chain_hash(changed)
    assert first_break([(written, chain_hash(written))]) is None
    assert first_break([(changed, chain_hash(changed))]) == (1, "its content is not what was written")


def test_an_older_rule_does_not_follow_a_later_one() -> None:
    first = _entry(sitting=1)
    second = _entry(id=2, previous=chain_hash(first), rule=1)
    assert first_break([(first, chain_hash(first)), (second, chain_hash(second))]) == (
        2,
        f"it is written by chain rule 1, which cannot follow rule {RULE}",
    )
    unknown = _entry(rule=RULE + 1)
    assert first_break([(unknown, "")]) == (1, f"it is written by chain rule {RULE + 1}, which cannot follow rule 1")

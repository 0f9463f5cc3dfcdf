from __future__ import annotations

from typing import Any

import pytest

from core.journal import Entry, chain_hash, first_break, proven_meeting

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


def test_meeting_sitting_and_rule_are_in_the_hash_of_later_entries() -> None:
    made = [_entry(), _entry(meeting_id=1), _entry(sitting=1), _entry(rule=1)]
    assert len({chain_hash(entry) for entry in made}) == len(made)
    assert chain_hash(_entry(rule=1, meeting_id=4)) == chain_hash(_entry(rule=1)), "rule 1 knew no meeting"


def test_an_older_rule_does_not_follow_a_later_one() -> None:
    first = _entry(sitting=1)
    second = _entry(id=2, previous=chain_hash(first), rule=1)
    assert first_break([(first, chain_hash(first)), (second, chain_hash(second))]) == (
        2,
        "it is written by chain rule 1, which cannot follow rule 2",
    )
    unknown = _entry(rule=3)
    assert first_break([(unknown, "")]) == (1, "it is written by chain rule 3, which cannot follow rule 1")

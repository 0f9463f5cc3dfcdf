from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from core.composite_weights import default
from core.errors import Conflict, NotFound, Problem
from core.registers import Review
from db import priority_wards as wards
from db.composite import parts
from db.loading.importing import import_file
from db.priority_wards import Proposal
from db.store import Store
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.conftest import NOW
from tests.db.made_releases import write_release

TODAY = NOW.date().toordinal()
W1, W2, W3 = "E05013806", "E05013808", "E05014053"
SHARES = {
    "harm": 0.55, "rate": 0.1, "trend": 0.05, "borough_share": 0, "deprivation": 0, "hot_violence": 0.15,
    "repeat_victims": 0.05, "ward_panel": 0.05, "unsafe_places": 0.05,
}  # fmt: skip
"""The weights that ship, as they stay with a ward."""


@pytest.fixture
def put_forward(store: Store, tmp_path: Path) -> list[Proposal]:
    """The first two of three wards, as the composite proposes them."""
    months = [f"2024{month:02d}" for month in range(1, 13)]
    rows = [("ROBBERY OF PERSONAL PROPERTY", code, "X", [n] * 12) for code, n in ((W1, 9), (W2, 5), (W3, 1))]
    import_file(store, write_release(tmp_path / "r.csv", months, rows), today=NOW.date())
    return wards.proposals(store, parts(store), default(), 2)


def _adopt(store: Store, given: list[Proposal], **other: object) -> list[int]:
    asked = {"since": TODAY, "reason": "Weekly tasking", "adopted_by": "Chair", "review_on": TODAY + 91}
    return wards.adopt(store, given, **(asked | other))  # type: ignore[arg-type]


def test_the_composite_proposes_with_its_parts_and_stores_nothing(store: Store, put_forward: list[Proposal]) -> None:
    first = put_forward[0]
    assert (len(put_forward), first.ref, first.proposed_by) == (2, W1, "composite of 202401-202412, rank 1")
    assert (first.facts["rank"], first.facts["of"], first.facts["harm_rank"]) == (1, 3, 1)
    assert first.facts["weights"] == default().name
    found = first.facts["parts"]
    assert isinstance(found, dict)
    assert found["harm"] == {"value": 9 * 12 * 365, "times": 1.8, "adds": 1.52}, "55 of the 65 that is known"
    assert found["trend"] == {"value": None, "times": None, "adds": 0}
    second = put_forward[1].facts["parts"]
    assert isinstance(second, dict)
    assert second["harm"] == {"value": 5 * 12 * 365, "times": 1, "adds": 0.85}, "the average ward"
    assert put_forward[1].facts["shares"] == SHARES
    assert wards.priority_wards(store) == []


def test_a_named_person_adopts_and_the_facts_stay(store: Store, put_forward: list[Proposal]) -> None:
    number = _adopt(store, put_forward)[0]
    found = wards.priority_wards(store)
    assert [one.ward_code for one in found] == sorted([W1, W2])
    [one] = (one for one in found if one.id == number)
    assert (one.ward, one.since, one.reason, one.adopted_by, one.review_on) == (
        "St James's", TODAY, "Weekly tasking", "Chair", TODAY + 91,
    )  # fmt: skip
    assert one.facts == put_forward[0].facts
    assert (one.due(TODAY + 90), one.due(TODAY + 91)) == (False, True)
    assert (wards.priority_wards(store, TODAY - 1), len(wards.priority_wards(store, TODAY))) == ([], 2)
    assert [one.ref for one in wards.proposals(store, parts(store), default(), 3)] == [W3]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"adopted_by": " "}, "A person adopts: give the name."),
        ({"reason": ""}, "Why is needed."),
        ({"review_on": TODAY}, "The review date, 21/11/2026, must lie after 21/11/2026."),
    ],
)
def test_adopting_needs_a_person_a_reason_and_a_later_review(
    store: Store, put_forward: list[Proposal], other: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Problem) as problem:
        _adopt(store, put_forward, **other)
    assert problem.value.sentence.startswith(sentence)
    assert wards.priority_wards(store) == []


def test_no_ward_is_a_priority_twice(store: Store, put_forward: list[Proposal]) -> None:
    with pytest.raises(Conflict, match=rf"St James's \({W1}\) is a priority ward already"):
        _adopt(store, [put_forward[0], put_forward[0]])
    _adopt(store, put_forward[:1])
    with pytest.raises(Conflict, match="is a priority ward already"):
        _adopt(store, put_forward)
    with pytest.raises(NotFound, match="No ward map has a ward X1"):
        _adopt(store, [Proposal("X1", "by hand", {})])
    assert [one.ward_code for one in wards.priority_wards(store)] == [W1]


def test_a_ward_is_dropped_with_a_reason_and_its_history_keeps_it(store: Store, put_forward: list[Proposal]) -> None:
    first, _ = _adopt(store, put_forward)
    for reason, by in (("", "Chair"), ("Harm fell", " ")):
        with pytest.raises(Problem, match=r"Why is needed|needs the person"):
            wards.drop(store, [first], on=TODAY, reason=reason, by=by)
    with pytest.raises(Problem, match="only since 21/11/2026"):
        wards.drop(store, [first], on=TODAY - 1, reason="Harm fell", by="Chair")
    wards.drop(store, [first], on=TODAY + 7, reason="Harm fell", by="Chair")
    assert [one.ward_code for one in wards.priority_wards(store)] == [W2]
    with pytest.raises(Conflict, match="no priority any longer"):
        wards.drop(store, [first], on=TODAY + 8, reason="Again", by="Chair")
    for number in (first, 99):
        with pytest.raises(Conflict, match=r"no priority any longer|no longer in the store"):
            wards.review(store, [number], on=TODAY, review_on=TODAY + 200)
    again = _adopt(store, put_forward[:1])[0]
    assert [(one.id, one.ended_on, one.ended_reason) for one in wards.history(store, W1)] == [
        (again, None, ""), (first, TODAY + 7, "Harm fell"),
    ]  # fmt: skip


def test_a_review_moves_the_date_and_keeps_the_reason(store: Store, put_forward: list[Proposal]) -> None:
    first, second = _adopt(store, put_forward)
    wards.review(store, [first], on=TODAY + 91, review_on=TODAY + 182)
    wards.review(store, [second], on=TODAY + 91, review_on=TODAY + 182, reason="Robbery series")
    found = {one.id: (one.review_on, one.reason, one.reviews) for one in wards.priority_wards(store)}
    on = datetime(2026, 11, 21).toordinal()
    assert found == {
        first: (TODAY + 182, "Weekly tasking", (Review("tester", on, TODAY + 182, ""),)),
        second: (TODAY + 182, "Weekly tasking", (Review("tester", on, TODAY + 182, "Robbery series"),)),
    }
    with pytest.raises(Problem, match="must lie after"):
        wards.review(store, [first], on=TODAY, review_on=TODAY)


def test_every_change_is_journaled_and_can_be_undone(store: Store, put_forward: list[Proposal]) -> None:
    numbers = _adopt(store, put_forward)
    wards.drop(store, numbers, on=TODAY, reason="Mistake", by="Chair")
    assert undo(store) == "St James's and 1 more dropped as a priority ward: Mistake"
    assert len(wards.priority_wards(store)) == 2
    assert undo(store) == "St James's and 1 more adopted as a priority ward: Weekly tasking"
    assert wards.priority_wards(store) == []
    assert redo(store) == "St James's and 1 more adopted as a priority ward: Weekly tasking"
    assert [one.id for one in wards.priority_wards(store)] == sorted(numbers)
    assert verify(store).fault is None

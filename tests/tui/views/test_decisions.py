"""A decision on its line: what was typed as sentences is joined as parts of one."""

from __future__ import annotations

from core.days import at_clock
from core.decisions import Rationale
from db.actions import Subject
from db.decisions import DecisionView
from tests.tui.conftest import AS_OF, CHAIR
from tui.views.decisions import decision_record


def test_a_sentence_that_ends_is_no_end_of_the_line() -> None:
    about = Subject("ward", "E05013806", "West End")
    decision = DecisionView(
        1, 1, "wards", about, "Patrol it.", "It leads in harm.", CHAIR, CHAIR, at_clock(AS_OF, 9), {}, Rationale(),
        None, None,
    )  # fmt: skip
    assert decision_record(decision).told(hidden=False) == f"Patrol it; reason: It leads in harm; by {CHAIR}"

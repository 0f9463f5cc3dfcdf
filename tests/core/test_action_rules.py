"""What no result is, when an action is escalated by rule, and that the data of actions hold together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import action_rules
from core.action_rules import escalation, evidence_given, result_given, says_nothing, templates, templates_for
from core.actions import OWNERS
from core.due_times import parse_due
from core.errors import NotFound, Problem
from core.templates import agendas

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
_EMPTY = (
    "done",
    "Done.",
    " completed, thanks ",
    "N/A",
    "no further action",
    "see above",
    "-",
    "…",
    "x",
    "all done now",
)
_SAID = ("arrested", "no arrests", "victim seen", "2 knives", "located, in custody", "gated", "duplicate")


@pytest.mark.parametrize("words", _EMPTY)
def test_a_result_that_says_nothing_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(Problem, match="as 'arrested at 06:10, remanded; 2 knives seized'"):
        result_given(words)


@pytest.mark.parametrize("words", _SAID)
def test_a_result_that_says_what_came_of_it_is_taken(words: str) -> None:
    assert result_given(f" {words} ") == words


@given(st.lists(st.sampled_from(sorted(action_rules._empty_words())), max_size=6), st.sampled_from((" ", ", ", ". ")))
def test_no_order_of_empty_words_is_a_result(words: list[str], between: str) -> None:
    said = between.join(words)
    assert says_nothing(said)
    assert not says_nothing(f"{said} arrested")


def test_the_rule_of_escalation_counts_carries_and_time_since_the_last_answer() -> None:
    """DOMAIN.md section 7: escalated is a state of its own; the figures are the project's default."""
    rule = escalation("daily")
    due = NOW - timedelta(hours=73)
    assert rule.reason(3, NOW, None, NOW) == "carried 3 times; the rule is 3"
    assert rule.reason(2, NOW, None, NOW) == ""
    assert rule.reason(0, due, None, NOW) == "overdue since 18/11/2026 08:00; the rule is 3 days"
    assert rule.reason(0, NOW - timedelta(hours=72), None, NOW) == ""
    assert rule.reason(0, due, NOW - timedelta(hours=1), NOW) == "", "the answer began a new time"
    assert escalation("weekly").overdue == timedelta(days=14)
    assert {escalation(kind).carried for kind in agendas()} == {3}


def test_every_template_can_be_raised_as_it_is() -> None:
    for template in templates().values():
        assert template.owner in OWNERS
        assert parse_due(template.due, NOW) > NOW
        assert action_rules.priority_named(template.priority) == template.priority
        assert not template.source or action_rules.source_named(template.source) == template.source
    assert len(action_rules.walk("v100")) == len({one.owner for one in action_rules.walk("v100")}) == 4
    assert templates_for("person")[0].key == "stalking-review"
    assert {one.key for one in templates_for("return")} == {"chase-return"}
    assert action_rules.template_named("Stalking review").key == "stalking-review"
    with pytest.raises(NotFound, match="Use one of: stalking-review"):
        action_rules.template_named("x")


def test_evidence_is_asked_for_where_the_kind_of_action_says_so() -> None:
    with pytest.raises(Problem, match="Evidence is needed for this kind of action: custody record"):
        evidence_given("arrest", " ")
    assert evidence_given("arrest", " CR 1 ") == "CR 1"
    assert evidence_given("", "") == ""


def test_sources_and_priorities_are_taken_in_any_case_and_else_named() -> None:
    assert action_rules.source_named(" marac REFERRAL ") == "MARAC referral"
    assert (action_rules.source_of("unit"), action_rules.source_of("role")) == ("deployment", "meeting")
    with pytest.raises(Problem, match=r"'urgent' is no priority\. Use one of: high, normal, low"):
        action_rules.priority_named("urgent")

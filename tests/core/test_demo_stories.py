"""The demo tells one story a person: what goes with what is named by words that there are, each of them once."""

from __future__ import annotations

from core.demo.stories import AGAINST, APART, ORDERED, may_ask, may_decide
from core.demo.words import CHOICES, TASKS


def test_every_name_is_the_beginning_of_one_task_or_decision() -> None:
    decisions = [choice.says.words for choice in CHOICES]
    for name in {*ORDERED, *AGAINST}:
        assert sum(words.startswith(name) for words in decisions) == 1, name
    tasks = [task.says.words for task in TASKS]
    asked = {name for held in (*ORDERED.values(), *AGAINST.values(), *APART) for name in held}
    for name in asked:
        assert sum(words.startswith(name) for words in tasks) == 1, name


def test_a_decision_that_needs_the_facts_of_an_action_says_whether_it_may_follow_it() -> None:
    free = {choice.says.words for choice in CHOICES if not any(choice.says.words.startswith(name) for name in ORDERED)}
    assert free == {
        "One case officer for all boroughs",
        "Not taken into the V100 while held; looked at again if bail is given",
        "Work on what is not charged while held",
    }, "say in core.demo.stories what goes before a new decision, or name it here"


def test_no_central_unit_and_an_arrest_by_one_do_not_go_together() -> None:
    arrest, local = "Locate and arrest; report to the next meeting", "Keep with the local team; no central unit"
    assert not may_decide(local, [arrest])
    assert not may_ask(arrest, [], local)
    assert may_ask(arrest, [], "Arrest first, this week")
    assert may_decide(local, ["See every victim with a specialist officer; record who supports a charge"])

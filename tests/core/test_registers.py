"""What every register asks of an adoption, a review and an ending."""

from __future__ import annotations

import pytest

from core.errors import Conflict, Problem
from core.registers import REGISTERS, Adoption, Ending, Register, Review, check_new, check_review

DAY = 738_000
EACH = pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))


@EACH
def test_a_register_says_all_its_words(register: Register) -> None:
    assert all(register.__dict__.values())
    assert register.ended.endswith(("already", "longer"))
    assert (register.count(1), register.count(2)) == (f"1 {register.noun}", f"2 {register.noun}s")


@EACH
def test_an_adoption_needs_a_person_a_reason_and_a_later_review(register: Register) -> None:
    Adoption(DAY, "harm", "Chair", DAY + 1).check(register)
    for adoption in (Adoption(DAY, " ", "Chair", DAY + 1), Adoption(DAY, "harm", "", DAY + 1)):
        with pytest.raises(Problem, match=f"Why is needed|give the name. {register.proposer} only proposes"):
            adoption.check(register)
    with pytest.raises(Problem, match=r"The review date, .* must lie after"):
        Adoption(DAY, "harm", "Chair", DAY).check(register)


@EACH
def test_an_ending_needs_a_person_a_reason_and_no_day_before_the_beginning(register: Register) -> None:
    for ending in (Ending(DAY, "", "Chair"), Ending(DAY, "calm", " ")):
        with pytest.raises(Problem, match=f"Why is needed|{register.ending} needs the person who decides it"):
            ending.check(register)
    ending = Ending(DAY, "calm", "Chair")
    ending.check(register)
    ending.check_after(DAY, register)
    with pytest.raises(Problem, match=f"{register.end} it on that day or later"):
        ending.check_after(DAY + 1, register)


def test_a_review_looks_ahead() -> None:
    check_review(DAY, DAY + 1)
    for review_on in (DAY, DAY - 1):
        with pytest.raises(Problem, match=r"The next review, .* must lie after"):
            check_review(DAY, review_on)


def test_no_subject_is_in_a_register_twice() -> None:
    check_new(["a", "b"], {"c"}, "in V100", str)
    for refs in (["a", "c"], ["a", "c", "c"]):
        with pytest.raises(Conflict, match="C is in V100 already"):
            check_new(refs, {"c"}, "in V100", str.upper)
    with pytest.raises(Conflict, match="A is a priority ward already"):
        check_new(["a", "a"], (), "a priority ward", str.upper)


def test_a_review_is_said_in_a_line() -> None:
    assert Review("Insp Oak", 738_000, 738_030, "").sentence == "confirmed 29/07/2021 by Insp Oak"
    assert Review("Insp Oak", 738_000, 738_030, "still hot").sentence.endswith("by Insp Oak: still hot")

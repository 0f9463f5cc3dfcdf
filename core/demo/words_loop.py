"""What the demo's meetings say in long decisions, expect and put aside: made up, and true of anyone."""

from __future__ import annotations

from typing import NamedTuple


class LongForm(NamedTuple):
    """The parts of a decision by the National Decision Model beside what is decided and why (DOMAIN.md section 7).

    risk: what is accepted, empty where nothing is. dissent: who thought otherwise, empty where nobody did. expected:
    what is to come of it, empty where nothing is named. came: what came of that, once its day has come.
    """

    threat: str
    powers: str
    options: str
    dissent: str = ""
    risk: str = ""
    expected: str = ""
    came: str = ""


LONG_FORMS = (
    LongForm(
        "A further report before the next meeting, so victims first and then evidence",
        "Human Rights Act 1998, article 8: necessary and proportionate to the reports held",
        "Leave as it is, ask the local team alone, or as decided",
        dissent="Neighbourhoods lead would wait for the next report",
        expected="an answer from the case officer",
        came="The case officer has answered and the file says so",
    ),
    LongForm(
        "Contact with a victim or a witness, so they are told before anything is done",
        "Code of Practice for Victims of Crime and the policy of the force",
        "Do nothing and look again in a week, or as decided",
        risk="Nothing is done at home before the victim is told",
    ),
    LongForm(
        "Harm that is not reported, so partners are asked what they hold",
        "Crime and Disorder Act 1998, section 115, for what partners tell",
        "Ask partners first, or decide now and tell them",
        dissent="Public protection lead asks for a strategy meeting first",
        expected="what the council and probation hold",
        came="Council and probation have told what they hold; nothing in it changes the decision",
    ),
)  # fmt: skip
"""By turns; every third decision is in the long form."""
EVIDENCE = "note {number} in the case file"
"""What shows a result, where one is named."""

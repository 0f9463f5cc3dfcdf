"""One story a person: what may not be asked or decided of someone of whom something was asked or decided already.

A decision is not taken about what an action has ordered, nor against it; an action does not go against a decision, and
two actions do not tell two stories of where someone is. Each is named by the words that it begins with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ARREST, VICTIMS, RESEARCH = "Locate and arrest", "See every victim", "Research associates"
STALKING_ORDER, ORDER = "Apply for a stalking protection order", "Ask legal services"
CIRCULATE, MONEY = "Circulate with photograph", "Bank and phone enquiries"
BAIL_CHECKS, BAIL_TIME = "Check bail conditions", "Superintendent to decide"
RELEASE, RECALL, ABROAD = "Prison liaison:", "Recall:", "Ask the liaison officer abroad"
CHILD_MEETING, CHILD_WORKER = "Child: strategy meeting", "Child: children's services"

_SEARCH = (ARREST, RESEARCH, CIRCULATE, MONEY)
ORDERED: Mapping[str, Collection[str]] = {
    "Arrest first": (*_SEARCH, VICTIMS),
    "Build the case before arrest": (*_SEARCH,),
    "Ask the covert unit": (*_SEARCH,),
    "Keep with the local team": (*_SEARCH,),
    "Go on without a victim's statement": (VICTIMS,),
    "Stalking clinic": (STALKING_ORDER, ORDER),
    "To the arrest team tonight": (*_SEARCH,),
    "Appeal in the press": (*_SEARCH,),
    "Keep on bail with checks": (BAIL_CHECKS,),
    "File to the prosecutor": (BAIL_TIME, VICTIMS),
    "One officer speaks to every victim": (VICTIMS,),
    "Ask for a tighter curfew": (BAIL_CHECKS,),
    "Plan for release now": (RELEASE,),
    "Give the parole board": (RECALL,),
    "Safeguarding leads": (CHILD_MEETING, CHILD_WORKER),
    "Stop at the ports": (ABROAD,),
}
"""Decision to the actions after which it is not taken: they have ordered it already, or something against it."""

AGAINST: Mapping[str, Collection[str]] = {
    "Arrest first": (VICTIMS,),
    "Build the case before arrest": _SEARCH,
    "Ask the covert unit": _SEARCH,
    "Keep with the local team": _SEARCH,
    "Go on without a victim's statement": (VICTIMS,),
    "Stalking clinic": (STALKING_ORDER, ORDER),
    "To the arrest team tonight": (RESEARCH, MONEY),
    "Appeal in the press": (MONEY, CIRCULATE),
    "File to the prosecutor": (BAIL_TIME,),
    "One officer speaks to every victim": (VICTIMS,),
    "Stop at the ports": (),
}
"""Decision to the actions that are not asked after it; the others carry it out or have nothing to do with it."""

APART: Collection[frozenset[str]] = (
    frozenset((ARREST, RESEARCH)),
    frozenset((ARREST, CIRCULATE)),
    frozenset((ARREST, MONEY)),
    frozenset((RESEARCH, CIRCULATE)),
    frozenset((RESEARCH, MONEY)),
    frozenset((STALKING_ORDER, ORDER)),
    frozenset((CHILD_MEETING, ARREST)),
)
"""Actions of which one person is asked for one: the results of the other would tell of it otherwise."""


def may_decide(decision: str, asked: Collection[str]) -> bool:
    """Whether a decision fits the actions that were asked about someone."""
    return not _any_of(_named(ORDERED, decision), asked)


def may_ask(action: str, asked: Collection[str], decided: str) -> bool:
    """Whether an action fits the actions asked about someone and what was decided, empty where nothing was."""
    if decided and _any_of(_named(AGAINST, decided), [action]):
        return False
    return not any(action.startswith(name) and _any_of(pair - {name}, asked) for pair in APART for name in pair)


def _named(table: Mapping[str, Collection[str]], words: str) -> Collection[str]:
    return next((held for name, held in table.items() if words.startswith(name)), ())


def _any_of(names: Collection[str], words: Collection[str]) -> bool:
    return any(said.startswith(name) for said in words for name in names)

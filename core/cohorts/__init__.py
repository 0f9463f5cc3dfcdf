"""Cohorts: criteria as rules over plain values, each qualification with the facts that made it true.

A criterion proposes; a named person adopts, with a reason and a review date (DOMAIN.md section 9, DPA 2018 s49).
"""

from __future__ import annotations

from collections.abc import Mapping

from core.cohorts.case import Case
from core.cohorts.cohort import Cohort, Criterion, Due, Qualifies
from core.cohorts.domestic import DAUNTLESS, DAUNTLESS_PLUS, SERIAL
from core.cohorts.iom import IOM_FIXED, IOM_FLEX, IOM_FREE
from core.cohorts.knife import HABITUAL_KNIFE_CARRIER
from core.cohorts.mappa import MAPPA
from core.cohorts.orders import ORDERS
from core.cohorts.ranked import V100
from core.cohorts.rso import RSO, RSO_REACTIVE
from core.cohorts.wanted import WANTED_HIGH_HARM
from core.errors import Refused

__all__ = ["COHORTS", "V100", "Case", "Cohort", "Criterion", "Due", "Qualifies", "cohort_named"]

COHORTS: Mapping[str, Cohort] = {
    cohort.key: cohort
    for cohort in (
        V100,
        DAUNTLESS,
        DAUNTLESS_PLUS,
        SERIAL,
        HABITUAL_KNIFE_CARRIER,
        IOM_FIXED,
        IOM_FLEX,
        IOM_FREE,
        MAPPA,
        RSO,
        RSO_REACTIVE,
        WANTED_HIGH_HARM,
        ORDERS,
    )
}


def cohort_named(text: str) -> Cohort:
    """The cohort of a key, badge or alias; capitals, spaces and underscores do not matter.

    Raises Refused for a name that is not known, and lists those that are.
    """
    name = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for cohort in COHORTS.values():
        if name in (cohort.key, cohort.badge.casefold(), *cohort.aliases):
            return cohort
    raise Refused(f"There is no cohort '{text}'. Use one of: {', '.join(COHORTS)}.", title="No such cohort")

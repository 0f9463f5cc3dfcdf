from __future__ import annotations

from typing import get_args

import pytest

from core.badges import BADGES
from core.cohorts import COHORTS, cohort_named
from core.cohorts.cohort import Needs
from core.errors import Refused
from tests.core.cohorts.making import AS_OF, case


def test_every_cohort_says_what_it_is_and_where_it_comes_from() -> None:
    for key, cohort in COHORTS.items():
        assert cohort.key == key
        assert 1 <= len(cohort.badge) <= 3
        assert len(cohort.source) > 20
        assert "DOMAIN" not in cohort.source, "a document that whoever reads it can find"
        assert cohort.rule.endswith(".")
        assert cohort.review_days > 0
        assert cohort.needs in get_args(Needs)


def test_every_cohort_has_a_badge_and_there_is_no_other() -> None:
    assert list(BADGES) == list(COHORTS)
    assert len(set(BADGES.values())) == len(BADGES)


def test_what_is_general_knowledge_or_a_default_is_said() -> None:
    for key in ("iom-fixed", "iom-flex", "iom-free", "wanted-high-harm"):
        assert "default" in COHORTS[key].rule
    for key in ("iom-fixed", "mappa", "rso-reactive", "dauntless"):
        assert "general knowledge" in COHORTS[key].source


def test_names_badges_and_aliases_are_each_of_one_cohort() -> None:
    names = [{cohort.key, cohort.badge.casefold(), *cohort.aliases} for cohort in COHORTS.values()]
    assert sum(map(len, names)) == len(set().union(*names))
    assert all(cohort_named(name).key in own for own in names for name in own)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("dauntless", "dauntless"),
        ("Dauntless Plus", "dauntless-plus"),
        (" DAUNTLESS_PLUS ", "dauntless-plus"),
        ("dauntless+", "dauntless-plus"),
        ("D+", "dauntless-plus"),
        ("hkc", "habitual-knife-carrier"),
        ("habitual knife  carrier", "habitual-knife-carrier"),
        ("matac", "serial"),
        ("IOM Fixed", "iom-fixed"),
        ("ewms", "wanted-high-harm"),
        ("rso", "rso"),
        ("orders", "orders"),
    ],
)
def test_a_cohort_is_found_by_how_people_call_it(text: str, key: str) -> None:
    assert cohort_named(text).key == key


@pytest.mark.parametrize("text", ["", "  ", "dauntles", "gangs"])
def test_an_unknown_cohort_is_refused_with_the_names_there_are(text: str) -> None:
    with pytest.raises(Refused) as refused:
        cohort_named(text)
    assert all(key in refused.value.sentence for key in COHORTS)


def test_nobody_without_records_qualifies_for_anything() -> None:
    assert [key for key, cohort in COHORTS.items() if cohort.qualifies(case(), AS_OF)] == []


def test_registers_are_read_and_say_what_is_due_and_lists_are_adopted() -> None:
    """DOMAIN section 4: MAPPA is statutory; a court or a prison makes the rest of it."""
    registers = {key for key, cohort in COHORTS.items() if cohort.is_register}
    assert registers == {"mappa", "rso", "wanted-high-harm", "orders"}
    for key, cohort in COHORTS.items():
        assert (cohort.due is not None) == (key in registers), key
        assert cohort.due is None or cohort.due(case(), AS_OF) == ()

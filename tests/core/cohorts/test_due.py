"""What the registers say is due, and where two of them contradict each other."""

from __future__ import annotations

import pytest

from core.cohorts import COHORTS, Case
from core.cohorts.mappa import category_1_and_register
from core.days import uk
from tests.core.cohorts.making import AS_OF, mark, marked

LATER = AS_OF + 31


def due(key: str, person: Case) -> list[str]:
    of = COHORTS[key].due
    assert of is not None
    return [one.what for one in of(person, AS_OF)]


def test_orders_that_end_within_thirty_days_and_breaches_that_nobody_followed_up() -> None:
    person = marked(
        mark("order", "SHPO", AS_OF - 100, AS_OF + 30),
        mark("order", "SPO", AS_OF - 100, LATER),
        mark("order", "NMO", AS_OF - 100, AS_OF),
        mark("order", "CBO", AS_OF - 100),
        mark("order", "DVPO", AS_OF - 100, AS_OF - 1),
        mark("breach", "SHPO", AS_OF - 5),
        mark("breach", "SPO", AS_OF - 6, AS_OF),
    )
    said = [
        f"breach of SHPO on {uk(AS_OF - 5)} not followed up",
        f"NMO ends {uk(AS_OF)}, 0 days left",
        f"SHPO ends {uk(AS_OF + 30)}, 30 days left",
    ]
    assert due("orders", person) == due("rso", person) == due("mappa", person) == said


def test_wanted_since_and_what_ends_on_the_registers() -> None:
    assert due("wanted-high-harm", marked(mark("wanted", "high harm", AS_OF - 12))) == ["arrest: wanted for 12 days"]
    ends = mark("rso", "registered", AS_OF - 900, AS_OF + 1)
    assert due("rso", marked(ends)) == [f"registration ends {uk(AS_OF + 1)}, 1 day left"]
    assert due("rso", marked(mark("rso", "registered", AS_OF - 900))) == []
    ends = mark("mappa", "2/1", AS_OF - 9, AS_OF + 2)
    assert due("mappa", marked(ends)) == [f"MAPPA management ends {uk(AS_OF + 2)}, 2 days left"]


@pytest.mark.parametrize(
    ("category", "registered", "fault"),
    [
        ("1/2", True, None),
        ("", False, None),
        ("2/1", False, None),
        ("1/1", False, "MAPPA category 1 and not on the sex offenders register"),
        ("2/1", True, "on the sex offenders register and not in MAPPA category 1"),
        ("", True, "on the sex offenders register and not in MAPPA category 1"),
    ],
)
def test_category_1_is_who_is_on_the_sex_offenders_register(category: str, registered: bool, fault: str | None) -> None:
    """DOMAIN section 4."""
    known = [mark("mappa", category, AS_OF - 9)] if category else []
    known += [mark("rso", "registered", AS_OF - 9)] if registered else []
    assert category_1_and_register(marked(*known), AS_OF) == fault
    assert category_1_and_register(marked(*known), AS_OF - 10) is None

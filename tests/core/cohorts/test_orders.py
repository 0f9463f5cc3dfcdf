from __future__ import annotations

from core.cohorts.orders import Breach, breaches_open, orders_in_force
from tests.core.cohorts.making import AS_OF, ask, day, facts, mark, marked

SHPO = mark("order", "SHPO", AS_OF - 300)
DVPO = mark("order", "DVPO", AS_OF - 20, AS_OF + 8)


def test_an_order_is_in_force_on_its_first_and_its_last_day() -> None:
    order = mark("order", "CBO", AS_OF - 2, AS_OF + 1)
    found = [[one.days_left for one in orders_in_force([order], AS_OF + on)] for on in (-3, -2, 0, 1, 2)]
    assert found == [[], [3], [1], [0], []]


def test_orders_that_run_out_first_come_first_and_those_without_an_end_last() -> None:
    later = mark("order", "SPO", AS_OF - 3, AS_OF + 9)
    found = orders_in_force([SHPO, later, DVPO], AS_OF)
    assert [(one.kind, one.days_left, one.expires) for one in found] == [
        ("DVPO", 8, AS_OF + 8),
        ("SPO", 9, AS_OF + 9),
        ("SHPO", None, None),
    ]


def test_a_breach_stands_under_the_order_it_broke_until_it_is_followed_up() -> None:
    markers = [
        DVPO,
        SHPO,
        mark("breach", "DVPO", AS_OF - 5, AS_OF - 4, "arrested, remanded"),
        mark("breach", "DVPO", AS_OF - 1),
        mark("breach", "DVPO", AS_OF + 1),
    ]
    dvpo, shpo = orders_in_force(markers, AS_OF)
    assert dvpo.breaches == (
        Breach("DVPO", AS_OF - 5, AS_OF - 4, "arrested, remanded"),
        Breach("DVPO", AS_OF - 1, None, ""),
    )
    assert shpo.breaches == ()
    assert breaches_open(markers, AS_OF) == (Breach("DVPO", AS_OF - 1, None, ""),)


def test_a_follow_up_after_the_as_of_day_was_not_known() -> None:
    markers = [mark("breach", "SHPO", AS_OF - 5, AS_OF, "charged")]
    assert [len(breaches_open(markers, AS_OF + on)) for on in (-6, -5, -1, 0, 1)] == [0, 1, 1, 0, 0]
    assert breaches_open(markers, AS_OF - 1)[0].done == ""


def test_a_breach_not_followed_up_outlives_its_order() -> None:
    markers = [mark("order", "DVPN", AS_OF - 20, AS_OF - 18), mark("breach", "DVPN", AS_OF - 19)]
    assert orders_in_force(markers, AS_OF) == ()
    assert [one.day for one in breaches_open(markers, AS_OF)] == [AS_OF - 19]


def test_a_breach_belongs_to_the_order_of_its_day_not_to_the_next_of_its_kind() -> None:
    old, new = mark("order", "DVPO", AS_OF - 60, AS_OF - 33), mark("order", "DVPO", AS_OF - 20, AS_OF + 8)
    markers = [new, old, mark("breach", "DVPO", AS_OF - 40), mark("breach", "DVPO", AS_OF - 25)]
    (state,) = orders_in_force(markers, AS_OF)
    assert state.breaches == ()
    assert len(breaches_open(markers, AS_OF)) == 2


def test_of_two_orders_of_a_kind_in_force_a_breach_is_shown_once() -> None:
    markers = [mark("order", "NMO", AS_OF - 60), mark("order", "NMO", AS_OF - 30), mark("breach", "NMO", AS_OF - 10)]
    assert [len(one.breaches) for one in orders_in_force(markers, AS_OF)] == [0, 1]


def test_the_order_of_an_extract_does_not_decide_which_order_was_broken() -> None:
    short, long = mark("order", "NMO", AS_OF - 60, AS_OF + 5), mark("order", "NMO", AS_OF - 60, AS_OF + 9)
    breach = mark("breach", "NMO", AS_OF - 10)
    found = orders_in_force([short, long, breach], AS_OF)
    assert found == orders_in_force([breach, long, short], AS_OF)
    assert [len(one.breaches) for one in found] == [0, 1]


def test_the_cohort_of_orders_says_what_is_in_force_and_what_waits() -> None:
    person = marked(SHPO, DVPO, mark("breach", "DVPO", AS_OF - 1), mark("breach", "SHPO", AS_OF - 400))
    found = ask("orders", person)
    assert found is not None
    assert found.sentence == "DVPO to 29/11/2026 (8 days left), 1 breach not followed up; SHPO"
    waiting = {"kind": "DVPO", "day": "2026-11-20", "followed_up": None, "done": ""}
    assert found.facts == {
        "orders": [
            {"kind": "DVPO", "since": "2026-11-01", "expires": "2026-11-29", "days_left": 8, "breaches": [waiting]},
            {"kind": "SHPO", "since": "2026-01-25", "expires": None, "days_left": None, "breaches": []},
        ],
        "breaches_open": [{"kind": "SHPO", "day": "2025-10-17", "followed_up": None, "done": ""}, waiting],
    }
    late = ask("orders", marked(*person.markers[1:]), AS_OF + 9)
    assert late is not None, "a breach that waits keeps the person on the register when its order has run out"
    assert late.sentence == "no order in force; 2 breaches of SHPO, DVPO not followed up"
    assert ask("orders", marked(DVPO), AS_OF + 9) is None


def test_tag_conditions_are_orders_too() -> None:
    last = day("2026-12-01")
    assert facts("orders", marked(mark("order", "TAG", AS_OF, last)))["breaches_open"] == []

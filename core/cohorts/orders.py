"""Orders on a person, when they run out, and what was done about each breach (DOMAIN.md sections 4 and 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.cohorts.case import Case, in_order
from core.cohorts.cohort import Cohort, Due, DueOf, Qualifies
from core.cohorts.due import SOON, days_left, ending, in_order_of_day
from core.days import iso, uk
from core.markers import Marker
from core.text import counted


@dataclass(frozen=True)
class Breach:
    """One breach of an order. Days are day numbers; ``followed_up_on`` is None until the as-of day sees it done."""

    kind: str
    day: int
    followed_up_on: int | None
    done: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has followed it up."""
        return self.followed_up_on is None


@dataclass(frozen=True)
class OrderState:
    """One order in force. ``days_left`` is 0 on its last day; it and ``expires`` are None where it has no end."""

    kind: str
    since: int
    expires: int | None
    days_left: int | None
    breaches: tuple[Breach, ...]

    @property
    def words(self) -> str:
        """``SHPO to 30/11/2026 (9 days left), 1 breach not followed up``."""
        end = "" if self.expires is None else f" to {uk(self.expires)} ({counted(self.days_left or 0, 'day')} left)"
        still = sum(one.is_open for one in self.breaches)
        waiting = f", {counted(still, 'breach', 'breaches')} not followed up" if still else ""
        return f"{self.kind}{end}{waiting}"


def orders_in_force(markers: Iterable[Marker], as_of: int) -> tuple[OrderState, ...]:
    """The orders in force on a day, the first to expire first, each with its breaches up to that day."""
    known = in_order(markers)
    orders = [one for one in known if one.kind == "order"]
    breaches = [one for one in known if one.kind == "breach"]
    states = [_state(order, orders, breaches, as_of) for order in orders if order.holds(as_of)]
    return tuple(sorted(states, key=lambda one: (one.expires is None, one.expires or 0, one.kind, one.since)))


def breaches_open(markers: Iterable[Marker], as_of: int) -> tuple[Breach, ...]:
    """Every breach up to a day that nobody had followed up by then, the oldest first; its order may have expired."""
    found = (_breach(one, as_of) for one in in_order(markers) if one.kind == "breach" and one.starts <= as_of)
    return tuple(one for one in found if one.is_open)


def under_order(case: Case, as_of: int) -> Qualifies | None:
    """At least one order in force on the day, or a breach that nobody followed up, whatever became of its order."""
    states, waiting = orders_in_force(case.markers, as_of), breaches_open(case.markers, as_of)
    if not states and not waiting:
        return None
    facts: dict[str, object] = {
        "orders": [
            {
                "kind": one.kind,
                "since": iso(one.since),
                "expires": iso(one.expires),
                "days_left": one.days_left,
                "breaches": [_breach_facts(breach) for breach in one.breaches],
            }
            for one in states
        ],
        "breaches_open": [_breach_facts(one) for one in waiting],
    }
    return Qualifies(facts, "; ".join(one.words for one in states) or _without_order(waiting))


def _without_order(waiting: Sequence[Breach]) -> str:
    """What is said of breaches that wait where no order is in force any more."""
    kinds = ", ".join(dict.fromkeys(one.kind for one in waiting))
    return f"no order in force; {counted(len(waiting), 'breach', 'breaches')} of {kinds} not followed up"


def due_of_orders(case: Case, as_of: int) -> tuple[Due, ...]:
    """Breaches that nobody followed up, and orders that end soon."""
    breaches = (
        Due(f"breach of {one.kind} on {uk(one.day)} not followed up", one.day)
        for one in breaches_open(case.markers, as_of)
    )
    orders = (
        Due(f"{one.kind} ends {uk(one.expires)}{days_left(one.expires, as_of)}", one.expires)
        for one in orders_in_force(case.markers, as_of)
        if one.expires is not None and one.expires - as_of <= SOON
    )
    return in_order_of_day([*breaches, *orders])


def ending_or_orders(kind: str, what: str) -> DueOf:
    """What is due of a marker of a kind, that it ends soon, and of the person's orders. what: what ends, in words."""
    ends = ending(kind, what)

    def due(case: Case, as_of: int) -> tuple[Due, ...]:
        return in_order_of_day([*ends(case, as_of), *due_of_orders(case, as_of)])

    return due


def _state(order: Marker, orders: Sequence[Marker], breaches: Sequence[Marker], as_of: int) -> OrderState:
    own = (one for one in breaches if one.starts <= as_of and _broken(one, orders) == order)
    left = None if order.ends is None else order.ends - as_of
    return OrderState(order.value, order.starts, order.ends, left, tuple(_breach(one, as_of) for one in own))


def _broken(breach: Marker, orders: Sequence[Marker]) -> Marker | None:
    """The order that a breach broke: the latest of its kind in force that day."""
    return next((one for one in reversed(orders) if one.value == breach.value and one.holds(breach.starts)), None)


def _breach(marker: Marker, as_of: int) -> Breach:
    done = marker.ends is not None and marker.ends <= as_of
    return Breach(marker.value, marker.starts, marker.ends if done else None, marker.note if done else "")


def _breach_facts(breach: Breach) -> dict[str, object]:
    return {
        "kind": breach.kind,
        "day": iso(breach.day),
        "followed_up": iso(breach.followed_up_on),
        "done": breach.done,
    }


ORDERS = Cohort(
    key="orders",
    title="Orders in force",
    rule="One or more orders are in force, tag conditions included, or a breach of one was not followed up.",
    source="Press on V100, 2023 to 2025: orders and bail conditions as tactics.",
    review_days=28,
    needs="markers",
    qualifies=under_order,
    reads=("order", "breach"),
    kind="register",
    due=due_of_orders,
    aliases=("order",),
)

"""Whom the rule of least reports leaves out, as a table of a paper."""

from __future__ import annotations

from core.localities import NOWHERE
from core.minutes import Table
from core.scope import Scope
from core.text import figure
from db import rankings
from db.left_out import left_out
from db.localities import of_people
from db.store import Store

TITLE = "Left out by the rule of least reports, though their score lies within the first 100"


def table(store: Store, run_id: int, scope: Scope) -> Table:
    """Those of the group who are of a scope as a table of a paper; "would be" is their rank if one report made one."""
    head = rankings.run(store, run_id)
    found = left_out(store, head)
    lives = of_people(store, run_id, [one.person for one in found])
    rows = [
        (one.would_be, one.name, one.person, figure(one.score), one.why, one.status)
        for one in found
        if scope.holds(lives.get(one.person, NOWHERE))
    ]
    title = TITLE if scope.is_force else f"{TITLE}: those of {scope.label}, ranks of the force"
    return Table(title, ("Would be", "Name", "Reference", f"Score ({head.how.unit})", "Why", "Status"), rows)

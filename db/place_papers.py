"""What the papers of a meeting say of places: hot wards, priority wards, extra officers."""

from __future__ import annotations

from core.days import uk
from core.localities import locality_of
from core.minutes import Table
from core.releases import dashed
from core.scope import Scope
from db import officers, wards
from db.localities import of_ward
from db.not_counted import in_short, not_counted, not_counted_of
from db.priority_wards import priority_wards
from db.store import Store
from db.ward_map import name_of


def priority(store: Store, scope: Scope) -> Table:
    """The priority wards of a scope as they stand, each with the day of its next review."""
    rows = [
        (one.ward, uk(one.since), one.reason, one.proposed_by, one.adopted_by, uk(one.review_on))
        for one in priority_wards(store)
        if scope.holds(of_ward(store, one.ward_code))
    ]
    return Table("Priority wards", ("Ward", "Since", "Reason", "Proposed by", "Adopted by", "Review on"), rows)


def officers_moved(store: Store, scope: Scope) -> Table:
    """The extra ward officers of a scope that were moved by hand; how many are placed is told of the force."""
    placement = officers.placement(store)
    if placement is None:
        return Table("Extra ward officers", (), (), "No placement is kept.")
    missing = in_short(not_counted_of(store, placement.release))
    rows = [
        (name_of(store, post.ward_code), post.proposed, post.posts)
        for post in placement.posts.values()
        if post.posts != post.proposed and scope.holds(of_ward(store, post.ward_code))
    ]
    moved = ", moved by hand" if rows else ""
    whose = "" if scope.is_force else " of the force"
    title = f"Extra ward officers{whose}: {placement.words}; in proportion to {placement.basis}{moved}{missing}"
    return Table(title, ("Ward", "Proposed", "Placed"), rows, "No post was moved by hand.")


def hot_wards(store: Store, top: int, scope: Scope) -> Table:
    """The wards of a scope with the most harm, with the months that were passed over and why; ranks are the force's."""
    heads = ("Rank", "Ward", "Borough", "Harm (days)", "Low to high", "Offences")
    if not wards.releases(store):
        return Table("Wards of highest harm", heads, [], "There are no ward counts.")
    found = wards.ranking(store)
    rows = [
        (e.rank or "-", e.ward, e.borough, f"{e.harm:,.0f}", f"{e.harm_low:,.0f} to {e.harm_high:,.0f}", f"{e.count:,}")
        for e in [e for e in found.table.entries if scope.holds(locality_of(e.borough))][:top]
    ]
    caveats = "".join(f"; {caveat}" for caveat in found.caveats)
    left_out = f"{_passed_over(found)}{caveats}{in_short(not_counted(store, found), fragments=False)}"
    whose = "" if scope.is_force else f" in {scope.label}"
    title = f"Wards of highest harm{whose} ({dashed(found.first)} to {dashed(found.last)}{left_out})"
    return Table(title, heads, rows, "No ward has a count in this release.")


def _passed_over(found: wards.WardRanking) -> str:
    """The months that were left out, with the reasons."""
    return "".join(f"; {dashed(flag.month)} left out, {flag.reason}" for flag in found.left_out)

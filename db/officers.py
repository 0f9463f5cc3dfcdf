"""The placing of the extra ward officers that is in force: kept as a plan, moved by hand one post at a time.

Rule (DOMAIN.md section 5, S2; ``core.officers``): the proposal is in proportion to need, exact in total; by hand, a
post moves between two wards and what the move costs in harm is said. The latest plan holds; older ones stay to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.applying import Unfit, all_or_none
from core.composite import WardFigures, weigh
from core.composite_weights import Weights
from core.errors import NotFound
from core.officers import POSTS, Edit, Limits, Move, Place, edited, proposal
from core.text import counted
from db.composite import WardParts
from db.store import Store
from db.store.rows import fields, from_row
from db.ward_map import name_of


@dataclass(frozen=True)
class Post:
    """The extra posts of one ward. Harm in days; ``share`` is what it would be before whole posts are made of it."""

    id: int
    ward_code: str
    harm: float
    need: float
    share: float
    proposed: int
    posts: int


@dataclass(frozen=True)
class Plan:
    """A placing: of how many posts, in proportion to what, within which limits, from which release, by whom."""

    id: int
    made_at: str
    made_by: str
    release: str
    basis: str
    total: int
    limits: Limits
    posts: Mapping[str, Post]

    @property
    def held(self) -> dict[str, int]:
        """Ward code to the posts there now."""
        return {code: post.posts for code, post in self.posts.items()}


def plan(store: Store) -> Plan | None:
    """The plan in force; None where none was kept."""
    head = store.read.rows(
        "SELECT id, made_at, made_by, release, basis, total, floor, cap FROM officer_plan ORDER BY id DESC LIMIT 1"
    )
    if not head:
        return None
    columns = fields(head[0])
    query = (
        "SELECT id, ward_code, harm, need, share, proposed, posts FROM officer_post WHERE plan_id = :plan "
        "ORDER BY need DESC, ward_code"
    )
    posts = [from_row(Post, row) for row in store.read.rows(query, plan=columns["id"])]
    limits = Limits(columns.pop("floor"), columns.pop("cap"))
    return Plan(**columns, limits=limits, posts={post.ward_code: post for post in posts})


@dataclass(frozen=True)
class Proposed:
    """Posts placed in proportion to need, before anyone keeps them. ``wards`` are in the order of their need."""

    release: str
    months: tuple[str, ...]
    basis: str
    limits: Limits
    wards: tuple[WardFigures, ...]
    needs: Mapping[str, float]
    placed: Mapping[str, Place]


def proposed(
    found: WardParts,
    weights: Weights,
    basis: str,
    total: int = POSTS,
    limits: Limits | None = None,
    first: int | None = None,
) -> Proposed:
    """Place posts in the wards of a release; stores nothing.

    basis: ``harm`` or ``composite``, under the weights. first: only so many wards, those of the most need; every ward
    if None. Raises NotFound where the release has no ward, Refused where the limits do not leave room for the total.
    """
    ranked = weigh(found.wards, weights)
    every = {one.ward.ward_code: one.ward.harm if basis == "harm" else one.score for one in ranked}
    wards = sorted((one.ward for one in ranked), key=lambda ward: (-every[ward.ward_code], ward.ward_code))[:first]
    if not wards:
        raise NotFound(f"No ward has a count in release {found.release.name}; choose another with --release.")
    needs = {ward.ward_code: every[ward.ward_code] for ward in wards}
    within = limits or Limits()
    placed = proposal(needs, total, within)
    return Proposed(found.release.name, found.months, basis, within, tuple(wards), needs, placed)


def keep(
    store: Store,
    given: Proposed,
    made_by: str,
    meeting_id: int | None = None,
    by_hand: Mapping[str, int] | None = None,
) -> int:
    """Put a proposal in force; gives the number of the plan. Raises Conflict where the meeting is sealed.

    by_hand: ward code to posts, where they were moved already; a ward that is not in it has what was proposed.
    """
    moved = by_hand or {}
    total = sum(place.posts for place in given.placed.values())
    what = f"{counted(total, 'extra officer')} placed in {counted(len(given.wards), 'ward')}"
    with store.change(what, meeting=meeting_id) as writing:
        posts = {code: moved.get(code, place.posts) for code, place in given.placed.items()}
        if (now := plan(store)) is not None and _same(now, given, total, posts):
            all_or_none([Unfit("", f"The placing of {counted(total, 'post')} from {given.release}", "holds already")])
        number = writing.insert(
            "officer_plan",
            made_at=writing.now,
            made_by=made_by,
            release=given.release,
            basis=given.basis,
            total=total,
            floor=given.limits.floor,
            cap=given.limits.cap,
        )
        writing.insert_all("officer_post", [_post(number, ward, given, moved) for ward in given.wards])
    return number


def _same(now: Plan, given: Proposed, total: int, posts: Mapping[str, int]) -> bool:
    """Whether what is given is what holds: release, basis, limits, and the posts of every ward."""
    head = (given.release, given.basis, total, given.limits)
    return (now.release, now.basis, now.total, now.limits) == head and now.held == posts


def _post(plan_id: int, ward: WardFigures, given: Proposed, moved: Mapping[str, int]) -> dict[str, object]:
    """The row of one ward in a plan."""
    place = given.placed[ward.ward_code]
    return {
        "plan_id": plan_id,
        "ward_code": ward.ward_code,
        "harm": ward.harm,
        "need": given.needs[ward.ward_code],
        "share": round(place.share, 4),
        "proposed": place.posts,
        "posts": moved.get(ward.ward_code, place.posts),
    }


def move(store: Store, ward_code: str, change: int, meeting_id: int | None = None) -> tuple[Move, ...]:
    """Give a ward posts by hand, or take some if negative; gives what moved and at what cost.

    A ward that holds more than was proposed for it gives none: it was given them by hand. Raises NotFound without a
    plan, Refused where the limits do not allow the move, Conflict where the meeting is sealed.
    """
    with store.change("Move extra officers", meeting=meeting_id) as writing:
        now = plan(store)
        if now is None:
            raise NotFound("No plan of extra officers is kept yet. n places them.")
        harm = {code: post.harm for code, post in now.posts.items()}
        given = {code for code, post in now.posts.items() if post.posts > post.proposed}
        posts, moves = edited(now.held, harm, [Edit(ward_code, change)], now.limits, given)
        for code, post in now.posts.items():
            if posts[code] != post.posts:
                writing.update("officer_post", post.id, posts=posts[code])
        writing.says("; ".join(_moved(store, one) for one in moves))
    return moves


def _moved(store: Store, move: Move) -> str:
    return f"One extra officer moved from {name_of(store, move.source)} to {name_of(store, move.target)}"

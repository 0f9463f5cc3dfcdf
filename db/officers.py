"""The placing of the extra ward officers that is in force: kept, moved by hand one post at a time.

Rule (DOMAIN.md section 5, S2; ``core.officers``): the proposal is in proportion to need, exact in total as far
as the caps hold it; by hand, a post moves between two wards and what the move costs in harm is said. The latest
placement holds; older ones stay to be read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.applying import Unfit, all_or_none
from core.composite import WardFigures, weigh
from core.composite_weights import Weights
from core.errors import NotFound, Refused
from core.not_counted import NotCounted
from core.officers import ADOPTED, ALL, AMONG, POSTS, Edit, Limits, Move, Place, edited, placed_words, proposal
from core.text import counted, plain
from db.composite import WardParts, no_ward
from db.priority_wards import priority_wards
from db.report_counts import named as named_release
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
class Placement:
    """A placing: in proportion to what, among which wards, within which limits, from which release, by whom.

    total: the posts that were asked for. among: ``adopted`` or ``all``.
    """

    id: int
    made_at: str
    made_by: str
    release: str
    basis: str
    among: str
    total: int
    limits: Limits
    posts: Mapping[str, Post]

    @property
    def held(self) -> dict[str, int]:
        """Ward code to the posts there now."""
        return {code: post.posts for code, post in self.posts.items()}

    @property
    def words(self) -> str:
        """How many of the posts asked for are where, and what to do about those that the caps do not hold."""
        return placed_words(self.held, self.total, self.limits, self.among)


_IN_PRIORITY = " among priority wards"
"""What a kept placement says after its basis where it was placed among the adopted wards alone."""


def placement(store: Store) -> Placement | None:
    """The placement in force; None where none was kept."""
    head = store.read.rows(
        "SELECT id, made_at, made_by, release, basis, total, floor, cap FROM officer_plan ORDER BY id DESC LIMIT 1"
    )
    if not head:
        return None
    columns = fields(head[0])
    query = (
        "SELECT id, ward_code, harm, need, share, proposed, posts FROM officer_post WHERE plan_id = :placement "
        "ORDER BY need DESC, ward_code"
    )
    posts = [from_row(Post, row) for row in store.read.rows(query, placement=columns["id"])]
    limits = Limits(columns.pop("floor"), columns.pop("cap"))
    basis, among, _ = columns.pop("basis").partition(_IN_PRIORITY)
    return Placement(
        **columns,
        basis=basis,
        among=ADOPTED if among else ALL,
        limits=limits,
        posts={post.ward_code: post for post in posts},
    )


@dataclass(frozen=True)
class Proposed:
    """Posts placed in proportion to need, before anyone keeps them. ``wards`` are in the order of their need.

    among: ``adopted`` or ``all``. total: the posts that were asked for. cut: whether only the first so many wards were
    taken. caveats: what is to be said of the months. not_counted: what is left out of the numbers that the posts are in
    proportion to.
    """

    release: str
    months: tuple[str, ...]
    basis: str
    among: str
    total: int
    limits: Limits
    wards: tuple[WardFigures, ...]
    needs: Mapping[str, float]
    placed: Mapping[str, Place]
    cut: bool = False
    caveats: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()

    @property
    def posts(self) -> dict[str, int]:
        """Ward code to the posts that are proposed."""
        return {code: place.posts for code, place in self.placed.items()}


def adopted_in(store: Store, found: WardParts) -> list[str]:
    """The codes of the priority wards that a release counts."""
    counted_there = {one.figures.ward_code for one in found.wards}
    return [ward.ward_code for ward in priority_wards(store) if ward.ward_code in counted_there]


def without_count(store: Store, found: WardParts) -> str:
    """Which priority wards a release does not count, so that they get no post, in words; empty where it counts all."""
    inside = {*adopted_in(store, found)}
    outside = [ward.ward_code for ward in priority_wards(store) if ward.ward_code not in inside]
    if not outside:
        return ""
    what = f"{counted(len(outside), 'priority ward')} without a count in {named_release(found.release.name)}"
    return f"{what}, so without a post: {', '.join(name_of(store, code) for code in outside)}"


def among_of(store: Store, found: WardParts, asked: str | None = None) -> tuple[str, Collection[str] | None]:
    """Among which wards posts are placed, and their codes; None stands for every ward of the release.

    asked: ``adopted`` or ``all``; if None, the adopted wards where the release counts any, else all (DOMAIN.md section
    5: the extra officers are for priority wards). Raises Refused for other words, and for ``adopted`` where there is
    none.
    """
    if asked is not None and asked not in AMONG:
        raise Refused(f"'{plain(asked)}' is no choice of wards; use {' or '.join(AMONG)}.", "Not placed")
    codes = adopted_in(store, found) if asked != ALL else []
    if codes:
        return ADOPTED, codes
    if asked == ADOPTED:
        raise Refused(
            f"No ward of release {plain(found.release.name)} is adopted as a priority ward; adopt some in the list of "
            f"priority wards, or place among {ALL}.",
            "Not placed",
        )
    return ALL, None


def proposed(
    found: WardParts,
    weights: Weights,
    basis: str,
    total: int = POSTS,
    limits: Limits | None = None,
    first: int | None = None,
    within: Collection[str] | None = None,
) -> Proposed:
    """Place posts in the wards of a release; stores nothing.

    basis: ``harm`` or ``composite``, under the weights; a ward without a score has no need. within: the codes of the
    wards that may have posts, from :func:`among_of`; every ward if None. first: only so many of them, those of the most
    need. Posts that the caps do not hold are left over. Raises NotFound where the release has no ward, Refused where
    the floors take more than the total.
    """
    ranked = weigh(found.wards, weights)
    every = {one.ward.ward_code: one.ward.harm if basis == "harm" else one.score or 0.0 for one in ranked}
    every = {code: need for code, need in every.items() if within is None or code in within}
    inside = [one.ward for one in ranked if one.ward.ward_code in every]
    wards = sorted(inside, key=lambda ward: (-every[ward.ward_code], ward.ward_code))[:first]
    if not wards:
        raise no_ward(found)
    needs = {ward.ward_code: every[ward.ward_code] for ward in wards}
    limits = limits or Limits()
    return Proposed(
        release=found.release.name,
        months=found.months,
        basis=basis,
        among=ALL if within is None else ADOPTED,
        total=total,
        limits=limits,
        wards=tuple(wards),
        needs=needs,
        placed=proposal(needs, total, limits),
        cut=len(wards) < len(inside),
        caveats=found.caveats,
        not_counted=found.not_counted,
    )


def keep(
    store: Store,
    given: Proposed,
    made_by: str,
    meeting_id: int | None = None,
    by_hand: Mapping[str, int] | None = None,
) -> int:
    """Put a proposal in force; gives the number of the placement. Raises Conflict where the meeting is sealed.

    by_hand: ward code to posts, where they were moved already; a ward that is not in it has what was proposed.
    """
    moved = by_hand or {}
    placed = sum(given.posts.values())
    what = f"{counted(placed, 'extra officer')} placed in {counted(sum(map(bool, given.posts.values())), 'ward')}"
    with store.change(what, meeting=meeting_id) as writing:
        posts = {code: moved.get(code, place.posts) for code, place in given.placed.items()}
        if (now := placement(store)) is not None and _same(now, given, placed, posts):
            all_or_none([Unfit("", f"The placing of {counted(placed, 'post')} from {given.release}", "holds already")])
        number = writing.insert(
            "officer_plan",
            made_at=writing.now,
            made_by=made_by,
            release=given.release,
            basis=given.basis + (_IN_PRIORITY if given.among == ADOPTED else ""),
            total=given.total,
            floor=given.limits.floor,
            cap=given.limits.cap,
        )
        writing.insert_all("officer_post", [_post(number, ward, given, moved) for ward in given.wards])
    return number


def _same(now: Placement, given: Proposed, total: int, posts: Mapping[str, int]) -> bool:
    """Whether what is given is what holds: release, basis, limits, and the posts of every ward."""
    head = (given.release, given.basis, total, given.limits)
    return (now.release, now.basis, now.total, now.limits) == head and now.held == posts


def _post(plan_id: int, ward: WardFigures, given: Proposed, moved: Mapping[str, int]) -> dict[str, object]:
    """The row of one ward in a placement."""
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
    placement, Refused where the limits do not allow the move, Conflict where the meeting is sealed.
    """
    with store.change("Move extra officers", meeting=meeting_id) as writing:
        now = placement(store)
        if now is None:
            raise NotFound("No placement of extra officers is kept yet. n places them.")
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

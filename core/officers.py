"""Extra ward officers: a number of posts placed in wards by need, exact in total, and moved by hand.

Rule (DOMAIN.md section 5, S2): on top of two dedicated ward officers and one PCSO in every ward, 442 more officers may
be placed in priority wards. How is the chair's to decide; the proposal is proportional to need, with a floor and a cap
for every ward. What the caps do not hold is forced nowhere: it is left over, and that is said. Every ward gets its
share of the posts, held between its floor and its cap (what those take or leave is shared by the others), and what the
shares have behind the point goes by largest remainder; equal remainders go to the greater need, then to the ward code
that comes first. So a ward with more need never has fewer posts than another with the same limits, and never loses one
because its own need grew.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.errors import Refused
from core.text import counted


class WardRefused(Refused):
    """A ward's own need or limits do not allow it; whoever knows its name can say that in place of its code."""

    def __init__(self, ward_code: str, what: str, title: str) -> None:
        """*what* goes on after the ward: `` has 4 posts, its cap is 4.``."""
        super().__init__(f"Ward {ward_code}{what}", title)
        self.ward_code = ward_code
        self._what = what

    def named(self, ward: str) -> Refused:
        """The same with the name of the ward."""
        return Refused(f"{ward}{self._what}", self.title)


TEAM = "ward team: 2 dedicated ward officers, 1 PCSO"
"""Who is in every ward before extra posts are placed (DOMAIN.md section 5, S2)."""
POSTS = 442
"""Extra posts for London's priority wards (DOMAIN.md section 5, S2)."""
ADOPTED, ALL = "adopted", "all"
AMONG = (ADOPTED, ALL)
"""Among which wards posts are placed: those that are adopted as priorities, or every ward of the release."""


@dataclass(frozen=True)
class Limits:
    """The fewest and the most extra posts of a ward."""

    floor: int = 0
    cap: int = 4


@dataclass(frozen=True)
class Place:
    """One ward in a proposal: its share of the posts before whole posts were made of it, and its posts."""

    ward_code: str
    share: float
    posts: int


def proposal(
    needs: Mapping[str, float],
    total: int = POSTS,
    limits: Limits | None = None,
    own: Mapping[str, Limits] | None = None,
) -> dict[str, Place]:
    """Place posts in wards in proportion to their needs; fewer than asked for where the caps do not hold them all.

    needs: ward code to need, 0 or more, in any unit. limits: for every ward that has none of its own. Wards without any
    need share alike what is left when all others are at their caps. Raises Refused where a need is no such figure, a
    cap lies below its floor, or the floors take more than the total.
    """
    every = limits or Limits()
    within = {code: (own or {}).get(code, every) for code in sorted(needs)}
    _check(needs, total, within)
    total = min(total, sum(limit.cap for limit in within.values()))
    shares = _shares({code: Fraction(needs[code]) for code in within}, total, within)
    posts = {code: math.floor(share) for code, share in shares.items()}
    order = sorted(within, key=lambda code: (posts[code] - shares[code], -needs[code], code))
    for code in order[: total - sum(posts.values())]:
        posts[code] += 1
    return {code: Place(code, float(shares[code]), posts[code]) for code in within}


def _check(needs: Mapping[str, float], total: int, within: Mapping[str, Limits]) -> None:
    for code, need in needs.items():
        if not math.isfinite(need) or need < 0:
            raise WardRefused(code, f": '{need}' is no need of 0 or more.", "Not placed")
    for code, limit in within.items():
        if not 0 <= limit.floor <= limit.cap:
            raise WardRefused(
                code,
                f": a floor of {limit.floor} and a cap of {limit.cap} leave nothing between them; "
                "let the floor be 0 or more and not above the cap.",
                "Not placed",
            )
    least = sum(limit.floor for limit in within.values())
    if total < least:
        raise Refused(
            f"{counted(total, 'post')} will not fit: the floors of {counted(len(within), 'ward')} take {least:,}. "
            "Lower the floor, take fewer wards or place more posts.",
            "Not placed",
        )


def placed_words(posts: Mapping[str, int], total: int, limits: Limits, among: str, *, cut: bool = False) -> str:
    """How many of the posts asked for are placed where, and what to do about those that the caps do not hold.

    posts: ward code to posts. cut: whether only the first so many wards were taken.
    """
    kind = "priority ward" if among == ADOPTED else "ward"
    number, left = sum(posts.values()), total - sum(posts.values())
    if not left:
        held = sum(every > 0 for every in posts.values())
        wards = counted(held, kind) if held == len(posts) else f"{held:,} of {counted(len(posts), kind)}"
        return f"{number:,} of {total:,} placed in {wards}"
    do = ["raise the cap", *(["take more wards"] if cut else []), *(["adopt more"] if among == ADOPTED else [])]
    ways = " or ".join(do) if len(do) < 3 else f"{', '.join(do[:-1])} or {do[-1]}"
    return (
        f"{number:,} of {total:,} placed in {counted(len(posts), kind)} at {limits.cap:,} each; {left:,} left: {ways}"
    )


def _shares(needs: Mapping[str, Fraction], total: int, within: Mapping[str, Limits]) -> dict[str, Fraction]:
    """Shares that add up to the total exactly, each between floor and cap, in proportion to need where neither holds.

    Shares outside their limits are set to them, first on the side that is further out in sum, until none is.
    """
    found: dict[str, Fraction] = {}
    free = dict(needs)
    while free:
        left, every = total - sum(found.values()), sum(free.values())
        if not every:
            free, every = dict.fromkeys(free, Fraction(1)), Fraction(len(free))
        asked = {code: left * need / every for code, need in free.items()}
        held = {code: _between(share, within[code]) for code, share in asked.items()}
        out = sum(held.values()) - left
        for code, share in asked.items():
            too_low, too_high = share < held[code], share > held[code]
            if out == 0 or (out > 0 and too_low) or (out < 0 and too_high):
                found[code] = held[code]
                del free[code]
    return found


def _between(share: Fraction, limit: Limits) -> Fraction:
    return min(max(share, Fraction(limit.floor)), Fraction(limit.cap))


@dataclass(frozen=True)
class Move:
    """One post moved from a ward to another, and the days of harm that a post stood for there and stands for here."""

    source: str
    target: str
    given_up: float
    gained: float

    @property
    def cost(self) -> float:
        """Days of harm per officer given up by the move; below 0 where the move gains."""
        return self.given_up - self.gained


@dataclass(frozen=True)
class Edit:
    """A change of the posts of a ward by hand: more posts, or fewer if negative."""

    ward_code: str
    change: int


def edited(
    posts: Mapping[str, int],
    harm: Mapping[str, float],
    edits: Sequence[Edit],
    limits: Limits,
    keeping: Collection[str] = (),
) -> tuple[dict[str, int], tuple[Move, ...]]:
    """Move posts by hand; the total stays what it was.

    What a post stands for is the harm of its ward, in days, over the posts there. A post more comes from the ward where
    a post stands for the least harm, a post fewer goes where it will stand for the most; wards that are edited
    themselves neither give nor get, and those in *keeping* do not give. Raises Refused where a ward is not in the
    proposal, would pass its limits, or no other ward can give or take a post.
    """
    now, moves = dict(posts), []
    named = {edit.ward_code for edit in edits}
    for edit in edits:
        if edit.ward_code not in now:
            raise WardRefused(edit.ward_code, " is not among those that posts are placed in.", "Not moved")
        for _ in range(abs(edit.change)):
            moves.append(_move(now, harm, edit, limits, (named, {*named, *keeping})))
    return now, tuple(moves)


def _move(
    now: dict[str, int],
    harm: Mapping[str, float],
    edit: Edit,
    limits: Limits,
    left_alone: tuple[Collection[str], Collection[str]],
) -> Move:
    """Move one post; *left_alone* are the wards that get none and those that give none."""
    takers, givers = ([code for code in sorted(now) if code not in apart] for apart in left_alone)
    if edit.change > 0:
        target = edit.ward_code
        source = min(
            (code for code in givers if now[code] > limits.floor), key=lambda code: harm[code] / now[code], default=None
        )
        held, what = now[target] >= limits.cap, f" has {counted(now[target], 'post')}, its cap is {limits.cap}"
    else:
        source = edit.ward_code
        target = max(
            (code for code in takers if now[code] < limits.cap),
            key=lambda code: harm[code] / (now[code] + 1),
            default="",
        )
        held, what = now[source] <= limits.floor, f" has {counted(now[source], 'post')}, its floor is {limits.floor}"
    if held:
        raise WardRefused(edit.ward_code, f"{what}. Move the limit, or edit it by less.", "Not moved")
    if not source or not target:
        what = f": no other ward can {'give' if edit.change > 0 else 'take'} a post within the limits."
        raise WardRefused(edit.ward_code, f"{what} Move the limits, or edit fewer wards.", "Not moved")
    given_up = harm[source] / now[source]
    now[source] -= 1
    now[target] += 1
    return Move(source, target, given_up, harm[target] / now[target])

"""The effect of other weights on the composite, as places moved; nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence

from core.composite import Weighed, harm_held, most_harm_held, places_moved
from core.composite_weights import Weights
from core.text import counted, plain
from core.top import Shown
from tui.cli.common import print_table, say

FIRST = (10, 25, 50, 100)
"""For how many wards at the top it is said what they hold."""


def say_weights(weights: Weights) -> None:
    """Print whose weights these are, and the share of each part."""
    shares = ", ".join(f"{key} {100 * share:.0f}%" for key, share in weights.shares.items() if share)
    say(f"Weights: {plain(weights.name)}: {shares}.")
    if meant := weights.meant:
        say(f"{meant[0].upper()}{meant[1:]}.")


def show(
    ours: Weights, ranked: Sequence[Weighed], theirs: Weights, other: Sequence[Weighed], shown: Shown[Weighed]
) -> None:
    """Print some wards, in the order of the other weights, and how far all move."""
    before, moved = {one.ward.ward_code: one for one in ranked}, places_moved(ranked, other)
    rows = []
    for one in shown.rows:
        then = before[one.ward.ward_code]
        places = moved[one.ward.ward_code]
        rows.append(
            (
                one.rank,
                then.rank,
                f"{places:+d}" if places else "=",
                one.ward.ward_code,
                one.ward.ward,
                one.ward.borough,
                one.words,
                then.words,
                one.ward.harm_rank or "-",
                one.ward.count_rank,
            )
        )
    heads = ("rank", "now", "places", "code", "ward", "borough", "score", "now", "by harm", "by count")
    print_table(heads, rows, right=(0, 1, 2, 6, 7, 8, 9))
    if shown.more:
        say(f"{shown.words}.")
    say("Now:")
    say_weights(ours)
    say("Compared with; nothing is saved:")
    say_weights(theirs)
    still = sum(not places for places in moved.values())
    most = max((abs(places) for places in moved.values()), default=0)
    say(f"{counted(still, 'ward')} of {len(moved):,} stay where they are; the most is {counted(most, 'place')}.")
    for first in (first for first in FIRST if first <= len(ranked)):
        kept = len({o.ward.ward_code for o in ranked[:first]} & {o.ward.ward_code for o in other[:first]})
        say(
            f"The first {first}: {counted(first - kept, 'ward')} changed; they hold "
            f"{100 * harm_held(other, first):.1f}% of the harm, now {100 * harm_held(ranked, first):.1f}%, best "
            f"{100 * most_harm_held(ranked, first):.1f}%."
        )

"""Priority wards: those that are, the ones due for review first, then every other ward as the composite ranks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.composite import PARTS, Weighed, harm_held, weigh
from core.composite_weights import Weights
from core.days import day_of, uk
from core.rank_ranges import RankRange
from core.releases import dashed
from core.text import counted
from db import actions
from db.actions import Subject
from db.composite import WardParts, parts
from db.composite_weights import weights_of
from db.priority_wards import PriorityWard, priority_wards, put_forward
from db.rank_ranges import ranges_of
from db.wards import ranking
from tui.verb import verbs
from tui.views.base import View
from tui.views.ranked import short
from tui.views.registers import RegisterRow
from tui.views.source import Line, Lines, Record, Source
from tui.views.wards import ward_number
from tui.widgets.record_list import Cell, Column

_NARROW = {
    "harm": "harm", "rate": "rate", "trend": "trnd", "borough_share": "boro", "deprivation": "imd",
    "hot_violence": "hot", "repeat_victims": "rep", "ward_panel": "panl", "unsafe_places": "unsf",
}  # fmt: skip
"""What stands above the columns of the parts."""
_SHORT = {key: key.replace("_", " ") for key in PARTS}
_SHOWN = 0.05
"""What adds less than this to the score reads 0.0 and is not named."""
_COLUMNS = (
    Column("rank", "rank", 4, "right"),
    Column("state", "priority", 8),
    Column("review", "review", 8, "right"),
    Column("ward", "ward", 16, grow=True),
    Column("borough", "borough", 13, grow=True),
    Column("score", "score", 5, "right"),
    *(Column(key, _NARROW[key], 4, "right", priority=1) for key in PARTS),
    Column("by_harm", "hrm#", 4, "right"),
    Column("by_count", "cnt#", 4, "right"),
    Column("open", "act", 3, "right"),
)
_HELD = 50
"""Of how many wards the heading says what they hold."""


@dataclass(frozen=True)
class _Beside:
    """What stands beside the composite of every ward."""

    found: WardParts
    weights: Weights
    ranges: Mapping[str, RankRange]
    adopted: Mapping[str, PriorityWard]
    waiting: Mapping[str, int]
    today: int


class PriorityView(View):
    """The priority wards and the composite that proposes them."""

    DEFAULT_CSS = """
    PriorityView > .made-of { height: 3; }
    """

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No ward counts. Import a Met ward-level file: tasking import FILE."
    noun = "wards"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("adopt_ward", "review_ward", "drop_ward", "weights"),
        *verbs("why", "action", "decision"),
        *verbs("deploy", footer=False),
    ]

    def read(self) -> tuple[Source, str]:
        """The composite of the latest release under the weights in force."""
        store, today = self.session.store, day_of(self.session.as_of)
        weights, found = weights_of(store), parts(store)
        ranked = weigh(found.wards, weights)
        beside = _Beside(
            found=found,
            weights=weights,
            ranges=ranges_of(store, ranking(store)),
            adopted={one.ward_code: one for one in priority_wards(store)},
            waiting=actions.open_by_subject(store, "ward"),
            today=today,
        )
        ordered = sorted(ranked, key=lambda one: _turn(beside.adopted.get(one.ward.ward_code), today))
        lines = [_line(ward_number(one.ward.ward_code), one, beside) for one in ordered]
        return Lines(_COLUMNS, lines), _words(beside, ranked)


def _turn(adopted: PriorityWard | None, today: int) -> int:
    """Due for review, then the other priority wards, then the rest; each in the order of the composite."""
    return 2 if adopted is None else int(not adopted.due(today))


def _words(beside: _Beside, ranked: tuple[Weighed, ...]) -> str:
    adopted = beside.adopted.values()
    due = sum(one.due(beside.today) for one in adopted)
    months = beside.found.months
    span = f"{dashed(months[0])} to {dashed(months[-1])}" if months else "no months"
    first = min(_HELD, len(ranked))
    held = 100 * harm_held(ranked, first)
    return (
        f"{counted(len(adopted), 'priority ward')}, {due} due for review; composite {span}, "
        f"its first {first} hold {held:.0f}% of harm; weights: {beside.weights.name};"
    )


def _line(number: int, one: Weighed, beside: _Beside) -> Line:
    ward, adopted = one.ward, beside.adopted.get(one.ward.ward_code)
    due = adopted is not None and adopted.due(beside.today)
    waiting = beside.waiting.get(ward.ward_code, 0)
    state = "" if adopted is None else "DUE" if due else "priority"
    cells: tuple[Cell, ...] = (
        str(one.rank),
        Text(state, style="bold reverse" if due else ""),
        short(adopted.review_on) if adopted else "",
        ward.ward,
        ward.borough,
        f"{one.score:.1f}",
        *("?" if ward.values[key] is None else f"{one.adds[key]:.1f}" for key in PARTS),
        str(ward.harm_rank),
        str(ward.count_rank),
        str(waiting or ""),
    )
    values = (
        one.rank, state, adopted.review_on if adopted else None, ward.ward, ward.borough, one.score,
        *(None if ward.values[key] is None else one.adds[key] for key in PARTS),
        ward.harm_rank, ward.count_rank, waiting,
    )  # fmt: skip
    record = Record(
        Subject("ward", ward.ward_code, ward.ward),
        {"rank": str(one.rank), "score": f"{one.score:.1f}", "harm": f"{ward.harm:,g} d"},
        _made_of(one, adopted, beside.ranges.get(ward.ward_code)),
        detail=RegisterRow(put_forward(beside.found, beside.weights, one), entry=adopted.id if adopted else None),
    )
    return Line(number, cells, record, values)


def _made_of(one: Weighed, adopted: PriorityWard | None, span: RankRange | None) -> str:
    """Why it is a priority; what the score is made of, the heaviest part first; its harm."""
    parts = sorted(one.adds.items(), key=lambda part: -part[1])
    made = " + ".join(f"{_SHORT[key]} {add:.1f}" for key, add in parts if add >= _SHOWN)
    open_ranks = "" if span is None or span.settled else f", by harm between {span.best} and {span.worst}"
    words = f"{one.score:.1f} = {made}; {one.ward.harm:,.0f} d of harm{open_ranks}"
    if adopted is None:
        return words
    looked_at = f"; {adopted.reviews[0].sentence}" if adopted.reviews else ""
    return f"priority since {uk(adopted.since)}, {adopted.adopted_by}: {adopted.reason}{looked_at}; {words}"

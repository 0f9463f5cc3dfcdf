"""Priority wards: those that are, the ones due for review first, then every other ward as the composite ranks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.composite import PARTS, Weighed, harm_held, most_harm_held, settled, weigh
from core.composite_weights import Weights
from core.days import day_of, uk
from core.geography import Ward
from core.localities import NOWHERE, Locality, locality_of
from core.rank_ranges import RankRange
from core.releases import dashed
from core.text import counted, in_days
from db import actions
from db.actions import Subject
from db.composite import WardParts, parts
from db.composite_weights import weights_of
from db.not_counted import in_short
from db.priority_wards import PriorityWard, priority_wards, put_forward
from db.rank_ranges import ranges_of
from db.report_counts import REPORTS
from db.ward_map import ward_map
from db.wards import ranking, source_of
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.list_reading import Heading
from tui.views.localities import locality_columns
from tui.views.ranked import short
from tui.views.registers import RegisterRow
from tui.views.source import Lines, Record, Source
from tui.views.wards import ward_number
from tui.widgets.record_list import Column

_NARROW = {
    "harm": "harm", "rate": "rate", "trend": "trend", "borough_share": "borough", "deprivation": "deprived",
    "hot_violence": "hot", "repeat_victims": "repeats", "ward_panel": "panel", "unsafe_places": "unsafe",
}  # fmt: skip
"""What stands above the columns of the parts."""
_SHORT = {key: key.replace("_", " ") for key in PARTS}
_SHOWN = 0.005
"""What adds less than this to the score reads 0.00 and is not named."""
_HELD = 10
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
    wards: Mapping[str, Ward]

    def where(self, code: str) -> Locality:
        """The BCU and the borough of a ward on the ward map."""
        ward = self.wards.get(code)
        return NOWHERE if ward is None else Locality(ward.bcu, ward.borough)


@dataclass(frozen=True)
class _Row:
    """A ward as the composite ranks it, and what stands beside it.

    weighed: None for a priority ward that the release does not hold: it has no figures, and stays on the list.
    """

    code: str
    weighed: Weighed | None
    beside: _Beside

    @property
    def ward(self) -> str:
        """What it is called."""
        if self.weighed is not None:
            return self.weighed.ward.ward
        return self.adopted.ward if self.adopted is not None else self.code

    @property
    def where(self) -> Locality:
        """Its BCU and borough."""
        return locality_of(self.weighed.ward.borough) if self.weighed is not None else self.beside.where(self.code)

    @property
    def adopted(self) -> PriorityWard | None:
        """Its adoption, where it is a priority ward."""
        return self.beside.adopted.get(self.code)

    @property
    def due(self) -> bool:
        """Whether its review is due."""
        return self.adopted is not None and self.adopted.due(self.beside.today)

    @property
    def open_actions(self) -> int:
        """How many actions about it are open."""
        return self.beside.waiting.get(self.code, 0)

    def adds(self, part: str) -> float | None:
        """What a part adds to the score; None where nothing is known of it."""
        one = self.weighed
        return None if one is None or one.ward.values[part] is None else one.adds[part]


def _state(row: _Row) -> Text:
    words = "" if row.adopted is None else "DUE" if row.due else "priority"
    return Text(words, style=Meaning.DUE if row.due else "")


def _part(key: str) -> ListColumn[_Row]:
    def show(row: _Row) -> str:
        adds = row.adds(key)
        return "?" if adds is None else f"{adds:.2f}"

    title = _NARROW[key]
    return ListColumn(key, title, max(4, len(title)), "right", priority=2, show=show, sort=lambda row: row.adds(key))


def _figure(
    key: str, title: str, width: int, value: Callable[[Weighed], float | None], words: Callable[[Weighed], str],
    priority: int = 0,
) -> ListColumn[_Row]:  # fmt: skip
    """A column of a figure of the composite; a ward that the release does not hold has none."""

    def show(row: _Row) -> str:
        return "?" if row.weighed is None else words(row.weighed)

    def sort(row: _Row) -> float | None:
        return None if row.weighed is None else value(row.weighed)

    return ListColumn(key, title, width, "right", priority=priority, show=show, sort=sort)


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    _figure("rank", "rank", 4, lambda one: one.rank, lambda one: str(one.rank)),
    ListColumn("state", "priority", 8, show=_state, holds=PLAIN),
    ListColumn(
        "review", "review", 8, "right",
        show=lambda row: short(row.adopted.review_on) if row.adopted else "",
        sort=lambda row: row.adopted.review_on if row.adopted else None,
    ),
    ListColumn("ward", "ward", 16, grow=True, show=lambda row: row.ward, holds=PLAIN),
    *locality_columns(lambda row: row.where, grow=True, borough=0),
    _figure("score", "score", 5, lambda one: one.score, lambda one: one.words),
    *(_part(key) for key in PARTS),
    _figure("by_harm", "by harm", 7, lambda one: one.ward.harm_rank, lambda one: str(one.ward.harm_rank or "-")),
    _figure("by_count", "by count", 8, lambda one: one.ward.count_rank, lambda one: str(one.ward.count_rank), 1),
    ListColumn(
        "open", "open", 4, "right",
        show=lambda row: str(row.open_actions or ""), sort=lambda row: row.open_actions,
    ),
)  # fmt: skip


class PriorityView(View):
    """The priority wards and the composite that proposes them."""

    DEFAULT_CSS = """
    PriorityView .made-of { height: 3; }
    """

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Priority wards"
    empty = "No ward counts. Import a Met ward-level file: tasking import FILE."
    noun = "wards"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("adopt_ward", "review_ward", "drop_ward", "weights"),
        *verbs("why", "action", "decision"),
        *verbs("deploy", footer=False),
    ]

    def read(self) -> tuple[Source, Heading]:
        """The composite of the latest release under the weights in force."""
        store, today = self.session.store, day_of(self.session.as_of)
        found = parts(store, self.session.counted_from)
        weights = settled(found.wards, weights_of(store))
        ranked = weigh(found.wards, weights)
        beside = _Beside(
            found=found,
            weights=weights,
            ranges=ranges_of(store, ranking(store, name=self.session.counted_from)),
            adopted={one.ward_code: one for one in priority_wards(store)},
            waiting=actions.open_by_subject(store, "ward"),
            today=today,
            wards=ward_map(store),
        )
        rows = [_Row(weighed.ward.ward_code, weighed, beside) for weighed in ranked]
        held = {row.code for row in rows}
        rows += [_Row(code, None, beside) for code in beside.adopted if code not in held]
        rows.sort(key=_group)
        lines = Lines.of(_COLUMNS, rows, key=lambda row: ward_number(row.code), record=_record)
        due = {ward_number(row.code): row.due for row in rows if row.adopted is not None}
        words = _words(beside, ranked)

        def heading(keys: Sequence[int]) -> str:
            shown = [due[key] for key in keys if key in due]
            return f"{counted(len(shown), 'priority ward')}, {sum(shown)} due for review; {words}"

        return lines, heading


def _group(row: _Row) -> int:
    """Due for review, then the other priority wards, then the rest; each in the order of the composite."""
    return 2 if row.adopted is None else int(not row.due)


def _words(beside: _Beside, ranked: tuple[Weighed, ...]) -> str:
    months = beside.found.months
    span = f"{dashed(months[0])} to {dashed(months[-1])}" if months else "no months"
    caveats = f"{'; '.join(beside.found.caveats)}; " if beside.found.caveats else ""
    first = min(_HELD, len(ranked))
    held, most = 100 * harm_held(ranked, first), 100 * most_harm_held(ranked, first)
    meant = f"; {beside.weights.meant}" if beside.weights.meant else ""
    return (
        f"{caveats}first {first} hold {held:.1f}% of harm, best {most:.1f}%; composite {span}{_source(beside.found)}; "
        f"weights: {beside.weights.name.partition(':')[0]}{meant}{in_short(beside.found.not_counted)};"
    )


def _source(found: WardParts) -> str:
    """Says where the numbers are from, where that is not the published counts."""
    return " of crime reports" if source_of(found.release) == REPORTS else ""


def _record(row: _Row) -> Record:
    if row.weighed is None:
        return _not_held(row)
    weighed, ward, beside = row.weighed, row.weighed.ward, row.beside
    return Record(
        Subject("ward", row.code, ward.ward),
        {"rank": str(weighed.rank), "score": weighed.words, "harm": in_days(ward.harm)},
        _made_of(weighed, row.adopted, beside.ranges.get(row.code)),
        wall=_made_of(weighed, None, beside.ranges.get(row.code)),
        detail=RegisterRow(
            put_forward(beside.found, beside.weights, weighed), entry=row.adopted.id if row.adopted else None
        ),
        why="composite",
    )


def _not_held(row: _Row) -> Record:
    """A priority ward without figures: what was decided of it, and that the release does not hold it."""
    words = f"release {row.beside.found.release.name} does not hold this ward: its figures are unknown, not zero"
    if row.adopted is None:
        return Record(Subject("ward", row.code, row.ward), {}, words, wall=words)
    return Record(
        Subject("ward", row.code, row.ward),
        {},
        f"{_adopted(row.adopted)}; {words}",
        wall=words,
        detail=RegisterRow(entry=row.adopted.id),
        why="journal",
        rows=(("priority_ward", row.adopted.id),),
    )


def _adopted(adopted: PriorityWard) -> str:
    looked_at = f"; {adopted.reviews[0].sentence}" if adopted.reviews else ""
    return f"priority since {uk(adopted.since)}, {adopted.adopted_by}: {adopted.reason}{looked_at}"


def _made_of(one: Weighed, adopted: PriorityWard | None, span: RankRange | None) -> str:
    """Why it is a priority; what the score is made of, the heaviest part first; its harm."""
    parts = sorted(one.adds.items(), key=lambda part: -part[1])
    made = " + ".join(_adds(one, key, add) for key, add in parts if add >= _SHOWN)
    open_ranks = "" if span is None or span.settled else f", by harm between {span.best} and {span.worst}"
    words = f"{in_days(one.ward.harm, ',.0f')} of harm{open_ranks}; {one.words} x the average ward = {made}"
    return words if adopted is None else f"{_adopted(adopted)}; {words}"


def _adds(one: Weighed, key: str, add: float) -> str:
    """What a part adds; where it is capped, how many times the average ward it is, and how many count."""
    if not one.capped(key):
        return f"{_SHORT[key]} {add:.2f}"
    return f"{_SHORT[key]} {add:.2f} ({one.times[key]:.1f}x, cap {one.ratios[key]:g})"

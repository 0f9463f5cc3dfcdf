"""Why is a ward a priority by the composite: each part with its figure, London's, what it counts and what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.composite import PARTS, Weighed, london, settled, weigh
from core.composite_scales import scales
from core.composite_weights import Weights
from core.errors import NotFound
from core.text import signed
from db.actions import Subject
from db.composite import parts
from db.composite_weights import weights_of
from db.part_sources import part_sources
from tui.views.column import PLAIN, ListColumn
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source
from tui.views.why import AboutSubjectView
from tui.widgets.record_list import Column

_UNKNOWN = "?"


@dataclass(frozen=True)
class _Row:
    """One part of the score of a ward.

    value, mean: its figure and that of the average ward of London. weight: its share of the weights of the parts that
    are known here, 0 to 1, None where it is unknown and its weight dropped. sources: where the figure was read.
    """

    number: int
    key: str
    value: float | None
    mean: float | None
    times: float | None
    counts: float | None
    weight: float | None
    adds: float
    sources: str

    @property
    def capped(self) -> bool:
        """Whether it counts for less than it is."""
        return self.times != self.counts

    @property
    def ratio(self) -> str:
        """How many times the average ward it is; with what counts of it where it is capped."""
        if self.times is None:
            return _UNKNOWN
        return f"{self.times:.2f}" if not self.capped else f"{self.times:.2f} cap {scales()[self.key].cap:g}"

    @property
    def words(self) -> str:
        """The part in a sentence that can be read aloud."""
        part = PARTS[self.key]
        if self.value is None:
            return f"{part.head}: {part.missing}, so its weight is dropped here"
        counts = _UNKNOWN if self.times is None else f"{self.times:.2f} times"
        counts += f", counted as {self.counts:g}" if self.capped else ""
        share = "beside, weight 0" if not self.weight else f"x weight {100 * self.weight:.1f}% adds {self.adds:.2f}"
        return f"{part.head} {_figure(self.key, self.value)}, London {_figure(self.key, self.mean)}: {counts}, {share}"


def _figure(key: str, value: float | None) -> str:
    """A figure as its part is told: whole days of harm, a change with its sign, else one or two places."""
    if value is None:
        return _UNKNOWN
    if key == "trend":
        return signed(value, ",.1f")
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}"


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("part", "part", 14, show=lambda row: PARTS[row.key].head, holds=PLAIN),
    ListColumn(
        "value", "this ward", 9, "right", show=lambda row: _figure(row.key, row.value), sort=lambda row: row.value
    ),
    ListColumn(
        "mean", "London", 9, "right", show=lambda row: _figure(row.key, row.mean), sort=lambda row: row.mean
    ),
    ListColumn("times", "times", 11, "right", show=lambda row: row.ratio, sort=lambda row: row.times),
    ListColumn(
        "weight", "weight", 7, "right",
        show=lambda row: "dropped" if row.weight is None else f"{100 * row.weight:.1f}%", sort=lambda row: row.weight,
    ),
    ListColumn("adds", "adds", 5, "right", show=lambda row: f"{row.adds:.2f}", sort=lambda row: row.adds),
    ListColumn(SOURCE, "file:line", 12, grow=True, show=lambda row: row.sources or "none"),
)  # fmt: skip


class PartsView(AboutSubjectView):
    """The parts of one ward's score, in the order of the weights."""

    DEFAULT_CSS = """
    PartsView .made-of { height: 4; }
    """
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "The release does not hold this ward."
    noun = "parts"

    def read(self) -> tuple[Source, str]:
        """The parts as they are weighed now. Raises NotFound where the release does not hold the ward."""
        store, code = self.session.store, self.subject.ref
        found = parts(store)
        weights = settled(found.wards, weights_of(store))
        weighed = next((one for one in weigh(found.wards, weights) if one.ward.ward_code == code), None)
        if weighed is None:
            raise NotFound(f"Release {found.release.name} does not hold this ward, so it has no score.")
        rows = _rows(weighed, weights, london(found.wards), part_sources(store, found, code))
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)
        sums = f"{weighed.words} times the average ward, rank {weighed.rank} of {len(found.wards):,}"
        return lines, f"{sums} = what its parts add ({weights.name}; release {found.release.name});"


def _rows(
    weighed: Weighed, weights: Weights, means: Mapping[str, float | None], sources: Mapping[str, str]
) -> list[_Row]:
    values = weighed.ward.shown
    known = sum(weight for key, weight in weights.parts.items() if values[key] is not None)
    return [
        _Row(
            number=number,
            key=key,
            value=values[key],
            mean=means[key],
            times=weighed.times[key],
            counts=weighed.ratios[key],
            weight=None if values[key] is None else weights.parts[key] / known if known else 0.0,
            adds=weighed.adds[key],
            sources=sources[key],
        )
        for number, key in enumerate(PARTS, 1)
    ]


def _record(row: _Row) -> Record:
    made_of = f"{row.words}; {PARTS[row.key].meaning}; {row.sources or 'no line of any file'}"
    return Record(Subject("part", row.key, PARTS[row.key].head), {}, made_of, wall=made_of)

"""Why is an incident here: the lines of files that tell of it, and what meetings wrote down of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.days import london
from core.incident_series import Proposed
from core.incidents import COUNTED
from core.text import plain, spans
from db import incident_marks, incidents, night, trail
from db.actions import Subject
from db.incidents import LineOf
from db.night import LikeSpan
from db.store import Store
from tui.night_shown import behind, how_many_of, who_is_hidden
from tui.views.column import PLAIN, ListColumn
from tui.views.counts import CountOf
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source, details
from tui.views.why import AboutView
from tui.wall import HIDDEN
from tui.widgets.record_list import Column

_DECIDED, _USUAL = "decided", "usual"
NOT_READ = "none"
"""What stands for what was read in no file: a span in which nothing counted, a table that ships."""


@dataclass(frozen=True)
class _Row:
    """A line of a file or an entry of the journal. wall: what of the words may stand on a wall."""

    number: int
    ref: str
    kind: str
    words: str
    wall: str
    source: str


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("incident", "incident", 12, show=lambda row: row.ref, holds=PLAIN),
    ListColumn("kind", "what", 8, show=lambda row: row.kind, holds=PLAIN),
    ListColumn("words", "words", 24, grow=True, show=lambda row: row.words, instead=lambda row: row.wall),
    ListColumn(SOURCE, "from", 24, grow=True, inside=True, show=lambda row: plain(row.source)),
)


class IncidentView(AboutView):
    """Every line that tells of an incident, or of those that may be a series; then what meetings said of them."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No line of a file tells of this incident any longer."
    noun = "lines and entries"
    singular = "line"

    def read(self) -> tuple[Source, str]:
        """The lines in the order of their files, then the entries of the journal."""
        store = self.session.store
        series = details([self.about], Proposed)
        refs = series[0].refs if series else (self.subject.ref,)
        found = [_line(one) for one in incidents.lines_of(store, refs)]
        for ref in refs:
            for entry in trail.written(store, incident_marks.rows_of(store, [ref])):
                found.append((ref, _DECIDED, f"{entry.what} ({entry.who})", HIDDEN, entry.source))
        return _lines(found), f"{', '.join(refs)}:"


class CountView(AboutView):
    """Every line that a count of a night is made of; then each span before that its usual range is made of."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "Nothing was counted, and nothing is usual."
    noun = "lines and spans"
    singular = "line"

    def read(self) -> tuple[Source, str]:
        """The lines of what was counted, then the spans, the latest first, each with the lines that counted in it."""
        store = self.session.store
        [about] = details([self.about], CountOf)
        seen, count = about.seen, about.count
        found = [_line(one) for one in incidents.lines_of(store, [one.ref for one in behind(seen, count.kind)])]
        like = night.like_spans(store, seen, count.kind)
        found += [_span(store, count.kind, one) for one in like]
        if not like:
            found.append(("-", _USUAL, count.basis, count.basis, NOT_READ))
        words = count.told(how_many_of(count.kind, count.observed))
        return _lines(found), f"{COUNTED[count.kind]}: {words}, {count.basis}:"


def _span(store: Store, kind: str, one: LikeSpan) -> tuple[str, str, str, str, str]:
    """A span before: how many counted in it, and where they stand."""
    lines: dict[str, list[int]] = {}
    for line in incidents.lines_of(store, () if who_is_hidden(kind) else one.refs):
        if line.stands:
            lines.setdefault(line.source.file, []).append(line.source.line)
    ends = "; ".join(f"{file}:{spans(sorted(numbers))}" for file, numbers in lines.items())
    since, until = london(one.span.since), london(one.span.until)
    words = f"{how_many_of(kind, one.counted)}: {since:%a %d/%m/%Y %H:%M} to {until:%a %d/%m %H:%M}"
    return "-", _USUAL, words, words, ends or NOT_READ


def _lines(found: Sequence[tuple[str, str, str, str, str]]) -> Lines:
    rows = [_Row(number, *row) for number, row in enumerate(found, 1)]
    return Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)


def _line(one: LineOf) -> tuple[str, str, str, str, str]:
    words = "as it stands" if one.stands else "replaced by a later line"
    source = f"{one.source.file}:{one.source.line}"
    return one.ref, "report" if one.reported else "incident", words, words, source


def _record(row: _Row) -> Record:
    about = Subject("behind", str(row.number), row.kind)
    ends = plain(row.source)
    return Record(about, {}, f"{row.ref}: {row.words}; {ends}", wall=f"{row.ref}: {row.wall}; {ends}")

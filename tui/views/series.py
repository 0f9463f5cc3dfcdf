"""Incidents that may be a series: proposed with a reason, and accepted by a person; then those that were accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from core.incident_series import Proposed
from db import incident_series
from db.actions import Subject
from db.incident_series import Series
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, WORDS, ListColumn
from tui.views.night import night_seen
from tui.views.source import Lines, Record, Source, lasting
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A series: proposed, or accepted by someone."""

    state: str
    refs: tuple[str, ...]
    reason: str
    by: str
    record: Record


_PROPOSED = "proposed"
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "state", "state", 8, show=lambda row: row.state, holds=PLAIN,
        means=lambda row: Meaning.DUE if row.state == _PROPOSED else Meaning.DONE,
    ),
    ListColumn("many", "incidents", 9, "right", show=lambda row: str(len(row.refs)), sort=lambda row: len(row.refs)),
    ListColumn("refs", "which", 16, grow=True, show=lambda row: ", ".join(row.refs), holds=PLAIN),
    ListColumn("reason", "why", 20, grow=True, show=lambda row: row.reason, holds=PLAIN),
    ListColumn("by", "by", 8, priority=1, show=lambda row: row.by, holds=WORDS),
)  # fmt: skip


class SeriesView(View):
    """What may be a series with an incident of the night, then every series that was accepted."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Series"
    empty = "No incident of the night looks like one of a series."
    noun = "series"
    scoped_by_place = False
    singular = "series"
    BINDINGS: ClassVar[list[BindingType]] = verbs("accept_series", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The series of the night that is looked at."""
        session = self.session
        seen = night_seen(session)
        proposed = incident_series.proposals(session.store, seen.night, session.looks_at, seen.incidents)
        accepted = incident_series.accepted(session.store)
        rows = list(_rows(proposed, accepted))
        words = f"Incidents that may belong together: {len(proposed)} proposed, {len(accepted)} accepted"
        return Lines.of(_COLUMNS, rows, key=lambda row: lasting(*row.refs), record=lambda row: row.record), words


def _rows(proposed: list[Proposed], accepted: list[Series]) -> Iterator[_Row]:
    for one in proposed:
        words = f"Possible series: {', '.join(one.refs)}: {one.reason}. A accepts it."
        about = Subject("series", "|".join(one.refs), ", ".join(one.refs))
        record = Record(about, {"reason": one.reason}, words, detail=one, wall=words, why="incident")
        yield _Row(_PROPOSED, one.refs, one.reason, "", record)
    for held in accepted:
        words = f"{', '.join(held.refs)}: {held.reason}; accepted by {held.accepted_by}"
        words += f" on {london(held.accepted_at):%d/%m %H:%M}"
        wall = f"{', '.join(held.refs)}: {held.reason}"
        about = Subject("series", str(held.id), f"Series {held.id}")
        record = Record(about, {"reason": held.reason}, words, wall=wall, rows=(("incident_series", held.id),))
        yield _Row("accepted", held.refs, held.reason, held.accepted_by, record)

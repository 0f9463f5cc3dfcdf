"""The night: what happened since the last meeting, by incident; who owns it, and what is unusual in the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import day_of, london, named_day, uk, uk_moment
from core.errors import Problem
from core.incidents import (
    GUN_CRIME,
    HIGH_RISK_DA,
    HIGH_RISK_MISSING,
    HOMICIDE,
    KINDS,
    KNIFE_CRIME,
    ROBBERY,
    SERIOUS_ASSAULT,
    SERIOUS_SEXUAL,
    SHOOTING,
    STABBING,
    WITHIN,
    YOUNG,
)
from core.localities import Locality
from core.scope import WHOLE_FORCE, Scope
from core.text import counted, plain
from core.usual import Usual
from db import night
from db.actions import Subject
from db.deployments import DeploymentView, holds_units
from db.incidents import OUTSTANDING, Incident
from db.naming import people_named
from db.night import Seen
from db.patrols import around, stand_of
from db.store import Store
from db.templates import template
from db.ward_map import name_of
from tui.means import Meaning
from tui.night_shown import age_in_cell, aged, how_many_of
from tui.session import Session
from tui.verb import verbs
from tui.views.actions import owner_on_a_wall
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source, lasting
from tui.widgets.record_list import Column

NOBODY = "nobody"
CRITICAL = "! "
"""What stands before the kind of what was declared a critical incident."""
_GROUPS = ("unowned", "owned", "late")
"""The groups of the list, in their order."""
_MEANS = dict(zip(_GROUPS, (Meaning.MISSING, Meaning.DONE, Meaning.DUE), strict=True))
_SHORT = {
    SERIOUS_ASSAULT: "Assault", SERIOUS_SEXUAL: "Sexual", HIGH_RISK_DA: "High-risk DA", HIGH_RISK_MISSING: "Missing",
}  # fmt: skip
"""Kinds whose first letters do not tell them apart, as a list says them; its filter finds them by their whole names."""
_IN_HEAD = (HOMICIDE, SHOOTING, STABBING, YOUNG, GUN_CRIME, KNIFE_CRIME, ROBBERY)
"""What the head counts always; the other counts stand in it where they are outside what is usual."""
_WITH_USUAL = (STABBING, KNIFE_CRIME)
"""The counts that have what is usual beside them always; the others where they are outside it."""
_HEADS = {YOUNG: "under 25"}


@dataclass(frozen=True)
class _Row:
    """One incident with what the columns show of it."""

    ref: str
    group: str
    kind: str
    named: str
    when: str
    at: float
    ward: str
    place: Locality
    victim: str
    suspect: str
    owner: str
    remark: str
    record: Record


def _columns(scope: Scope) -> tuple[ListColumn[_Row], ...]:
    """The columns. Where all lie in one BCU, it goes first in a narrow list."""
    return (
        ListColumn(
            "group", "group", 7, show=lambda row: row.group, sort=lambda row: _GROUPS.index(row.group), holds=PLAIN,
            means=lambda row: _MEANS[row.group],
        ),
        ListColumn("kind", "kind", 11, show=lambda row: row.kind, holds=PLAIN, found_by=lambda row: row.named),
        ListColumn("when", "when", 11, "right", show=lambda row: row.when, sort=lambda row: row.at),
        ListColumn("ward", "ward", 10, grow=True, show=lambda row: row.ward, holds=PLAIN),
        *locality_columns(lambda row: row.place, bcu=0 if scope.is_force else 3, borough=2),
        ListColumn("victim", "victim", 10, grow=True, show=lambda row: row.victim, holds=PLAIN),
        ListColumn(
            "suspect", "suspect", 11, show=lambda row: row.suspect, holds=PLAIN,
            means=lambda row: Meaning.AT_LARGE if row.suspect == OUTSTANDING else None,
        ),
        ListColumn(
            "owner", "owner", 11, grow=True, show=lambda row: row.owner or NOBODY,
            instead=lambda row: owner_on_a_wall(row.owner) or NOBODY,
            means=lambda row: None if row.owner else Meaning.MISSING,
        ),
        ListColumn("remark", "remark", 12, priority=1, show=lambda row: row.remark, holds=PLAIN),
    )  # fmt: skip


class NightView(View):
    """The incidents of a night: without an owner first, late ones in a group of their own."""

    columns: ClassVar[tuple[Column, ...]] = _columns(WHOLE_FORCE)
    title = "The night"
    empty = "No violent incident became known since then."
    noun = "incidents"
    scoped_by_place = False
    BINDINGS: ClassVar[list[BindingType]] = verbs("own", "critical", "send", "action", "decision", "why")

    def read(self) -> tuple[Source, str]:
        """The night of the meeting as it stands, in the scope that is looked at."""
        seen = night_seen(self.session)
        self.empty = nothing_known(seen)
        self.loud = tuple(_counted(one) for one in seen.usual if one.outside)
        now = self.session.now()
        sent = around(self.session.store, now)
        turns = (moment for one in sent for moment in (one.starts, one.until) if moment is not None and moment > now)
        self.changes_at = min(turns, default=None)
        rows = list(_rows(self.session.store, seen, sent))
        lines = Lines.of(_columns(seen.scope), rows, key=lambda row: lasting(row.ref), record=lambda row: row.record)
        return lines, heading(seen)


def night_seen(session: Session) -> Seen:
    """The night that a sitting looks at. Raises Problem where its store can know none."""
    store = session.store
    if why := night.knows_no_night(store):
        raise Problem(why, "No night is known")
    kind, held = session.kind or "daily", session.meeting
    looks_back = (held.agenda if held else template(store.path, kind)).looks_back
    span = night.of_meeting(store, kind, session.scope, session.as_of, session.now(), looks_back)
    return night.seen(store, span, session.looks_at)


def heading(seen: Seen) -> str:
    """What a chair reads out: the span, the counts with what is usual, and how many nobody owns."""
    nobody = sum(not one.owner for one in seen.incidents)
    of = "" if seen.scope.is_force else f"{seen.scope.name} "
    shown = [one for one in seen.usual if one.kind in _IN_HEAD or one.outside]
    counts = [_counted(one) for one in shown if one.observed or one.outside]
    zero = {one.kind: _named(one) for one in shown if not (one.observed or one.outside or one.kind in seen.untold)}
    if not seen.told:
        counts.append("the rest not known" if counts else "not known")
    elif none := [name for kind, name in zero.items() if WITHIN.get(kind) not in zero]:
        counts.append(f"no {', '.join(none)}")
    if seen.told and (unknown := [_named(one) for one in seen.usual if one.kind in seen.untold]):
        counts.append(f"not known: {', '.join(unknown)}")
    usual = "" if not seen.told or any(one.outside for one in seen.usual) else "; nothing unusual"
    share = f" {seen.share.short}" if seen.share else ""
    out = sum(one.suspect == OUTSTANDING for one in seen.incidents)
    who = f" {nobody:,} unowned, {out:,} outstanding." if seen.told or seen.incidents else ""
    return f"{of}since {since_words(seen)}: {', '.join(counts)}{usual}.{who}{share}{_gaps(seen)}"


def nothing_known(seen: Seen) -> str:
    """What a list of a night says where it holds nothing: that nothing happened, only where the files can tell."""
    if seen.told:
        return NightView.empty
    last = f"The last file of reports or incidents came in on {uk_moment(seen.covered)}"
    return f"{last}: what happened after it is not known. Import a newer one."


def since_words(seen: Seen) -> str:
    """When a night began, as a chair says it: ``Sat 28/11 10:00``."""
    since = london(seen.night.since)
    return f"{named_day(day_of(since.date()), day_of(london(seen.night.until).date()))} {since:%H:%M}"


def _gaps(seen: Seen) -> str:
    """What is not known of the night, in short; the report says each in a sentence."""
    until = f" Files end {london(seen.covered):%d/%m %H:%M}." if seen.covered < seen.night.until else ""
    lacking = ", ".join(f"{word} {many:,}" for word, many in seen.lacking)
    return f"{until} Blank: {lacking}." if lacking else until


def _named(one: Usual) -> str:
    return _HEADS.get(one.kind, one.kind.replace("-", " "))


def _counted(one: Usual) -> str:
    name, many = _named(one), how_many_of(one.kind, one.observed)
    if one.low is None or not (one.outside or one.kind in _WITH_USUAL):
        return f"{name} {many}"
    return f"{name} {many} ({one.outside or 'usual'} {one.low:,}-{one.high:,})"


def _rows(store: Store, seen: Seen, sent: Iterable[DeploymentView]) -> Iterator[_Row]:
    """The incidents by their group. sent: the deployments of the days around, which each ward tells its own of."""
    by_ward: dict[str, list[DeploymentView]] = {}
    for each in sent:
        by_ward.setdefault(each.ward_code, []).append(each)
    known = holds_units(store)
    found = sorted(seen.incidents, key=lambda one: _GROUPS.index(_group(one)))
    names = people_named(store, [ref for one in found for ref in one.people])
    year = london(seen.night.until).year
    for one in found:
        ward = name_of(store, one.ward_code) if one.ward_code else "not known"
        units = stand_of(by_ward.get(one.ward_code, ())).words or "none on or planned"
        there = f"units there: {units}" if known and one.ward_code else ""
        people = [Subject("person", ref, names.get(ref, ref)) for ref in one.people]
        yield _incident_row(one, _when(one, year), ward, there, people)


def _group(one: Incident) -> str:
    return "late" if one.late else "owned" if one.owner else "unowned"


def subject_of(one: Incident) -> Subject:
    """What verbs call an incident."""
    return Subject("incident", one.ref, f"{KINDS[one.kind]} {one.ref}")


def _when(one: Incident, year: int) -> tuple[str, str]:
    """When it was, for a cell and in full. An incident that became known late may be of another year than the night."""
    day = uk(one.day)
    full = day if one.at is None else f"{day} {one.at:%H:%M}"
    short = full.replace(day, day[:5])
    return (short, short) if day.endswith(f"{year}") else (day, full)


def _incident_row(one: Incident, when: tuple[str, str], ward: str, units: str, people: Sequence[Subject]) -> _Row:
    remarks = (
        f"was {one.changed_from}" if one.changed_from else "",
        "critical" if one.mark.critical_by else "",
        "no crime report" if one.reported_on is None else "",
    )
    short, full = when
    return _Row(
        one.ref,
        _group(one),
        f"{CRITICAL if one.mark.critical_by else ''}{_SHORT.get(one.kind, KINDS[one.kind])}",
        KINDS[one.kind],
        short,
        one.day * 1440 + one.minute,
        ward,
        one.place,
        f"{age_in_cell(one)} {one.injury or '?'}",
        one.suspect or "?",
        one.owner,
        ", ".join(words for words in remarks if words),
        _record(one, ward, full, units, people),
    )


def _record(one: Incident, ward: str, when: str, units: str, people: Sequence[Subject]) -> Record:
    age = aged(one)
    who = f": {', '.join(map(_who, people))}" if people else ""
    mark = one.mark
    critical = ""
    if mark.critical_at is not None:
        critical = _declared(mark.critical_by, mark.critical_reason, f"{london(mark.critical_at):%d/%m %H:%M}")
    first = f"{KINDS[one.kind]} {one.ref}: {when} in {ward}"
    suspect = f"suspect {one.suspect}" if one.suspect else "suspect not told"
    hurt = (
        f"victim {age}, {one.condition or 'injury not told'}",
        counted(one.victims, "victim") if one.victims > 1 else "",
        one.weapon or "weapon not told",
        f"was {one.changed_from} before" if one.changed_from else "",
        units,
    )
    reported = (one.offence, "" if one.reported_on is None else f"reported {uk(one.reported_on)}")
    written = (
        critical,
        f"linked to {', '.join(one.linked)}" if one.linked else "",
        one.features,
        one.note,
        *(f"{plain(source.file)}:{source.line:,}" for source in one.sources),
    )
    # Who is to be found, and whose it is, come first: a low screen cuts the end of the line.
    made_of = _joined(first, f"{suspect}{who}", f"owner {one.owner or NOBODY}", *hurt, *reported, *written)
    wall = _joined(first, suspect, *hurt, *reported)
    facts = {
        "kind": KINDS[one.kind], "when": when, "ward": ward, "victim": f"{age}, {one.injury or 'injury not told'}",
        "suspect": one.suspect or "not told", "owner": one.owner or NOBODY,
    }  # fmt: skip
    opens = Subject("ward", one.ward_code, ward) if one.ward_code else None
    if people:
        opens = people[0]
    return Record(subject_of(one), facts, made_of, opens=opens, detail=one, wall=wall, named=tuple(people[1:]))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _who(person: Subject) -> str:
    """A person by name and reference; by reference alone where the extract has no name."""
    return person.ref if person.label == person.ref else f"{person.label} {person.ref}"


def _declared(by: str, reason: str, at: str) -> str:
    return f"declared a critical incident by {by} at {at}: {reason}"

"""What the briefing report says of the night: headline, incidents by kind and BCU, changes, tension, what is due.

A report is read out by someone who was not there: each table says what it lacks, and abbreviations are spelt out once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.actions import Rag
from core.activity import UNKNOWN
from core.days import london, uk
from core.incidents import COUNTED, KINDS, age_band
from core.localities import NOWHERE
from core.minutes import Table
from core.scope import Scope, scope_of
from core.text import counted
from db import activity, incident_series, incidents, night
from db.actions import ActionView
from db.incidents import OUTSTANDING, Incident, how_many
from db.meetings import MeetingView
from db.night import Seen
from db.store import Store
from db.tension import TensionNote
from db.ward_map import name_of

ABBREVIATIONS = (
    "BCU: basic command unit. DA: domestic abuse. RAG: red, amber, green. VCTF: Violent Crime Task Force. "
    "V100: the ranked list of those named for violence against women and girls."
)


def tables(store: Store, meeting: MeetingView, now: datetime) -> tuple[list[Table], tuple[str, ...]]:
    """The tables of the night as the report has them, and the sentences on what is not known of it."""
    title = "What happened"
    if why := night.knows_no_night(store):
        return [Table(title, (), (), why)], ()
    scope = scope_of(meeting.scope)
    looks_back = meeting.agenda.looks_back
    span = night.of_meeting(store, meeting.kind, scope, meeting.as_of, now, looks_back)
    seen = night.seen(store, span, scope)
    changed = [one for one in seen.incidents if one.late or one.changed_from]
    made = [
        Table("Headline", ("What", "How many"), _headline(seen)),
        _by_kind(seen),
        _incidents(store, f"Incidents of {scope.label}", [one for one in seen.incidents if not one.late]),
        _incidents(store, "Late, or changed since this span began", changed),
        _tension(seen.tension),
        _series(store, scope),
    ]  # fmt: skip
    return made, (*((seen.share.words,) if seen.share else ()), *seen.gaps)


def _headline(seen: Seen) -> list[tuple[str, str]]:
    span, found = seen.night, [one for one in seen.incidents if not one.late]
    late = sum(one.late for one in seen.incidents)
    unusual = [f"{COUNTED[one.kind]}: {one.words}, {one.outside}" for one in seen.usual if one.outside]
    return [
        ("From", f"{london(span.since):%d/%m/%Y %H:%M}"),
        ("Until", f"{london(span.until):%d/%m/%Y %H:%M} ({counted(round(span.hours, 1), 'hour')})"),
        ("Incidents", f"{seen.figure(len(found), f'{len(found):,}')}, and {late:,} that became known late"),
        ("Outside what is usual", "; ".join(unusual) or "nothing, of what a usual range is known for"),
        ("Suspect outstanding", str(sum(one.suspect == OUTSTANDING for one in seen.incidents))),
        ("Owned by nobody", str(sum(not one.owner for one in seen.incidents))),
        ("Declared critical", str(sum(bool(one.mark.critical_by) for one in seen.incidents))),
    ]


def _by_kind(seen: Seen) -> Table:
    bcus = list(seen.scope.bcus) or ([seen.scope.bcu] if seen.scope.bcu else [])
    rows = []
    for one in seen.usual:
        there = [how_many(one.kind, seen.counted_as(one.kind, bcu)) for bcu in bcus]
        cells = [seen.figure(many, str(many), one.kind) for many in there]
        placeless = [each for each in seen.counted_as(one.kind) if each.place.bcu not in bcus]
        rows.append(
            (
                COUNTED[one.kind],
                seen.figure(one.observed, one.words, one.kind),
                one.outside or "-",
                *cells,
                seen.figure(nowhere := how_many(one.kind, placeless), str(nowhere), one.kind),
                one.basis,
            )
        )
    heads = ("Kind", "Count (usual)", "Outside", *bcus, "No BCU", "Usual from")
    return Table("By kind and BCU", heads, rows)


def _incidents(store: Store, title: str, found: Sequence[Incident]) -> Table:
    rows = [
        (
            one.ref, KINDS[one.kind], _when(one), _where(store, one), one.place.bcu or "-", age_band(one.victim_age),
            one.condition or "?", one.weapon or "?", one.suspect or "?", one.owner or "nobody", _remarks(one),
            "; ".join(f"{source.file}:{source.line}" for source in one.sources),
        )
        for one in found
    ]  # fmt: skip
    heads = (
        "Reference", "Kind", "When", "Ward", "BCU", "Victim's age", "Injury", "Weapon", "Suspect", "Owner", "Remarks",
        "File and line",
    )  # fmt: skip
    return Table(title, heads, rows)


def _where(store: Store, one: Incident) -> str:
    return name_of(store, one.ward_code) if one.ward_code else "not known"


def _when(one: Incident) -> str:
    return f"{uk(one.day)}, hour not known" if one.at is None else f"{one.at:%d/%m/%Y %H:%M}"


def _remarks(one: Incident) -> str:
    mark = one.mark
    critical = ""
    if mark.critical_at is not None:
        at = f"{london(mark.critical_at):%d/%m %H:%M}"
        critical = f"critical incident, declared by {mark.critical_by} at {at}: {mark.critical_reason}"
    said = (
        f"was {one.changed_from}" if one.changed_from else "",
        "happened before this span" if one.late else "",
        "no crime report yet" if one.reported_on is None else "",
        critical,
    )
    return "; ".join(words for words in said if words) or "-"


def _tension(notes: Sequence[TensionNote]) -> Table:
    rows = [
        (note.about, note.place.bcu or "-", note.sort, str(note.level), note.reason, note.author,
         f"{london(note.review_at):%d/%m %H:%M}")
        for note in notes
    ]  # fmt: skip
    return Table("Tension", ("Ward or group", "BCU", "Sort", "Level", "Reason", "By", "Look again"), rows)


def _series(store: Store, scope: Scope) -> Table:
    """The series that an incident of the scope belongs to."""
    every = incident_series.accepted(store)
    lies = incidents.places(store, {ref for one in every for ref in one.refs})
    rows = [
        (", ".join(one.refs), one.reason, one.accepted_by, f"{london(one.accepted_at):%d/%m %H:%M}")
        for one in every
        if any(scope.holds(lies.get(ref, NOWHERE)) for ref in one.refs)
    ]
    return Table("Series that were accepted", ("Incidents", "Why", "By", "At"), rows)


def due(open_now: Sequence[ActionView]) -> Table:
    """The open actions that are overdue or due soon, overdue first."""
    urgent = [one for one in open_now if one.rag in (Rag.RED, Rag.AMBER)]
    urgent.sort(key=lambda one: (one.rag is not Rag.RED, one.due_at))
    rows = [
        (str(one.id), "overdue" if one.rag is Rag.RED else "due", one.subject.label, one.action, one.owner,
         f"{london(one.due_at):%d/%m %H:%M}")
        for one in urgent
    ]  # fmt: skip
    return Table("Actions due and overdue", ("No.", "State", "About", "Action", "Owner", "Due"), rows)


def means(store: Store, last_day: int, scope_name: str) -> Table:
    """What the task force did in a day: the mean of 7 and of 28 days of the BCUs that made a return, times all of them.

    last_day: the last whole day, as a day number.
    """
    scope = scope_of(scope_name)
    found = activity.means_of_a_day(store, last_day, activity.MEANS, scope)
    rows = [
        (measure, *(UNKNOWN if mean is None else f"{mean:.1f}" for mean in means)) for measure, means in found.items()
    ]
    heads = ("Measure", *(f"Mean of a day, {days} days" for days in activity.MEANS))
    among = activity.among(scope)
    over = "days with a return" if len(among) == 1 else f"BCUs that made a return, times {len(among)}"
    title = f"What the task force did, usually (mean of the {over})"
    return Table(title, heads, rows)

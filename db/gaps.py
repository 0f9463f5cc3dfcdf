"""What the records do not say: the gaps a meeting states aloud and its papers state in writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.days import day_of, london, uk
from core.not_counted import most_frequent
from core.text import counted
from db import activity, cohorts, kept_out, report_repeats, wards
from db.areas import by_bcu
from db.batch_kinds import OF_EVERY_DAY
from db.incident_rows import last_reports
from db.meetings import STALE_AFTER, MeetingView, last_import
from db.newer_reports import not_of_ranking
from db.not_counted import not_counted, where
from db.rankings import run
from db.store import Store
from db.unweighed import no_ranking

_CODES = 10
"""How many codes without a weight are named."""


def gaps(store: Store, meeting: MeetingView, now: datetime) -> list[str]:
    """Every gap in what a meeting looks at, a sentence each.

    Remembered until anything is written: of a seal checklist, minutes and report ask.
    """
    return list(store.remember("gaps", (meeting, now, store.last_entry()), lambda: _gaps(store, meeting, now)))


def _gaps(store: Store, meeting: MeetingView, now: datetime) -> list[str]:
    return [
        *_records(store, now),
        *_activity(store, meeting),
        *_ranking(store, meeting),
        *_wards(store),
        *_faults(store, meeting),
    ]


def _records(store: Store, now: datetime) -> list[str]:
    last = last_import(store)
    if last is None:
        return ["No records have been imported."]
    said = [f"{kind.title}: {one.sentence}" for kind in OF_EVERY_DAY for one in kept_out.of_kind(store, kind)]
    if now - last > STALE_AFTER:
        said.append(f"Records are stale: the last import was on {london(last):%d/%m/%Y at %H:%M}.")
    elif (reports := last_reports(store)) is not None and now - reports > STALE_AFTER:
        said.append(f"Crime reports are stale: the last file of them came in on {london(reports):%d/%m/%Y at %H:%M}.")
    return said


def _activity(store: Store, meeting: MeetingView) -> list[str]:
    if reason := by_bcu(store):
        return [reason]
    looked_at = activity.of_meeting(store, meeting.as_of, meeting.scope, meeting.kind)
    sentences = []
    for day, silent in looked_at.missing.items():
        every = len(silent) == len(looked_at.bcus)
        sentences.append(f"No 24-hour return{' at all' if every else ''} for {uk(day)}{_from(silent, every=every)}.")
    return [*sentences, *(f"24-hour returns: {one.sentence}" for one in activity.not_counted(store, looked_at.period))]


def _from(silent: Sequence[str], *, every: bool) -> str:
    return "" if every else f" from: {', '.join(silent)}"


def _ranking(store: Store, meeting: MeetingView) -> list[str]:
    if meeting.agenda.is_masked:
        return ["Named suspects are masked: no ranking is looked at, and no open action about a person is listed."]
    if meeting.run_id is None:
        return ["There is no ranking: no one in the pool was named in the window."]
    head = run(store, meeting.run_id)
    said = []
    if nothing := no_ranking(store, head):
        said.append(f"{head.edition}: {nothing}")
    elif head.unweighted:
        unweighed = sum(head.unweighted.values())
        codes = most_frequent(head.unweighted, _CODES)
        many = counted(unweighed, "unweighed allegation")
        said.append(f"+{many}, which is not 0 days: no weight in {head.edition} for {codes}.")
    said += report_repeats.told(store)
    if meeting.sealed_at is None:  # of one that is sealed, whatever came in since is no matter
        said += not_of_ranking(store, head.id)
    if head.historic:
        how = "counted" if head.historic_as == "count" else "set apart"
        many = counted(head.historic, "historic allegation")
        said.append(f"{many} (the offence more than a year old when reported) {how}.")
    return said


def _faults(store: Store, meeting: MeetingView) -> list[str]:
    faults = cohorts.data_faults(store, day_of(meeting.as_of))
    return [f"Data fault: {counted(many, 'person', 'people')} {fault}." for fault, many in faults.items()]


def _wards(store: Store) -> list[str]:
    found = wards.releases(store)
    if not found:
        return ["There are no ward counts."]
    head, ranked = found[0], wards.ranking(store)
    last = head.months[-1]
    said = [f"Ward counts end with {last[4:]}/{last[:4]} (release {head.name}); later offences are not in them."]
    said += [f"Ward counts of {flag.month[4:]}/{flag.month[:4]} are {flag.reason}." for flag in head.flags]
    if head.unknown:
        months = ", ".join(f"{month[4:]}/{month[:4]}" for month in head.unknown)
        said.append(f"Release {head.name} does not hold {months}: unknown, not zero.")
    said += [f"Ward counts, {_span(ranked)}: {caveat}." for caveat in ranked.caveats]
    # Months are said above, those too that the ranking does not pass over.
    missing = [one for one in not_counted(store, ranked) if not one.of_a_month]
    said += [replace(one, where=where(store, head, one) or "Ward counts").placed for one in missing]
    return said


def _span(found: wards.WardRanking) -> str:
    """The first month and the last of a ranking, as a meeting writes them."""
    first, last = (f"{month[4:]}/{month[:4]}" for month in (found.first, found.last))
    return f"{first} to {last}"

"""The night as a meeting sees it: what happened since the last one, beside what is usual, with everything not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.days import LONDON, UTC, day_of, moment_of, uk, uk_moment
from core.errors import NotFound, Refused
from core.geography import boroughs
from core.incidents import COUNTED, HIGH_RISK_DA, HIGH_RISK_MISSING
from core.nights import USUAL_HOURS, Night, end_of, moment
from core.particulars import UNKNOWN
from core.scope import WHOLE_FORCE, Scope, scope_of
from core.text import counted
from core.usual import LEAST, NOT_TOLD, SEASON, WEEKS, Usual, usual
from db import incidents, kept_out, releases
from db.batch_kinds import INCIDENTS, REPORTS
from db.incident_rows import batches
from db.incidents import Incident, SpanIncidents
from db.night_counts import days_counted, like_refs, report_of, untold_kinds
from db.store import Store
from db.store.batches import batches_version
from db.templates import template
from db.tension import TensionNote, notes
from db.ward_map import ward_map

_ONLY_TOLD = frozenset((HIGH_RISK_DA, HIGH_RISK_MISSING))
"""What most extracts tell nothing of: a span before the first of these is no measure of it."""


class Share(NamedTuple):
    """How many crime reports of a month are held, and how many are published of it. month: as ``202609``."""

    month: str
    reports: int
    published: int

    @property
    def percent(self) -> str:
        """The share; some reports are never no share."""
        share = self.reports / self.published
        return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"

    @property
    def words(self) -> str:
        """The sentence of a report."""
        month = f"{self.month[4:]}/{self.month[:4]}"
        held = f"The extract holds {counted(self.reports, 'report')} of {month}"
        return f"{held}, {self.percent} of the {self.published:,} published."

    @property
    def short(self) -> str:
        """The same for a head."""
        return f"{self.percent.replace('under ', '<')} of published."


@dataclass(frozen=True)
class Seen:
    """The night of one scope. share: what of the published count is held, None where that is not known.

    covered: up to when the files tell, which may be before it begins.
    """

    scope: Scope
    night: Night
    found: SpanIncidents
    usual: tuple[Usual, ...]
    tension: tuple[TensionNote, ...]
    share: Share | None
    gaps: tuple[str, ...]
    covered: datetime

    @property
    def told(self) -> bool:
        """Whether the files tell of any of it: where they end before it begins, a count of none is not known."""
        return self.covered > self.night.since

    def figure(self, count: int, words: str, kind: str = "") -> str:
        """A count in words, ``?`` for none where no file tells of the night, or of this kind in it."""
        return words if count or (self.told and kind not in self.untold) else "?"

    @property
    def untold(self) -> frozenset[str]:
        """The kinds of which no file tells in this night."""
        return frozenset(one.kind for one in self.usual if one.basis == NOT_TOLD)

    @property
    def lacking(self) -> tuple[tuple[str, int], ...]:
        """What is not told of how many incidents, in a word each: age, injury, weapon, suspect."""
        asked = _lacking(self.incidents)
        return tuple((word, len(those)) for word, (_, _, those) in asked.items() if those)

    def counted_as(self, kind: str, bcu: str | None = None) -> list[Incident]:
        """What counts as a kind: what happened in the night, not late ones. bcu: only there, ``""`` where in none."""
        every = [one for one in self.found.counted if kind in one.counts and not one.late]
        return every if bcu is None else [one for one in every if one.place.bcu == bcu]

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents: those of the night first, by kind and hour, then what came late."""
        return self.found.incidents


def night_of(
    store: Store, kind: str, scope: Scope, as_of: date | datetime | None, since: datetime | None = None
) -> Night:
    """The span that a meeting of a template and scope looks at.

    as_of: a day, which means to its end, or a moment; now if None. since: where it begins; as the template says if
    None: with the last sealed meeting of it and the scope, or 24 hours before where none was held. Raises NotFound for
    an unknown template and Refused where the span would end before it begins.
    """
    looks_back = template(store.path, kind).looks_back
    until = _until(store, as_of)
    if since is not None:
        if since >= until:
            raise Refused(
                f"The night would begin at {uk_moment(since)}, which is not before its end, {uk_moment(until)}. "
                "Name an earlier --since or a later --as-of.",
                "No such night",
            )
        return Night(since, until)
    last_day = None if as_of is None or isinstance(as_of, datetime) else day_of(as_of)
    return _up_to(store, kind, scope, until, last_day, looks_back)


def of_meeting(
    store: Store, kind: str, scope: Scope, as_of: date, now: datetime, looks_back: timedelta | None
) -> Night:
    """The span that a meeting of a day looks at while it is held: up to now, or to the end of a day that is over.

    looks_back: as the template says that the meeting keeps, whatever its file says by now; None: to the last meeting.
    """
    until = min(end_of(as_of), now.astimezone(LONDON))
    return _up_to(store, kind, scope, until, day_of(as_of), looks_back)


def _up_to(
    store: Store, kind: str, scope: Scope, until: datetime, day: int | None, looks_back: timedelta | None
) -> Night:
    held = _last_held(store, kind, scope, until, day) if looks_back is None else None
    if held is not None:
        return Night(held[1], until, held[0])
    before = timedelta(hours=USUAL_HOURS) if looks_back is None else looks_back
    return Night((until.astimezone(UTC) - before).astimezone(LONDON), until)


def _until(store: Store, as_of: date | datetime | None) -> datetime:
    if as_of is None:
        return store.now().astimezone(LONDON)
    return as_of if isinstance(as_of, datetime) else end_of(as_of)


def _last_held(store: Store, kind: str, scope: Scope, until: datetime, day: int | None) -> tuple[int, datetime] | None:
    """The number and the moment of the last sealed meeting before a moment; of a day's night one of an earlier day."""
    query = (
        "SELECT id, as_of, opened_at FROM meeting WHERE kind = :kind AND scope = :scope AND sealed_at IS NOT NULL "
        "ORDER BY as_of DESC, id DESC"
    )
    for row in store.read.rows(query, kind=kind, scope=scope.name):
        as_of, opened = date.fromisoformat(row["as_of"]), moment_of(row["opened_at"]).astimezone(LONDON)
        # One that was opened on another day than its own looked at that day's morning.
        then = opened if opened.date() == as_of else moment(day_of(as_of), 0)
        if then < until and (day is None or day_of(as_of) < day):
            return row["id"], then
    return None


def seen(store: Store, night: Night, scope: Scope) -> Seen:
    """The night of a scope with everything that stands beside it. Raises NotFound where the store can know no night."""
    refuse_no_reports(store)
    found = incidents.of_night(store, night, scope)
    until = _told_until(store, night)
    covered = covered_of(store, night)
    beside = _usual(store, covered, scope, found)
    share = _share_held(store)
    kept = [one.sentence for one in kept_out.came_since(store, night.since, REPORTS, INCIDENTS)]
    gaps = (*kept, *_gaps(store, night, until, found, share), *_missing(found.incidents), *_of_table(beside))
    return Seen(scope, night, found, beside, tuple(notes(store, night.until, scope)), share, gaps, until)


def in_ward(store: Store, night: Night, ward_code: str) -> list[Incident]:
    """The incidents of a span that happened in a ward, the latest first."""
    ward = ward_map(store).get(ward_code)
    scope = scope_of(ward.borough) if ward and ward.borough in boroughs() else WHOLE_FORCE
    there = [one for one in incidents.of_night(store, night, scope).incidents if one.ward_code == ward_code]
    return sorted(there, key=lambda one: (-one.day, -one.minute, one.ref))


def covered_of(store: Store, night: Night) -> Night:
    """The part of a span that the files can tell of: up to the last that came in, where it came in before the end.

    What is usual is said of that part, for a count that ends at half past seven is below any that goes on to noon.
    """
    return night._replace(until=max(night.since, _told_until(store, night)))


def _told_until(store: Store, night: Night) -> datetime:
    """When the last file came in, at most the end of a span; it may be before the span begins."""
    return min(night.until, _last_file(store) or night.until)


def _last_file(store: Store) -> datetime | None:
    """When the last file of reports or incidents came in."""
    last = max((file.at for file in batches(store).values()), default=None)
    return None if last is None else last.astimezone(LONDON)


def knows_no_night(store: Store) -> str:
    """Why a store knows no night, and which file would tell it; empty where it can know one."""
    query = "SELECT EXISTS (SELECT 1 FROM report_row) OR EXISTS (SELECT 1 FROM incident) AS known"
    if store.read.rows(query)[0]["known"]:
        return ""
    held = "only published counts" if releases.releases(store) else "no crime reports"
    return (
        f"This store holds {held}, so it knows no night: counts by month name no incident. Import an extract of crime "
        "reports (profile extract, with committed_at, injury and weapon), or a file of incidents (profile incidents)."
    )


def refuse_no_reports(store: Store) -> None:
    """Raise NotFound where a store can know no night."""
    if why := knows_no_night(store):
        raise NotFound(why, "No night")


class _Alike(NamedTuple):
    """Which spans before are like a night: detailed as :func:`db.night_counts.like_refs` has it.

    told: whether files told of the night, so that only spans are like it which begin on the *first* day they told of.
    """

    detailed: bool | None
    told: bool
    first: int

    def holds(self, kind: str, span: Night) -> bool:
        """Whether a span is like the night where a kind is counted."""
        return not (self.told or kind in _ONLY_TOLD) or self.first <= span.first_day


def _alike(store: Store, found: SpanIncidents) -> _Alike:
    reports = [one for one in found.counted if one.reported_on is not None]
    detailed = any(one.detailed for one in reports) if reports else None
    return _Alike(detailed, any(one.reported_on is None for one in found.counted), _first_of_told(store))


def _usual(store: Store, night: Night, scope: Scope, found: SpanIncidents) -> tuple[Usual, ...]:
    observed = incidents.counts_of(found.counted)
    alike = _alike(store, found)
    like = _like(store, night, scope, alike.detailed)
    untold = untold_kinds(store, night.since)
    return tuple(
        usual(
            kind, observed.get(kind, 0), 0 if kind in untold and kind not in observed else night.hours, scope,
            [counts.get(kind, 0) for span, counts in like if alike.holds(kind, span)],
        )
        for kind in COUNTED
    )  # fmt: skip


class LikeSpan(NamedTuple):
    """A span before that is like a night, how many counted in it, and the references of their reports."""

    span: Night
    counted: int
    refs: frozenset[str]


def like_spans(store: Store, seen: Seen, kind: str) -> list[LikeSpan]:
    """What the usual range of a count of a night is made of, the latest span first; nothing where a table stands in."""
    alike = _alike(store, seen.found)
    night = covered_of(store, seen.night)
    spans = [
        LikeSpan(span, len(counted), frozenset(map(report_of, counted)))
        for span, refs in _spans(store, night, seen.scope, alike.detailed)
        if alike.holds(kind, span)
        for counted in (refs.get(kind, set()),)
    ]
    return spans if len(spans) >= LEAST else []


def _first_of_told(store: Store) -> int:
    """The first day of which a file told incidents that extracts do not; the end of time where none did."""
    [row] = store.read.rows("SELECT MIN(day) AS day FROM incident WHERE replaced_by IS NULL OR replaced_by <> batch_id")
    return row["day"] if row["day"] is not None else 10**9


def _like(store: Store, night: Night, scope: Scope, detailed: bool | None) -> list[tuple[Night, dict[str, int]]]:
    """The spans before that are like a night and are held, each with how many counted in it."""

    def count() -> list[tuple[Night, dict[str, int]]]:
        spans = _spans(store, night, scope, detailed)
        return [(span, {kind: len(those) for kind, those in refs.items()}) for span, refs in spans]

    question = ("like nights", night.since, night.until, scope.name, detailed)
    return store.remember(question, batches_version(store), count)


def _spans(
    store: Store, night: Night, scope: Scope, detailed: bool | None
) -> Iterator[tuple[Night, dict[str, set[str]]]]:
    reach = store.read.rows("SELECT MIN(reported_on) AS first FROM report_row")[0]["first"]
    if reach is None:
        return
    step = int(night.hours // (7 * 24)) + 1
    weeks = (*range(step, WEEKS + 1, step), *(week for week in SEASON if week % step == 0))
    spans = [span for span in map(night.weeks_before, weeks) if span.first_day >= reach]
    known = days_counted(store, {day for span in spans for day in span.days})
    for span in spans:
        refs = like_refs(known, span, scope, detailed=detailed)
        if refs is not None:
            yield span, refs


def _share_held(store: Store) -> Share | None:
    """What share of the published count the crime reports are, in the last month that both hold; None where none."""
    return store.remember("share of published", batches_version(store), lambda: _share(store))


def _share(store: Store) -> Share | None:
    # Each by itself is looked up in the index; both at once would take every row of it.
    query = (
        "SELECT (SELECT MIN(reported_on) FROM report_row) AS first, (SELECT MAX(reported_on) FROM report_row) AS last"
    )
    held = store.read.rows(query)[0]
    if held["first"] is None:
        return None
    for release in releases.releases(store):
        for month, total in reversed(list(zip(release.months, release.totals, strict=False))):
            first = date(int(month[:4]), int(month[4:]), 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            if total and held["first"] <= day_of(first) and day_of(last) <= held["last"]:
                query = (
                    "SELECT COUNT(DISTINCT crime_ref) AS reports FROM report_row WHERE replaced_by IS NULL "
                    "AND reported_on BETWEEN :first AND :last"
                )
                reports = store.read.rows(query, first=day_of(first), last=day_of(last))[0]["reports"]
                return Share(month, reports, total)
    return None


def _gaps(store: Store, night: Night, told_until: datetime, found: SpanIncidents, share: Share | None) -> Iterator[str]:
    """What is not known of the span as a whole. told_until: up to when the files tell."""
    last = store.read.rows("SELECT MAX(reported_on) AS last FROM report_row WHERE replaced_by IS NULL")[0]["last"]
    if last is not None and last < night.last_day:
        yield f"Crime reports end with {uk(last)}: what was reported after that day is not known."
    if told_until < night.until:
        at = uk_moment(told_until)
        came = f"The last file of reports or incidents came in at {at}: what happened after it is not known"
        yield f"{came}, and what is usual is said up to it." if told_until > night.since else f"{came}."
    if share is None:
        yield "No month is held both as crime reports and as published counts: what share this is of all is not known."
    late = [one for one in found.incidents if one.reported_on is not None and one.minute == UNKNOWN]
    if late:
        yield f"Not told of {_of(late, found.incidents)}: the hour (committed_at); each counts by its day."
    yield "Reports of a night come in for days after: counts can still rise."


def _missing(found: Sequence[Incident]) -> Iterator[str]:
    """What the columns of the files would tell and do not."""
    for column, what, lacking in _lacking(found).values():
        if lacking:
            yield f"Not told of {_of(lacking, found)}: {what} ({column})."
    if all(one.reported_on is not None for one in found):
        yield "No file of incidents tells of this night: high-risk missing people are in no crime report."


def _lacking(found: Sequence[Incident]) -> dict[str, tuple[str, str, list[Incident]]]:
    """By a word: the column that would tell something, what that is, and the incidents of which it does not."""
    reports = [one for one in found if one.reported_on is not None]
    no_age = "the victim's age, so that under 25 is not counted for them"
    no_injury = "how badly the victim was hurt; where it lacks, the offence decides"
    return {
        "age": ("victim_age", no_age, [one for one in found if one.victim_age == UNKNOWN]),
        "injury": ("injury", no_injury, [one for one in found if not one.injury]),
        "weapon": ("weapon", "the weapon", [one for one in reports if not one.weapon]),
        "suspect": ("suspect_state", "where the suspect stands", [one for one in found if not one.suspect]),
    }


def _of_table(beside: Sequence[Usual]) -> Iterator[str]:
    if any(one.low is not None and one.basis.startswith("table") for one in beside):
        yield (
            "Where what is usual is from the table, it is of all crime in London in 2017-18, and the count beside it "
            "of the reports that are held: fewer, where they are a part."
        )


def _of(some: Sequence[object], every: Sequence[object]) -> str:
    return f"{len(some):,} of {counted(len(every), 'incident')}"

"""The papers of a meeting: its minutes, the briefing report of a daily one, the report of units of a weekly one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.bids import is_settled
from core.days import london, uk
from core.meetings import clock
from core.minutes import Document, Table, as_table, escaped, markdown
from core.papers import BRIEFING, MASKED, TASKING, report_of
from core.ranking import movement
from core.scope import FORCE, scope_of
from core.text import counted, figure
from db import (
    actions,
    activity,
    activity_papers,
    bids,
    deployment_papers,
    left_out_papers,
    meetings,
    night_papers,
    place_papers,
    rankings,
    record,
    since_papers,
)
from db.actions import ActionView
from db.areas import by_bcu
from db.backtest_papers import backtest_lines
from db.bids import BidView
from db.gaps import gaps
from db.meeting_notes import handed_over
from db.meetings import MeetingView
from db.ranked_first import named_first
from db.rankings import Ranked
from db.record import Deed
from db.since import since
from db.store import Store
from db.unweighed import no_ranking

TOP = 10
MOST = 20
"""People whom a paper names of those who lead the list; of a rank that would make more it says how many share it."""
_RETURNS = "Previous 24 hours of the task force"


def minutes(store: Store, meeting: MeetingView, now: datetime, over: Sequence[str] = (), *, draft: bool = False) -> str:
    """The minutes as Markdown. over: what is open where the chair seals all the same. draft: it is not sealed yet."""
    tables = [
        *_called_and_timed(store, meeting),
        *_done(store, meeting, now),
        _actions("Still open from before", _still_open(store, meeting, now)),
        *_weeks_tables(store, meeting),
        *_people(store, meeting),
    ]
    closing = [*backtest_lines(store, meeting, now), _head(store)]
    return markdown(
        Document(_title(meeting), _facts(store, meeting, now, draft), tables, gaps(store, meeting, now), closing, over)
    )


def _head(store: Store) -> str:
    """Where the journal stood when a paper was made: a store can be held to it."""
    from db.store.journal import last_entry

    entry, digest = last_entry(store)
    return f"Journal at entry {entry}, {digest}. 'tasking verify' walks the chain to it."


def minutes_so_far(store: Store, meeting: MeetingView, now: datetime) -> str:
    """What the minutes say of the meeting itself up to now, as Markdown: what it did, before who was called and times.

    All else that stands in minutes is of the records and not of the meeting, and takes longer to make.
    """
    tables = [*_done(store, meeting, now), *_called_and_timed(store, meeting)]
    return "\n\n".join([f"# {escaped(_title(meeting))}", *map(as_table, tables)])


def _title(meeting: MeetingView) -> str:
    return f"Minutes: {meeting.title}, {meeting.as_of:%d/%m/%Y}"


def _done(store: Store, meeting: MeetingView, now: datetime) -> list[Table]:
    raised = _actions("New actions, read back", actions.raised_in(store, meeting.id, now))
    return [_record(record.deeds(store, meeting)), raised]


def _called_and_timed(store: Store, meeting: MeetingView) -> list[Table]:
    spent = meetings.spent(store, meeting.id)
    called = [(p.role, p.name, p.state or "not called") for p in meetings.attendance(store, meeting.id)]
    timed = [
        *((item.title, clock(spent.get(item.key, 0), item.minutes)) for item in meeting.agenda.items),
        ("The whole meeting", clock(sum(spent.values()), meeting.agenda.minutes)),
    ]
    return [
        Table("Attendance", ("Role", "Name", "State"), called),
        Table("Agenda and time", ("Item", "Time / allowed"), timed),
    ]


def _still_open(store: Store, meeting: MeetingView, now: datetime) -> list[ActionView]:
    """The open actions of the meeting's scope from before it."""
    return [action for action in _open(store, meeting, now) if action.meeting_id != meeting.id]


def _open(store: Store, meeting: MeetingView, now: datetime) -> list[ActionView]:
    """The open actions of the meeting's scope; where names are masked none about a person.

    Of its scope is what its list shows: what waits for an answer of one of its meetings, too, whoever raised it.
    """
    listed = actions.open_actions(store, now, scope=scope_of(meeting.scope))
    return [a for a in listed if not (meeting.agenda.is_masked and a.subject.kind == "person")]


def _weeks_tables(store: Store, meeting: MeetingView) -> list[Table]:
    """What a meeting that looks at the week has in its papers: a table for each of its views that has one."""
    scope, views = scope_of(meeting.scope), meeting.agenda.views
    made: dict[str, Callable[[], Table]] = {
        "performance": lambda: activity_papers.performance(store, meeting.as_of, scope),
        "bids": lambda: _bids(store, meeting),
        "priority": lambda: place_papers.priority(store, scope),
        "officers": lambda: place_papers.officers_moved(store, scope),
    }
    return [make() for view, make in made.items() if view in views]


def _people(store: Store, meeting: MeetingView) -> list[Table]:
    """The head of the ranked list and whom it leaves out; none where the template masks named suspects.

    Remembered until anything is written: minutes and report both have them.
    """
    if meeting.agenda.is_masked:
        return []
    version = (meeting, store.last_entry())
    return store.remember("people of papers", version, lambda: [_top(store, meeting), *_left_out(store, meeting)])


def report(store: Store, meeting: MeetingView, now: datetime, *, draft: bool = False) -> str:
    """The report of a meeting as Markdown; empty for a meeting that has none. *draft* as above."""
    called = report_of(meeting.agenda.views)
    if called is None:
        return ""
    return (_briefing if called is BRIEFING else _tasking)(store, meeting, now, draft=draft)


def _tasking(store: Store, meeting: MeetingView, now: datetime, *, draft: bool) -> str:
    """Units, deployments and their officer-hours by what they were for, with what the meeting did about them."""
    scope = scope_of(meeting.scope)
    tables = [
        *deployment_papers.standing(store, now, scope),
        *deployment_papers.hours(store, meeting.as_of, now, scope),
        _bids(store, meeting),
        since_papers.results(store, meeting, now),
        _record(record.deeds(store, meeting)),
    ]
    title = f"{TASKING.title}, {meeting.as_of:%d/%m/%Y}"
    facts, said = _facts(store, meeting, now, draft), gaps(store, meeting, now)
    return markdown(Document(title, facts, tables, said, [_head(store)]))


def _briefing(store: Store, meeting: MeetingView, now: datetime, *, draft: bool) -> str:
    """What happened in the previous 24 hours, and how things stand."""
    looked_at = activity.of_meeting(store, meeting.as_of, meeting.scope, meeting.kind)
    returns = by_bcu(store)
    happened, unknown = night_papers.tables(store, meeting, now)
    tables = [
        *happened,
        *(
            [Table(_RETURNS, (), (), returns)]
            if returns
            else [
                *activity_papers.tables(looked_at),
                night_papers.means(store, looked_at.period.last, meeting.scope),
            ]
        ),
        *([] if meeting.agenda.is_masked else [since_papers.movers(store, meeting)]),
        *_people(store, meeting),
        place_papers.hot_wards(store, TOP, scope_of(meeting.scope)),
        *deployment_papers.standing(store, now, scope_of(meeting.scope)),
        since_papers.results(store, meeting, now),
        night_papers.due(_open(store, meeting, now)),
        _record(record.deeds(store, meeting)),
        _actions("New actions", actions.raised_in(store, meeting.id, now)),
    ]
    days = looked_at.period
    facts = [
        ("Returns of the task force", f"{uk(days.first)} 00:00 to {uk(days.last)} 24:00"),
        *_facts(store, meeting, now, draft),
    ]
    title = f"{BRIEFING.title}, {meeting.as_of:%d/%m/%Y}"
    facts.append(("Abbreviations", night_papers.ABBREVIATIONS))
    said = [*gaps(store, meeting, now), *unknown]
    return markdown(Document(title, facts, tables, said, [*backtest_lines(store, meeting, now), _head(store)]))


def _facts(store: Store, meeting: MeetingView, now: datetime, draft: bool) -> list[tuple[str, object]]:
    before = handed_over(store, meeting.id)
    return [
        ("Meeting", meeting.title),
        *([] if meeting.scope == FORCE else [("Scope", scope_of(meeting.scope).label)]),
        *([("Names", MASKED)] if meeting.agenda.is_masked else []),
        ("Chair", f"{meeting.chair}; before: {before}" if before else meeting.chair),
        ("Data as of", f"{meeting.as_of:%d/%m/%Y}"),
        ("Opened", f"{london(meeting.opened_at):%d/%m/%Y %H:%M}"),
        ("Sealed", _sealed(store, now, draft=draft)),
    ]


def _sealed(store: Store, now: datetime, *, draft: bool) -> str:
    return f"not yet: a draft of {london(now):%H:%M}" if draft else f"{london(now):%d/%m/%Y %H:%M} by {store.who}"


def _record(deeds: Sequence[Deed]) -> Table:
    """Everything the meeting did, in the order of its agenda."""
    rows = [
        (
            f"{deed.number} {deed.item.title}",
            deed.words.what,
            deed.words.about.label,
            deed.words.words,
            deed.words.why or "-",
            deed.words.by or "-",
            f"{london(deed.at):%H:%M}",
        )
        for deed in deeds
    ]
    heads = ("Item", "What", "About", "As it was read back", "Reason", "By", "At")
    return Table("What this meeting did", heads, rows, "Nothing was decided, raised or changed.")


def _actions(title: str, listed: list[ActionView]) -> Table:
    fields = actions.FIELDS.values()
    heads = [field.title[0].upper() + field.title[1:] for field in fields]
    return Table(title, heads, [[field.words(action) for field in fields] for action in listed])


def _top(store: Store, meeting: MeetingView) -> Table:
    title = "Named suspects: the head of the list"
    heads = ("Rank", "Move", "Name", "Reference", "Score (days)", "Made of", "Status")
    if meeting.run_id is None:
        return Table(title, heads, [], "No ranking was made.")
    head = rankings.run(store, meeting.run_id)
    if nothing := no_ranking(store, head):
        return Table(title, heads, [], nothing)
    moved = since(store, head, meeting)
    scope = scope_of(meeting.scope)
    if not scope.is_force:
        title = f"{title} of {scope.label}, ranks of the force"
    first, shared = named_first(store, head.id, scope, TOP, MOST, moved.run)
    rows = [
        (
            str(e.rank),
            movement(e.rank, e.previous_rank, first=moved.run is None),
            e.name,
            e.person,
            figure(e.score),
            _made_of(e),
            e.stands(head.as_of),
        )
        for e in first
    ]
    if shared is not None:
        told = f"{shared.people:,} people share this rank; the list of the meeting has them"
        rows.append((str(shared.rank), "-", told, "-", figure(shared.score), "-", "-"))
    made = f"{head.method.upper()}, {head.edition}, {counted(head.window, 'day')}; {moved.words}"
    return Table(f"{title} ({made})", heads, rows)


def _left_out(store: Store, meeting: MeetingView) -> list[Table]:
    return [] if meeting.run_id is None else [left_out_papers.table(store, meeting.run_id, scope_of(meeting.scope))]


def _made_of(entry: Ranked) -> str:
    unweighed = f", +{entry.unweighed} unweighed" if entry.unweighed else ""
    largest = f"largest {_days(entry.largest_days)}{_derived(entry)}"
    of = f"{counted(entry.allegations, 'allegation')}{unweighed}, {counted(entry.victims, 'victim')}"
    return f"{of}, {largest}"


def _derived(entry: Ranked) -> str:
    return " (derived)" if entry.largest_confidence == "derived" else ""


def _days(days: float | None) -> str:
    return "without a weight" if days is None else f"{figure(days)} d"


def _outcome(bid: BidView) -> str:
    """How a bid stands; of one whose units were stood down before they left, that it was given nothing."""
    return f"{bid.outcome}, stood down before it left" if bid.given_nothing else bid.outcome or "open"


def _bids(store: Store, meeting: MeetingView) -> Table:
    scope = scope_of(meeting.scope)
    rows = [
        (b.requester, b.bcu, b.resource, b.place, b.starts, _outcome(b), b.reason)
        for b in bids.bids(store, meeting.id, scope=scope)
        if b.given_nothing or not is_settled(b.outcome)
    ]
    title = f"Bids{'' if scope.is_force else f' of {scope.bcu or scope.name}'} still open or deferred"
    return Table(title, ("Who", "BCU", "What", "Where", "When", "Outcome", "Reason"), rows)

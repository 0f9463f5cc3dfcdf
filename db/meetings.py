"""Meetings: opened on one run, worked through, sealed; a sealed one is read, never edited."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.applying import Unfit, all_or_none
from core.days import day_of, moment_of
from core.errors import Busy, Conflict, NotFound, Problem
from core.meetings import NOT_CALLED, NOT_CALLED_WORDS, STATES, Agenda, Spell, seal, sealed_words, seconds_of
from core.pools import POOLS
from core.scope import FORCE
from core.text import named
from db import rankings, templates
from db.owners import last_names
from db.scoring import RankingRequest
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row
from db.users import take_chair

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


class MeetingView(NamedTuple):
    """One meeting. ``run_id`` is the ranking it looks at; the documents are there once it is sealed.

    record_rule: the rule by which its papers were made, None where it was sealed by an older one or is open.
    sealed_over: what was open when the chair sealed it all the same, in sentences.
    """

    id: int
    kind: str
    title: str
    chair: str
    as_of: date
    opened_at: datetime
    sealed_at: datetime | None
    run_id: int | None
    agenda: Agenda
    minutes: str
    report: str
    seal: str
    scope: str
    record_rule: int | None
    sealed_over: tuple[str, ...]

    @property
    def by_older_rule(self) -> bool:
        """Whether it was sealed when papers were not yet made of everything that the meeting did."""
        return self.sealed_at is not None and self.record_rule is None


class Present(NamedTuple):
    """One role at the roll-call; ``state`` is present, deputy, absent, or empty while not called."""

    id: int
    role: str
    name: str
    state: str


_MEETINGS = (
    "SELECT id, kind, title, chair, as_of, opened_at, sealed_at, run_id, agenda, minutes, report, seal, scope, "
    "record_rule, sealed_over FROM meeting "
)


def _view(row: Row) -> MeetingView:
    return from_row(
        MeetingView,
        row,
        as_of=date.fromisoformat(row["as_of"]),
        opened_at=moment_of(row["opened_at"]),
        sealed_at=moment_of(row["sealed_at"]) if row["sealed_at"] else None,
        sealed_over=tuple(json.loads(row["sealed_over"])),
        agenda=templates.as_used(json.loads(row["agenda"]), row["id"]),
    )


def meeting(store: Store, number: int) -> MeetingView:
    """A meeting by its number. Raises NotFound."""
    found = store.read.rows(_MEETINGS + "WHERE id = :id", id=number)
    if not found:
        raise NotFound(f"There is no meeting {number}. 'tasking meetings' lists them.")
    return _view(found[0])


def meetings(store: Store, kind: str | None = None) -> list[MeetingView]:
    """Every meeting (of one kind), the latest first."""
    query = _MEETINGS + "WHERE (:every OR kind = :kind) ORDER BY opened_at DESC, id DESC"
    return [_view(row) for row in store.read.rows(query, every=kind is None, kind=kind or "")]


class Held(NamedTuple):
    """A meeting that was held: its number, its day and the ranking it looked at."""

    id: int
    as_of: date
    run_id: int | None


def last_held(store: Store, kind: str, before: date, scope: str = FORCE) -> Held | None:
    """The last sealed meeting of a template and scope of an earlier day, or None: what a meeting goes on from.

    One that was never sealed was not held to its end, so that what it looked at is looked at again.
    """
    query = (
        "SELECT id, as_of, run_id FROM meeting WHERE kind = :kind AND scope = :scope AND as_of < :before "
        "AND sealed_at IS NOT NULL ORDER BY as_of DESC, id DESC LIMIT 1"
    )
    found = store.read.rows(query, kind=kind, scope=scope, before=before.isoformat())
    return Held(found[0]["id"], date.fromisoformat(found[0]["as_of"]), found[0]["run_id"]) if found else None


def of_day(store: Store, kind: str, as_of: date, scope: str = FORCE) -> MeetingView | None:
    """The meeting of a template, scope and day, or None: of several, the latest that is open, else the latest.

    Programs of before could open two meetings of a day; each of them stays readable by its number.
    """
    found = store.read.rows(_MEETINGS + _OF_DAY, kind=kind, as_of=as_of.isoformat(), scope=scope)
    return _view(found[0]) if found else None


_OF_DAY = (
    "WHERE kind = :kind AND as_of = :as_of AND scope = :scope "
    "ORDER BY CASE WHEN sealed_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1"
)


def open_meeting(
    store: Store, kind: str, chair: str, as_of: date, run_id: int | None = None, scope: str = FORCE
) -> MeetingView:
    """Go on with the meeting of this template, scope and day if it is open, whoever opened it, else open it.

    kind: the name of the template. run_id: the ranking it looks at; the day's own if None.

    Raises Conflict where that day's meeting is sealed already, NotFound or Refused as ``db.templates.template`` does.
    """
    if (known := of_day(store, kind, as_of, scope)) is not None:
        return _unsealed(known)
    template = templates.template(store.path, kind)
    if template.is_masked:
        run_id = None
    elif run_id is None:
        run_id = run_for(store, day_of(as_of), template)
    with store.change(f"Open {template.title} of {as_of:%d/%m/%Y}", kind="meeting", meeting=None) as writing:
        # Asked again where no one else can write: another program may have opened it since.
        number = _number_of_day(writing, kind, as_of, scope)
        if number is None:
            number = writing.insert(
                "meeting",
                kind=kind,
                title=template.title,
                chair=chair,
                as_of=as_of.isoformat(),
                opened_at=writing.now,
                run_id=run_id,
                agenda=json.dumps(templates.to_keep(template)),
                minutes="",
                report="",
                seal="",
                scope=scope,
            )
            writing.belongs_to(number)
            names = {**last_names(store, kind, scope), CHAIR: chair}
            for role in template.roles:
                who, state = names.get(role, ""), STATES[0] if role == CHAIR else NOT_CALLED
                writing.insert("attendance", meeting_id=number, role=role, name=who, state=state)
    return _unsealed(meeting(store, number))


def _number_of_day(writing: Writing, kind: str, as_of: date, scope: str) -> int | None:
    from sqlalchemy import text

    values = {"kind": kind, "as_of": as_of.isoformat(), "scope": scope}
    found: int | None = writing.connection.execute(text(f"SELECT id FROM meeting {_OF_DAY}"), values).scalar()  # noqa: S608
    return found


def _unsealed(view: MeetingView) -> MeetingView:
    """The meeting, if it can be gone on with. Raises Conflict where it is sealed."""
    if view.sealed_at is not None:
        raise Conflict(
            f"The {view.title} meeting of {view.as_of:%d/%m/%Y} is sealed. "
            f"Read it with 'tasking minutes {view.id}', or open another day with --as-of.",
            "Meeting sealed",
        )
    return view


def run_for(store: Store, day: int, template: Agenda | None = None) -> int | None:
    """The run a meeting of this day looks at: made now if the records have changed since the last, None if empty.

    template: says by which method and in which pool; V100 as it usually is if None.
    """
    asked = RankingRequest(day)
    if template is not None:
        pool = POOLS[template.pool] if template.pool else None
        asked = RankingRequest(day, method=template.method, pool=pool)
    usual = (asked.method, asked.ranked_in) == (RankingRequest.method, RankingRequest(day).ranked_in)
    if usual and (found := rankings.usual_run(store, day)) is not None:
        return found
    from db.runs import make_run, run_like

    try:
        return make_run(store, asked).id if usual else run_like(store, asked).id
    except Busy:
        raise
    except Problem:
        return None


CHAIR = "Chair"
"""The role of who chairs, by which every agenda begins."""


def attendance(store: Store, meeting_id: int) -> list[Present]:
    """The roll-call in its order."""
    query = "SELECT id, role, name, state FROM attendance WHERE meeting_id = :id ORDER BY id"
    return [from_row(Present, row) for row in store.read.rows(query, id=meeting_id)]


def attend(store: Store, attendance_id: int, state: str, name: str, meeting_id: int) -> None:
    """Note who is there for a role; who is there as the chair chairs the meeting, as its papers say from then on.

    Raises Conflict where the meeting is sealed, Problem for an unknown state.
    """
    if state and state not in STATES:
        raise Problem(f"'{state}' is no state at the roll-call. Use one of: {', '.join(STATES)}.")
    with store.change("Roll-call", meeting=meeting_id) as writing:
        [row] = _roles(writing, [attendance_id], meeting_id)
        new = writing.typed("attendance", attendance_id, state=state, name=name.strip())
        kept = {**row, **new}
        state, name = kept["state"], kept["name"]
        called = f"{name or 'no name'}, {state or NOT_CALLED_WORDS}"
        if (row["state"], row["name"]) == (state, name):
            all_or_none([Unfit(row["role"], row["role"], f"is {called} already")])
        writing.says(f"{row['role']}: {called}")
        writing.update("attendance", attendance_id, **new)
        if row["role"] == CHAIR and name:
            writing.update("meeting", meeting_id, chair=take_chair(store, name))


def call(store: Store, attendance_ids: Sequence[int], state: str, meeting_id: int) -> None:
    """Note the same state for some roles, one change; their names stay.

    Raises Conflict where all are in that state already or the meeting is sealed, Problem for an unknown state.
    """
    if state and state not in STATES:
        raise Problem(f"'{state}' is no state at the roll-call. Use one of: {', '.join(STATES)}.")
    words = state or NOT_CALLED_WORDS
    with store.change("Roll-call", meeting=meeting_id) as writing:
        rows = _roles(writing, attendance_ids, meeting_id)
        if all(row["state"] == state for row in rows):
            all_or_none([Unfit(row["role"], row["role"], f"is {words} already") for row in rows])
        writing.says(f"{named([row['role'] for row in rows])}: {words}")
        for row in rows:
            if row["state"] != state:
                writing.update("attendance", row["id"], state=state)


def _roles(writing: Writing, ids: Sequence[int], meeting_id: int) -> list[Values]:
    """Roles of a meeting. Raises Conflict for one that is not called in it."""
    rows = [writing.row("attendance", number) for number in ids]
    if any(row is None or row["meeting_id"] != meeting_id for row in rows):
        raise Conflict("This role is not called in this meeting. Refresh with ctrl+r.")
    return [row for row in rows if row is not None]


def spent(store: Store, meeting_id: int) -> dict[str, int]:
    """Seconds spent on each item so far; what two windows spent on one at the same time counts once."""
    query = "SELECT entered_at, sitting, changes FROM journal WHERE kind = 'clock' AND (meeting_id = :id OR rule = 1)"
    noted: dict[str, list[Spell]] = {}
    for row in store.read.rows(query, id=meeting_id):
        end = int(moment_of(row["entered_at"]).timestamp())
        for change in json.loads(row["changes"]):
            item = change["after"]
            if item["meeting_id"] == meeting_id:
                noted.setdefault(item["item"], []).append(Spell(row["sitting"], end - item["seconds"], end))
    return {item: seconds_of(spells) for item, spells in noted.items()}


def note_time(store: Store, meeting_id: int, item: str, seconds: int) -> None:
    """Add the seconds just spent on an item; nothing is noted under one second or once sealed."""
    held = store.read.rows("SELECT 1 FROM meeting WHERE id = :id AND sealed_at IS NULL", id=meeting_id)
    if seconds < 1 or not held:
        return
    with store.change(f"Time on {item}", kind="clock", meeting=meeting_id, item=item) as writing:
        writing.insert("meeting_item", meeting_id=meeting_id, item=item, seconds=seconds)


RECORD_RULE = 2
"""The rule by which papers are made now: of everything that the commands of a meeting left standing."""


class Papers(NamedTuple):
    """The papers of a meeting as Markdown. folder: where they were written to, with so many files; empty if nowhere."""

    minutes: str
    report: str
    folder: str = ""
    files: int = 0


def seal_meeting(store: Store, meeting_id: int, make: Callable[[], Papers], over: Sequence[str] = ()) -> str:
    """Close a meeting on its papers for good; gives the seal.

    make: makes the papers. It is called while nobody else can write, so that they hold what is sealed and nothing less;
    where it raises, nothing is sealed. over: what the chair was told is open and sealed it all the same.

    Raises Conflict where it is sealed already.
    """
    with store.change(f"Seal meeting {meeting_id}", kind="seal", meeting=meeting_id) as writing:
        made = make()
        sealing = seal(made.minutes, made.report)
        if made.folder:
            note_copy(writing, meeting_id, made.folder, made.files)
        writing.update(
            "meeting",
            meeting_id,
            sealed_at=writing.now,
            minutes=made.minutes,
            report=made.report,
            seal=sealing,
            record_rule=RECORD_RULE,
            sealed_over=json.dumps(list(over)),
        )
    return sealing


def note_copy(writing: Writing, meeting_id: int, folder: str, files: int) -> None:
    """Note where the papers of a meeting were written."""
    writing.insert("paper_copy", meeting_id=meeting_id, at=writing.now, by=writing.who, folder=folder, files=files)


class PaperCopy(NamedTuple):
    """Where the papers of a meeting were written, when and by whom; *files* of them."""

    at: datetime
    by: str
    folder: str
    files: int


def paper_copies(store: Store, meeting_id: int) -> list[PaperCopy]:
    """Every place that a meeting's papers were written to, the first first."""
    query = 'SELECT at, "by", folder, files FROM paper_copy WHERE meeting_id = :id ORDER BY id'
    return [from_row(PaperCopy, row, at=moment_of(row["at"])) for row in store.read.rows(query, id=meeting_id)]


def write_copy(
    store: Store,
    meeting_id: int,
    folder: str,
    files: int,
    write: Callable[[], object] | None = None,
    recipient: str = "",
) -> None:
    """Note that a sealed meeting's papers were written once more, and to whom they go.

    write: writes them. It is called while nobody else can write to the store; where it raises, nothing is noted.
    """
    what = f"Write the papers again, for {recipient}" if recipient else "Write the papers again"
    with store.change(what, kind="papers", meeting=meeting_id) as writing:
        if write is not None:
            write()
        note_copy(writing, meeting_id, folder, files)


def broken_seals(store: Store) -> list[int]:
    """Sealed meetings whose documents are not what was sealed."""
    return [m.id for m in meetings(store) if m.sealed_at is not None and seal(m.minutes, m.report) != m.seal]


STALE_AFTER = timedelta(hours=24)  # records that came in longer ago are said to be old


def last_import(store: Store) -> datetime | None:
    """When records last came in, or None."""
    found = store.read.rows("SELECT MAX(imported_at) FROM batch WHERE withdrawn = :no", no=False)
    return moment_of(found[0][0]) if found and found[0][0] else None


def refuse_sealed(store: Store, meeting_id: int | None) -> None:
    """Raise Conflict, which says since when, where a meeting is sealed: before anyone is asked for what is not kept."""
    if meeting_id is None:
        return
    query = "SELECT sealed_at FROM meeting WHERE id = :id AND sealed_at IS NOT NULL"
    for (sealed_at,) in store.read.rows(query, id=meeting_id):
        raise Conflict(f"{sealed_words(moment_of(sealed_at), store.now())}. Raise it in the next meeting.", "Sealed")

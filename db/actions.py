"""The action register: what someone must do by a time, raised, carried and closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.actions import SOON, Rag, rag, undone
from core.applying import Unfit, all_or_none, reason_given
from core.days import in_london_time, london, moment_of, stamp
from core.scope import FORCE
from core.text import named
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row, lookup

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


@dataclass(frozen=True)
class Subject:
    """What an action or a decision is about: a person, a ward, a unit, an item of the agenda."""

    kind: str
    ref: str
    label: str


@dataclass(frozen=True)
class ActionView:
    """One action as a list shows it, with its letter. Moments are aware and in UTC.

    kind: the kind of meeting that raised it. escalated_to: the kind of meeting that must answer, empty where none must;
    escalation: with which words it was escalated. answered: the answer, while nothing was done about it since.
    """

    id: int
    meeting_id: int | None
    kind: str
    item: str
    subject: Subject
    action: str
    owner: str
    set_at: datetime
    due_at: datetime
    status: str
    result: str
    closed_by: str
    rag: Rag
    updates: int
    scope: str = FORCE
    escalated_to: str = ""
    escalation: str = ""
    answered: str = ""

    @property
    def state(self) -> str:
        """Its status in words, with whom it waits for or who has answered."""
        if self.escalated_to:
            return f"{self.status}, escalated to {self.escalated_to}"
        return f"{self.status}, {self.answered.partition(':')[0]}" if self.answered else self.status


@dataclass(frozen=True)
class ActionField:
    """One field of an action: its title in lists and papers, its words, and the label that a form asks for it by."""

    title: str
    words: Callable[[ActionView], str]
    label: str = ""


FIELDS = {
    "no": ActionField("no.", lambda action: str(action.id)),
    "rag": ActionField("RAG", lambda action: action.rag.value),
    "subject": ActionField("about", lambda action: action.subject.label),
    "action": ActionField("action", lambda action: action.action, "What must be done"),
    "owner": ActionField("owner", lambda action: action.owner, "Owner (role)"),
    "due": ActionField("due", lambda action: f"{london(action.due_at):%d/%m %H:%M}", "Due"),
    "status": ActionField("status", lambda action: action.state),
    "result": ActionField("result", lambda action: action.result, "Result"),
}
"""What a paper says of an action, field by field. Lists and forms take titles, words and labels from here."""


@dataclass(frozen=True)
class Counts:
    """How many actions are open, of them due soon (amber), of them overdue (red): see ``core.actions.rag``."""

    open: int
    due: int
    overdue: int


def raise_actions(
    store: Store,
    subjects: Sequence[Subject],
    action: str,
    owner: str,
    due: datetime,
    *,
    meeting_id: int | None = None,
    kind: str = "daily",
    item: str = "",
    words: Mapping[str, str] | None = None,
) -> list[int]:
    """Put one action per subject on the register, in the scope of its meeting; gives their numbers.

    words: what the action says in place of *action* for some of the subjects, by reference.

    Raises Conflict where the meeting is sealed.
    """
    with store.change("Raise actions", meeting=meeting_id) as writing:
        held = None if meeting_id is None else writing.row("meeting", meeting_id)
        scope = held["scope"] if held else FORCE
        numbers = [
            writing.insert(
                "action",
                meeting_id=meeting_id,
                meeting_kind=kind,
                item=item,
                subject_kind=subject.kind,
                subject_ref=subject.ref,
                subject=subject.label,
                action=(words or {}).get(subject.ref, action).strip(),
                owner=owner.strip(),
                set_at=writing.now,
                due_at=stamp(due),
                status="open",
                result="",
                closed_by="",
                scope=scope,
            )
            for subject in subjects
        ]
        writing.says(f"{_actions(numbers)} raised on {labels(subjects)}: {action.strip()}")
    return numbers


def labels(subjects: Sequence[Subject]) -> str:
    """What actions or decisions are about, by name."""
    return named([subject.label or subject.kind for subject in subjects])


def close_actions(
    store: Store, ids: Sequence[int], result: str, *, status: str = "done", meeting_id: int | None = None
) -> None:
    """Close actions with a result.

    Raises Problem without one, Conflict where one is closed already or the meeting is sealed.
    """
    came = reason_given(result)
    closed = "closed" if status == "done" else status
    with store.change(f"{_actions(ids)} {closed}: {came}", meeting=meeting_id) as writing:
        _all_open(writing, ids)
        for number in ids:
            writing.update(
                "action",
                number,
                status=status,
                result=came,
                closed_at=writing.now,
                closed_by=writing.who,
                closed_meeting_id=meeting_id,
                escalated_to="",
            )
            _say(writing, number, meeting_id, f"{status}: {came}")


def carry_actions(
    store: Store, ids: Sequence[int], due: datetime, words: str, *, meeting_id: int | None = None
) -> None:
    """Carry open actions to a later time, with the reason.

    Raises Problem without one, Conflict where an action is closed or due at that time or later, or the meeting is
    sealed.
    """
    why, at = reason_given(words), stamp(due)
    with store.change("Carry actions", meeting=meeting_id) as writing:
        rows = _all_open(writing, ids)
        all_or_none([_due_late_enough(row, at) for row in rows])
        for number, row in zip(ids, rows, strict=True):
            writing.update("action", number, due_at=at)
            _say(writing, number, meeting_id, f"carried from {_when(row['due_at'])}: {why}")
        was = f" from {_when(rows[0]['due_at'])}" if len(rows) == 1 else ""
        writing.says(f"{_actions(ids)} carried{was} to {_when(at)}: {why}")


def _due_late_enough(row: Values, at: str) -> Unfit | None:
    number, due = row["id"], row["due_at"]
    return Unfit(str(number), _actions([number]), f"is due {_when(due)} already") if due >= at else None


_ESCALATED, _ANSWERED = "escalated to ", "answered by "
"""How the updates begin that hold an escalation and its answer; no other update begins so."""


def escalate(store: Store, ids: Sequence[int], to: str, reason: str, *, meeting_id: int | None = None) -> None:
    """Ask the other meeting about open actions; they stay open, and wait for its answer. *to*: its kind.

    Raises Problem without a reason, Conflict where one is closed, or waits for an answer already.
    """
    why = reason_given(reason)
    with store.change(f"{_actions(ids)} escalated to {to}: {why}", meeting=meeting_id) as writing:
        rows = _all_open(writing, ids)
        all_or_none([_not_waiting(row["id"], row["escalated_to"]) for row in rows])
        for number in ids:
            writing.update("action", number, escalated_to=to)
            _say(writing, number, meeting_id, f"{_ESCALATED}{to}: {why}")


def _not_waiting(number: int, kind: str) -> Unfit | None:
    return Unfit(str(number), _actions([number]), f"waits for the {kind} meeting already") if kind else None


def refuse_waiting(asked: Sequence[ActionView]) -> None:
    """Raise Conflict, which names them, where actions wait for an answer: before anyone is asked for a reason."""
    all_or_none([_not_waiting(action.id, action.escalated_to) for action in asked])


def answer(store: Store, ids: Sequence[int], words: str, *, meeting_id: int | None = None) -> None:
    """Answer actions that were escalated: they go back to the meeting that asked.

    Raises Problem without words, Conflict where one is closed or waits for no answer.
    """
    said = reason_given(words)
    with store.change(f"{_actions(ids)} answered: {said}", meeting=meeting_id) as writing:
        rows = _all_open(writing, ids)
        all_or_none([_waiting(row) for row in rows])
        for number, row in zip(ids, rows, strict=True):
            writing.update("action", number, escalated_to="")
            _say(writing, number, meeting_id, f"{_ANSWERED}{row['escalated_to']}: {said}")


def _waiting(row: Values) -> Unfit | None:
    number = row["id"]
    return None if row["escalated_to"] else Unfit(str(number), _actions([number]), "waits for no answer")


def edit_action(
    store: Store, number: int, action: str, owner: str, due: datetime, *, meeting_id: int | None = None
) -> None:
    """Change the words, owner or time of an open action; what it said until then stays with its updates.

    Raises Conflict where it is closed or says this already, or the meeting is sealed.
    """
    with store.change("Change an action", meeting=meeting_id) as writing:
        [row] = _all_open(writing, [number])
        new = writing.typed("action", number, action=action.strip(), owner=owner.strip(), due_at=stamp(due))
        if all(row[column] == value for column, value in new.items()):
            all_or_none([Unfit(str(number), _actions([number]), "says this already")])
        writing.update("action", number, **new)
        writing.says(f"{_actions([number])} changed: {new.get('action', row['action'])}")
        was = f"{row['action']} ({row['owner']}, due {_when(row['due_at'])})"
        _say(writing, number, meeting_id, f"edited; was: {was}")


def _when(moment: datetime | str) -> str:
    """A moment in London's time."""
    return f"{london(moment):%d/%m/%Y %H:%M}"


def _all_open(writing: Writing, ids: Sequence[int]) -> list[Values]:
    """Actions that are open. Raises Conflict, which names those that are not."""
    rows = [writing.row("action", number) for number in ids]
    all_or_none([_not_open(number, row["status"] if row else None) for number, row in zip(ids, rows, strict=True)])
    return [row for row in rows if row is not None]


def _not_open(number: int, status: str | None) -> Unfit | None:
    if status == "open":
        return None
    state = "is no longer in the store" if status is None else f"is {'closed' if status == 'done' else status} already"
    return Unfit(str(number), _actions([number]), state)


def refuse_closed(store: Store, ids: Sequence[int]) -> None:
    """Raise Conflict, which names them, where actions are not open: before anyone is asked for what is not kept."""
    found: dict[int, str] = lookup(store.read.rows("SELECT id, status FROM action"))
    all_or_none([_not_open(number, found.get(number)) for number in ids])


def _say(writing: Writing, number: int, meeting_id: int | None, words: str) -> None:
    writing.insert(
        "action_update", action_id=number, meeting_id=meeting_id, at=writing.now, by=writing.who, words=words
    )


def _actions(ids: Sequence[int]) -> str:
    return f"Action {named([str(number) for number in ids])}"


_ACTIONS = (
    "SELECT a.*, (SELECT COUNT(*) FROM action_update u WHERE u.action_id = a.id) AS updates, "
    "(SELECT words FROM action_update u WHERE u.action_id = a.id ORDER BY u.id DESC LIMIT 1) AS latest, "
    "(SELECT words FROM action_update u WHERE u.action_id = a.id AND a.escalated_to <> '' AND words LIKE :escalated "
    "ORDER BY u.id DESC LIMIT 1) AS escalation FROM action a "
)
_OF = "(:kind = '' OR a.meeting_kind = :kind OR a.escalated_to = :kind)"
"""What of the register is of a kind of meeting: what it has raised, and what waits for its answer."""


def _read(store: Store, where: str, now: datetime, **values: object) -> list[ActionView]:
    now = now.replace(microsecond=0)  # as stored stamps are, so that counts and letters agree at every moment
    rows = store.read.rows(_ACTIONS + where, escalated=f"{_ESCALATED}%", **values)
    return [_view(row, now) for row in rows]


def _view(row: Row, now: datetime) -> ActionView:
    due_at, kind, latest = moment_of(row["due_at"]), row["meeting_kind"], row["latest"] or ""
    return ActionView(
        id=row["id"],
        meeting_id=row["meeting_id"],
        kind=kind,
        item=row["item"],
        subject=Subject(row["subject_kind"], row["subject_ref"], row["subject"]),
        action=row["action"],
        owner=row["owner"],
        set_at=moment_of(row["set_at"]),
        due_at=due_at,
        status=row["status"],
        result=row["result"],
        closed_by=row["closed_by"],
        rag=rag(row["status"], due_at, now, kind),
        updates=row["updates"],
        scope=row["scope"],
        escalated_to=row["escalated_to"],
        escalation=row["escalation"] or "",
        answered=latest if row["status"] == "open" and latest.startswith(_ANSWERED) else "",
    )


def action(store: Store, number: int, now: datetime) -> ActionView:
    """One action. Raises Conflict where it is gone."""
    found = _read(store, "WHERE a.id = :id", now, id=number)
    if not found:
        raise undone(number)
    return found[0]


def updates(store: Store, number: int) -> list[tuple[datetime, str, str]]:
    """What was said about an action, the latest first: when, by whom, the words."""
    rows = store.read.rows(
        'SELECT at, "by", words FROM action_update WHERE action_id = :id ORDER BY id DESC', id=number
    )
    return [(moment_of(at), by, in_london_time(words)) for at, by, words in rows]


def open_actions(store: Store, now: datetime, kind: str | None = None) -> list[ActionView]:
    """Every open action, overdue first, then by due time; of a kind of meeting what it raised or has to answer."""
    where = f"WHERE a.status = 'open' AND {_OF} ORDER BY a.due_at, a.id"
    return _read(store, where, now, kind=kind or "")


def raised_in(store: Store, meeting_id: int, now: datetime) -> list[ActionView]:
    """The actions raised in a meeting, in order."""
    return _read(store, "WHERE a.meeting_id = :id ORDER BY a.id", now, id=meeting_id)


def about(store: Store, subject: Subject, now: datetime) -> list[ActionView]:
    """Every action about a person, ward or unit, the open ones first."""
    where = (
        "WHERE a.subject_kind = :kind AND a.subject_ref = :ref "
        "ORDER BY CASE a.status WHEN 'open' THEN 0 ELSE 1 END, a.due_at"
    )
    return _read(store, where, now, kind=subject.kind, ref=subject.ref)


def open_by_subject(store: Store, kind: str) -> dict[str, int]:
    """Open actions per reference of a kind of subject."""
    query = (
        "SELECT subject_ref, COUNT(*) FROM action WHERE status = 'open' AND subject_kind = :kind GROUP BY subject_ref"
    )
    return lookup(store.read.rows(query, kind=kind))


def counts(store: Store, now: datetime, kind: str | None = None) -> Counts:
    """The figures that stand on every screen: those of :func:`open_actions`, counted in the store."""
    soon = " ".join(f"WHEN '{name}' THEN :{name}" for name in SOON)
    ahead = {name: stamp(now + time) for name, time in SOON.items()}
    row = store.read.rows(
        "SELECT COUNT(*) AS open, COUNT(CASE WHEN due_at < :now THEN 1 END) AS overdue, "  # noqa: S608
        f"COUNT(CASE WHEN due_at >= :now AND due_at <= CASE meeting_kind {soon} ELSE :daily END THEN 1 END) AS due "
        f"FROM action a WHERE status = 'open' AND {_OF}",
        now=stamp(now),
        kind=kind or "",
        **ahead,
    )[0]
    return from_row(Counts, row)


def counted_in(listed: Sequence[ActionView]) -> Counts:
    """The same figures of actions that were read, by their letters."""
    letters = [action.rag for action in listed]
    return Counts(len(letters), letters.count(Rag.AMBER), letters.count(Rag.RED))

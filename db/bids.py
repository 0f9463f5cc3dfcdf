"""Bids for resources: who asks, for what, where, when, its score, what became of it and what came of that.

Granting a bid that names a ward and a time makes the deployment, in the same command, out of what is really free then
(``db/granting.py``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.applying import Unfit, all_or_none, reason_given
from core.bids import CONFIDENCE, OPEN, OUTCOMES, Score, is_settled, matrix, score
from core.days import london, moment_of, stamp
from core.deployments import State
from core.errors import Conflict, Problem
from core.scope import WHOLE_FORCE, Scope
from core.tactics import tactic_called
from db.deployments import deployment
from db.store import Store

if TYPE_CHECKING:
    from db.store.engine import Row
    from db.store.journal import Values, Writing

RESULT_AFTER = timedelta(days=7)
"""How long after the end of what was given its result is due, unless another day is said: the next weekly meeting."""


@dataclass(frozen=True)
class BidTerms:
    """What a bid says beside who asks for what, as the form of DOMAIN.md section 7 has it; blank where it does not.

    skills: staff and kit beside officers. risk: what follows if nothing is given. exit: when it ends.
    """

    ward_code: str = ""
    tactic: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    officers: int | None = None
    skills: str = ""
    objective: str = ""
    control_strategy: str = ""
    risk: str = ""
    community: str = ""
    exit: str = ""
    measure: str = ""


NO_TERMS = BidTerms()


@dataclass(frozen=True)
class BidView:
    """One bid; ``outcome`` is empty while it is open. answers: the questions of the matrix to their answers.

    deployment: the number of the one that was made for it. result_due: when what came of it is to be told.
    given_nothing: whether that was cancelled before its start, so that no result is owed.
    """

    id: int
    requester: str
    bcu: str
    problem: str
    resource: str
    place: str
    starts: str
    outcome: str
    reason: str
    terms: BidTerms = NO_TERMS
    answers: Mapping[str, int] = field(default_factory=dict)
    confidence: str = ""
    deployment: int | None = None
    result_due: datetime | None = None
    result: str = ""
    given_nothing: bool = False

    @property
    def score(self) -> Score:
        """Its score by the matrix, with the confidence of who scored it."""
        return score(self.answers, self.confidence)

    def owes(self, now: datetime) -> bool:
        """Whether its result is due and has not been told."""
        return self.result_due is not None and not self.result and self.result_due <= now


def make_bid(
    store: Store,
    requester: str,
    bcu: str,
    problem: str,
    resource: str,
    place: str,
    starts: str,
    *,
    terms: BidTerms = NO_TERMS,
    result: str = "",
    meeting_id: int | None = None,
) -> int:
    """Put a bid on the list and give its number. result: of what the same requester was given before, where it is owed.

    starts: when in words, those of its times where it is empty.

    Raises Conflict where it is on the list or the meeting is sealed, Problem where a result is owed and not told, or
    its end is not after its start.
    """
    asked = {
        "requester": requester, "bcu": bcu, "problem": problem, "resource": resource, "place": place,
        "starts": starts or _span_words(terms),
    }  # fmt: skip
    if terms.starts_at and terms.ends_at and terms.ends_at <= terms.starts_at:
        raise Problem(f"It would end before it starts, at {london(terms.starts_at):%d/%m %H:%M}. Give a later end.")
    if terms.tactic:
        tactic_called(terms.tactic)
    with store.change(f"{requester}: {resource} put on the list of bids", meeting=meeting_id) as writing:
        for row in store.read.rows(f"SELECT id, {', '.join(asked)} FROM bid WHERE outcome = :open", open=OPEN):  # noqa: S608 - own names
            if all(row[column] == value for column, value in asked.items()):
                all_or_none([Unfit(str(row["id"]), f"Bid {row['id']}", "asks for this already")])
        owed = owed_by(store, requester, moment_of(writing.now))
        if owed is not None and not result.strip():
            raise Problem(owed_words(owed))
        if owed is not None:
            writing.update("bid", owed.id, result=result.strip(), result_by=writing.who)
        new = {**asked, **_stored(terms), **_NOTHING_YET, "made_at": writing.now, "outcome": OPEN, "reason": ""}
        return writing.insert("bid", **new)


def _span_words(terms: BidTerms) -> str:
    if terms.starts_at is None or terms.ends_at is None:
        return ""
    within_a_day = terms.ends_at - terms.starts_at < timedelta(days=1)
    end = f"{london(terms.ends_at):%H:%M}" if within_a_day else f"{london(terms.ends_at):%d/%m %H:%M}"
    return f"{london(terms.starts_at):%a %d/%m %H:%M}-{end}"


_NOTHING_YET: Mapping[str, object] = {
    "answers": "", "confidence": "", "scored_by": "", "deployment_id": None, "result_due": None, "result": "",
    "result_by": "",
}  # fmt: skip


def _stored(terms: BidTerms) -> dict[str, object]:
    values = asdict(terms)
    for name in ("starts_at", "ends_at"):
        values[name] = stamp(values[name]) if values[name] else None
    return values


def owed_by(store: Store, requester: str, now: datetime) -> BidView | None:
    """The bid of a requester whose result is due and has not been told, the one due first; None for none."""
    folded = requester.strip().casefold()
    rows = store.read.rows(
        f"{_COLUMNS} WHERE result_due IS NOT NULL AND result_due <= :now AND result = '' ORDER BY result_due, id",
        now=stamp(now),
    )
    mine = (_view(store, row, now) for row in rows if row["requester"].strip().casefold() == folded)
    return next((bid for bid in mine if bid.owes(now)), None)


def owed_words(owed: BidView) -> str:
    """That a result is owed, in a sentence."""
    due = f"{london(owed.result_due):%d/%m/%Y}" if owed.result_due else "now"
    return f"{owed.requester} owes the result of bid {owed.id}, {owed.resource}, due {due}. Write it in Result."


def score_bid(
    store: Store, number: int, answers: Mapping[str, int], confidence: str, *, meeting_id: int | None = None
) -> None:
    """Write down the answers of the matrix (0 to 4 each) and how sure they are.

    Raises Problem for a question or an answer that there is not, Conflict where the bid is gone or decided.
    """
    asked, highest = matrix().questions, matrix().highest
    for question, given in answers.items():
        if question not in asked or not 0 <= given <= highest:
            raise Problem(f"'{question}' is answered {given}. Answer a question of the matrix with 0 to {highest}.")
    if confidence not in CONFIDENCE:
        raise Problem(f"'{confidence}' is no confidence. Use {', '.join(CONFIDENCE)}.")
    with store.change(f"Bid {number} scored", meeting=meeting_id) as writing:
        row = there(writing, number)
        refuse_decided(number, row["outcome"])
        new = {"answers": json.dumps(dict(answers)), "confidence": confidence}
        if all(row[column] == value for column, value in new.items()):
            all_or_none([Unfit(str(number), f"Bid {number}", "is scored so already")])
        writing.update("bid", number, **new, scored_by=writing.who)
        writing.says(f"{row['requester']}: {row['resource']} scored {score(answers, confidence).words}")


def there(writing: Writing, number: int) -> Values:
    """A bid as it stands in a transaction. Raises Conflict where it is gone."""
    row = writing.row("bid", number)
    if row is None:
        raise Conflict("This bid is no longer in the store. Refresh with ctrl+r.")
    return row


def refuse_same(row: Values, outcome: str, why: str, meeting_id: int | None) -> None:
    """Raise Conflict where a bid is decided so already, for the same reason and in the same meeting."""
    if (row["outcome"], row["reason"], row["meeting_id"]) == (outcome, why, meeting_id):
        label = f"{row['requester']}: {row['resource']}"
        all_or_none([Unfit(str(row["id"]), label, f"is {outcome} already for this reason")])


def refuse_decided(number: int, outcome: str) -> None:
    """Raise Conflict where a bid is decided for good, so that its score is no matter any more."""
    if is_settled(outcome):
        raise Conflict(f"Bid {number} is {outcome}: only one that is to be decided is scored.")


def refuse_not_given(number: int, label: str, outcome: str) -> None:
    """Raise Conflict where a bid was given nothing of which anything could come. label: what it is called."""
    if outcome not in ("granted", "part"):
        all_or_none([Unfit(str(number), label, f"is {outcome or 'open'}: only what was given has a result")])


def outcome_checked(outcome: str, reason: str) -> str:
    """The reason of an outcome. Raises Problem where there is no such outcome, or no reason."""
    if outcome not in OUTCOMES:
        raise Problem(f"'{outcome}' is no outcome of a bid. Use one of: {', '.join(OUTCOMES)}.")
    return reason_given(reason)


def tell_result(store: Store, number: int, result: str, *, meeting_id: int | None = None) -> None:
    """Write down what came of a bid that was given something. Raises Problem without words, Conflict for another."""
    if not result.strip():
        raise Problem("Say what came of it, in figures where there are any.")
    with store.change(f"Result of bid {number}", meeting=meeting_id) as writing:
        row = there(writing, number)
        label = f"{row['requester']}: {row['resource']}"
        refuse_not_given(number, label, row["outcome"])
        if row["result"] == result.strip():
            all_or_none([Unfit(str(number), label, "has this result already")])
        writing.update("bid", number, result=result.strip(), result_by=writing.who)
        writing.says(f"{label}: {result.strip()}")


_COLUMNS = (
    "SELECT id, requester, bcu, problem, resource, place, starts, outcome, reason, ward_code, tactic, starts_at, "
    "ends_at, officers, skills, objective, control_strategy, risk, community, exit, measure, answers, confidence, "
    "deployment_id, result_due, result, meeting_id FROM bid"
)


def bids(
    store: Store, meeting_id: int | None = None, now: datetime | None = None, scope: Scope = WHOLE_FORCE
) -> list[BidView]:
    """The bids that are open, deferred, were decided in this meeting or owe their result: open ones first.

    scope: of a BCU its own, of a borough those of its BCU, or its own where there are none; beside what this meeting
    has decided.
    """
    query = (
        f"{_COLUMNS} WHERE (outcome IN ('', 'deferred') OR meeting_id = :meeting "
        "OR (result = '' AND result_due <= :now)) AND (:force OR bcu IN (:bcu, :name) OR meeting_id = :meeting) "
        "ORDER BY CASE outcome WHEN '' THEN 0 ELSE 1 END, id"
    )
    at = now or store.now()
    rows = store.read.rows(
        query,
        meeting=meeting_id or 0,
        now=stamp(at),
        force=scope.is_force,
        bcu=scope.bcu,
        name=scope.name,
    )
    found = [(row["meeting_id"], _view(store, row, at)) for row in rows]
    return [bid for held, bid in found if not bid.given_nothing or (held is not None and held == meeting_id)]


def bid(store: Store, number: int) -> BidView | None:
    """One bid, whatever has become of it; None where there is none of that number."""
    found = store.read.rows(f"{_COLUMNS} WHERE id = :number", number=number)
    return _view(store, found[0], store.now()) if found else None


def _view(store: Store, row: Row, now: datetime) -> BidView:
    number = row["deployment_id"]
    given = None if number is None else deployment(store, number, now)
    nothing = given is not None and given.state is State.CANCELLED
    names = ("id", "requester", "bcu", "problem", "resource", "place", "starts", "outcome", "reason", "confidence")
    return BidView(
        **{name: row[name] for name in (*names, "result")},
        terms=terms_of(row),
        answers=json.loads(row["answers"]) if row["answers"] else {},
        deployment=number,
        result_due=moment_of(row["result_due"]) if row["result_due"] and not nothing else None,
        given_nothing=nothing,
    )


def terms_of(row: Row | Values) -> BidTerms:
    """What a stored bid says beside who asks for what."""
    values = {name: row[name] for name in BidTerms.__dataclass_fields__}
    for name in ("starts_at", "ends_at"):
        values[name] = moment_of(values[name]) if values[name] else None
    return BidTerms(**values)

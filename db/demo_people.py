"""What the demo's meetings do about people and wards: each word is chosen by what the records say at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from core.allegations import Allegation
from core.days import day_of, uk
from core.demo.facts import Facts, Wording, ahead, share, weekday, working_day
from core.demo.stories import may_ask, may_decide
from core.demo.words import ADOPTED, CHOICES, LEFT, TASKS, Task
from core.demo.words_loop import EVIDENCE
from core.demo.words_night import INCIDENT_TASKS
from core.demo.words_places import WARD_TASKS
from core.reports import Role
from core.scope import scope_of
from core.text import counted, figure
from core.wards import WardScore
from db import actions, decisions, markers, memberships, panels, people, rankings, unsafe_places, wards
from db.actions import ActionView, Subject
from db.demo_loop import details_on, rationale_on
from db.meetings import MeetingView
from db.memberships import Proposal
from db.ranked_first import first_ranked
from db.rankings import Ranked
from db.store import Store

_FORGOTTEN = timedelta(days=5)
"""How long an action is overdue before the meeting closes it after all."""
_HELD = ("remand", "serving", "recalled")
_TOP, _WARDS = 40, 12
_BCU_EVERY = 7
"""A BCU's daily raises an action of its own on every so many days."""
_SHOWN_EVERY = 4
"""Of every so many results one names what shows it."""
_RECENT, _YEAR = 14, 365
_KILLED = ("Murder", "Manslaughter")
_STALKED = "talking"
_NOTHING = Facts(frozenset(), {})
"""What is said whatever the records hold."""
_PROTECTING = ("NMO", "RO", "DVPO", "SPO")
"""Orders that protect someone, who can be seen about them."""


class Register:
    """The actions, decisions and memberships of the demo, and which words were said already."""

    def __init__(self, store: Store, chair: str) -> None:
        self._store = store
        self._chair = chair
        self._wording = Wording()
        self._tasks: dict[int, Task] = {}
        self._panels: dict[str, list[str]] = {}
        self._adopted: set[str] = set()
        self._decided: dict[str, str] = {}
        self._asked: set[tuple[str, str]] = set()

    def settle_due(self, meeting: MeetingView, now: datetime) -> None:
        """Close most of what is due, each with what came of it, carry some, leave some overdue."""
        for action in actions.open_actions(self._store, now, meeting.kind):
            its_own = action.id in self._tasks and action.scope == meeting.scope
            if not its_own or action.due_at > now + timedelta(hours=2):
                continue
            if action.id % 7 == 3 and not action.updates:
                today = day_of(meeting.as_of)
                until = working_day(today + 2)
                due = now + timedelta(days=until + 1 - today)  # what it waits for comes before
                delays = self._tasks[action.id].delays
                why = delays[action.id % len(delays)].format(day=weekday(until))
                actions.carry_actions(self._store, [action.id], due, why, meeting_id=meeting.id)
            elif action.id % 7 != 5 or action.due_at < now - _FORGOTTEN:
                self._close(action, meeting)

    def _close(self, action: ActionView, meeting: MeetingView) -> None:
        """Close an action with what can have come of it, as things stand now; if nothing can, it stays open."""
        facts = self._facts_of(action.subject, meeting)
        result = self._wording.choose(self._tasks[action.id].results, facts, action.id)
        if result is not None:
            shows = EVIDENCE.format(number=action.id) if action.id % _SHOWN_EVERY == 0 else ""
            actions.close_actions(self._store, [action.id], result.about(facts), evidence=shows, meeting_id=meeting.id)

    def raise_new(self, meeting: MeetingView, now: datetime) -> None:
        """Two actions on people near the head of the list, one on a ward, a decision, and who is adopted."""
        if meeting.run_id is None:
            return
        day = day_of(meeting.as_of)
        top = rankings.entries(self._store, meeting.run_id, _TOP)
        with self._store.at(item_of(meeting, "suspects")):
            for nth in range(2):
                begin = (day * 7 + nth * 11) % len(top)
                self._raise_on_one(meeting, [*top[begin:], *top[:begin]], now + _time(meeting, 1 + day % 3), day + nth)
            self._adopt(meeting, top)
            self._decide(meeting, top[day % len(top) :] + top[: day % len(top)], day)
        ward = wards.ranking(self._store).table.entries[day % _WARDS]
        subject = Subject("ward", ward.ward_code, ward.ward)
        facts = self._ward_facts(ward, day)
        with self._store.at(item_of(meeting, "wards")):
            self._raise(meeting, subject, WARD_TASKS, facts, now + _time(meeting, 1), day)

    def raise_of_scope(self, meeting: MeetingView, now: datetime) -> None:
        """Every few days an action on someone of the BCU who stands high in the list of the force."""
        day = day_of(meeting.as_of)
        if meeting.run_id is None or day % _BCU_EVERY:
            return
        top = first_ranked(self._store, meeting.run_id, scope_of(meeting.scope), _TOP)
        with self._store.at(item_of(meeting, "suspects")):
            self._raise_on_one(meeting, top, now + _time(meeting, 1 + day % 3), day)

    def raise_of_night(self, meeting: MeetingView, about: Subject | None, now: datetime) -> None:
        """What the Task Force asks about an incident of the night, where there is one."""
        if about is not None:
            day = day_of(meeting.as_of)
            self._raise(meeting, about, INCIDENT_TASKS, _NOTHING, now + _time(meeting, 1 + day % 2), day // 2)

    def _raise_on_one(self, meeting: MeetingView, top: Sequence[Ranked], due: datetime, turn: int) -> None:
        """Raise an action on the first of whom there is something to be done that was not asked before."""
        for person in top:
            subject = Subject("person", person.person, person.name)
            facts = self._facts(person, meeting)
            if self._raise(meeting, subject, TASKS, facts, due, turn):
                return

    def _raise(
        self,
        meeting: MeetingView,
        subject: Subject,
        tasks: Sequence[Task],
        facts: Facts,
        due: datetime,
        turn: int,
    ) -> bool:
        asked = {words for ref, words in self._asked if ref == subject.ref}
        decided = self._decided.get(subject.ref, "")
        fitting = [task.says for task in tasks if may_ask(task.says.words, asked, decided)]
        chosen = self._wording.choose(fitting, facts, turn, asked) if fitting else None
        if chosen is None:
            return False
        task, words = next(task for task in tasks if task.says is chosen), chosen.about(facts)
        at = self._store.item
        numbers = actions.raise_actions(
            self._store, [subject], words, task.owner, due, meeting_id=meeting.id, kind=meeting.kind, item=at,
            details=details_on(meeting, due, task.expects, turn),
        )  # fmt: skip
        self._asked.add((subject.ref, words))
        self._tasks |= dict.fromkeys(numbers, task)
        return True

    def _decide(self, meeting: MeetingView, top: Sequence[Ranked], day: int) -> None:
        """Decide about the first of whom nothing was decided yet: a decision stands until a new one amends it."""
        for person in top:
            if person.person in self._decided:
                continue
            facts = self._facts(person, meeting)
            asked = {words for ref, words in self._asked if ref == person.person}
            fitting = [choice.says for choice in CHOICES if may_decide(choice.says.words, asked)]
            chosen = self._wording.choose(fitting, facts, day)
            if chosen is None:
                continue
            choice = next(choice for choice in CHOICES if choice.says is chosen)
            shown = {
                "rank": str(person.rank),
                "score": f"{figure(person.score)} d",
                "allegations": str(person.allegations),
            }
            about = [(Subject("person", person.person, person.name), shown)]
            words, why = chosen.about(facts), choice.reason.format_map(facts.figures)
            self._decided[person.person] = words
            decisions.decide(
                self._store, about, words, why, decided_by=self._chair, meeting_id=meeting.id, item=self._store.item,
                rationale=rationale_on(meeting, day, self._chair),
            )  # fmt: skip
            return

    def _adopt(self, meeting: MeetingView, top: Sequence[Ranked]) -> None:
        """Adopt some of the highest who are not held into V100: a rank proposes, the chair adopts.

        The weekly also lets someone go who was adopted while free and is held by now.
        """
        day, run = day_of(meeting.as_of), meeting.run_id
        members = memberships.members(self._store, "v100")
        known = self._adopted
        free = [one for one in top if one.person not in known and one.status not in _HELD]
        for one in free[:2]:
            facts = self._facts(one, meeting)
            known.add(one.person)
            words = self._wording.choose(ADOPTED, facts, day + one.position) or ADOPTED[0]
            memberships.adopt(
                self._store,
                "v100",
                [Proposal(one.person, f"rank {one.rank} in run {run}", {"rank": one.rank, "run": run})],
                since=day,
                reason=words.about(facts),
                adopted_by=self._chair,
                review_on=day + (14 if day % 2 else 31),
                meeting_id=meeting.id,
            )
        if meeting.kind == "weekly":
            held = {one.person: one for one in top if one.status in _HELD}
            self._let_go(meeting, [(member.id, held[member.person]) for member in members if member.person in held])

    def _let_go(self, meeting: MeetingView, held: Iterable[tuple[int, Ranked]]) -> None:
        """Let the first of those go of whom there is a reason to say so."""
        day = day_of(meeting.as_of)
        for number, person in held:
            facts = self._facts(person, meeting)
            if (words := self._wording.choose(LEFT, facts, day)) is not None:
                reason = words.about(facts)
                memberships.leave(self._store, [number], on=day, reason=reason, by=self._chair, meeting_id=meeting.id)
                return

    def _facts_of(self, subject: Subject, meeting: MeetingView) -> Facts:
        day = day_of(meeting.as_of)
        if subject.kind == "incident":
            return _NOTHING
        if subject.kind == "ward":
            entries = wards.ranking(self._store).table.entries
            return self._ward_facts(next(ward for ward in entries if ward.ward_code == subject.ref), day)
        person = rankings.entry_of(self._store, meeting.run_id, subject.ref)
        return self._facts(person, meeting) if person else _NOTHING

    def _facts(self, person: Ranked, meeting: MeetingView) -> Facts:
        """What the records say of a person on the day of a meeting."""
        day = day_of(meeting.as_of)
        head = rankings.run(self._store, meeting.run_id or 0)
        reports = people.explain_in(self._store, person.person, head).counted
        status = people.person(self._store, person.person).status
        marked = [one for one in markers.of_person(self._store, person.person) if one.holds(day)]
        orders = [one.value for one in marked if one.kind == "order"]
        breached = any(one.kind == "breach" and one.ends is None for one in marked)
        wanted = next((uk(one.starts) for one in marked if one.kind == "wanted"), "")
        hold = {status, "child" if person.child(day) else "adult", *orders, *_holds(reports, day)}
        hold |= {word for word, holds in (("order", orders), ("breach", breached)) if holds}
        order = next((one for one in orders if one in _PROTECTING), "")
        hold |= {"protected"} if order else set()
        hold |= {"adopted"} if person.person in self._adopted else set()
        figures = {**_figures(person, reports), **ahead(day), "order": order, "wanted": wanted}
        return Facts(frozenset(hold), figures)

    def _ward_facts(self, ward: WardScore, day: int) -> Facts:
        """What is asked for and flagged in a ward."""
        if not self._panels:
            self._panels = panels_ask(self._store, day)
        flagged = unsafe_places.flagged(self._store, day - _YEAR, day).by_ward.get(ward.ward_code, 0)
        facts = ward_facts(self._panels.get(ward.ward_code, []), flagged)
        return Facts(facts.hold, {**facts.figures, **ahead(day)})


def item_of(meeting: MeetingView, view: str) -> str:
    """The key of the agenda item that shows a list; the last item where none does."""
    items = meeting.agenda.items
    return next((item.key for item in items if view in item.views), items[-1].key)


def _time(meeting: MeetingView, days: int) -> timedelta:
    """How long an action may take: so many days, or until the next weekly meeting where that raised it."""
    return timedelta(days=7 if meeting.kind == "weekly" else days)


def panels_ask(store: Store, day: int) -> dict[str, list[str]]:
    """What the panel of each ward asks for on a day, by ward; the demo's panels set nothing anew in its weeks."""
    asked: dict[str, list[str]] = {}
    for one in panels.panel_priorities(store, day):
        asked.setdefault(one.ward_code, []).append(one.priority)
    return asked


def ward_facts(asked: Sequence[str], flagged: int) -> Facts:
    """The facts of a ward: what its panel asks for, the first first, and how many places residents flagged."""
    hold = {word for word, holds in (("panel", asked), ("flagged", flagged > 1)) if holds}
    figures = {"panel": asked[0] if asked else "", "flags": counted(flagged, "place")}
    return Facts(frozenset(hold), figures)


def _holds(reports: Sequence[Allegation], day: int) -> set[str]:
    """What holds of someone's counted reports, in the words that sentences need."""
    rows = [report.row for report in reports]
    charged, victims = _charged(reports), len(_victims(reports))
    holds = {
        "open": _with(reports, "under investigation") > 0,
        "unsupported": _with(reports, "victim does not support") > 0,
        "charged": charged > 0,
        "all charged": charged == len(rows) > 0,
        "convicted": any(row.role is Role.CONVICTED for row in rows),
        "domestic": any(row.domestic_abuse for row in rows),
        "stalking": any(_STALKED in row.offence for row in rows),
        "killing": any(row.offence.startswith(_KILLED) for row in rows),
        "one victim": victims == 1,
        "several victims": victims > 1,
        "several boroughs": len({row.borough for row in rows}) > 1,
        "one borough": len({row.borough for row in rows}) == 1,
        "recent": any(row.reported_on > day - _RECENT for row in rows),
    }
    return {word for word, held in holds.items() if held}


def _figures(person: Ranked, reports: Sequence[Allegation]) -> dict[str, str]:
    rows = [report.row for report in reports]
    number = len(rows)
    stalking = sum(_STALKED in row.offence for row in rows)
    return {
        "n_reports": counted(number, "report"),
        "victims": counted(len(_victims(reports)), "victim"),
        "open_of": share(_with(reports, "under investigation"), number),
        "open_reports": counted(_with(reports, "under investigation"), "open report"),
        "unsupported_of": share(_with(reports, "victim does not support"), number),
        "charged_of": share(_charged(reports), number),
        "convicted_of": share(sum(row.role is Role.CONVICTED for row in rows), number),
        "domestic": counted(sum(row.domestic_abuse for row in rows), "domestic report"),
        "domestic_of": share(sum(row.domestic_abuse for row in rows), number),
        "stalking": counted(stalking, "stalking report"),
        "stalking_of": share(stalking, number),
        "boroughs": str(len({row.borough for row in rows})),
        "borough": person.borough,
        "offence": person.largest_offence or "not weighed",
        "latest": uk(max((row.reported_on for row in rows), default=1)),
    }


def _with(reports: Sequence[Allegation], outcome: str) -> int:
    return sum(report.row.outcome == outcome for report in reports)


def _charged(reports: Sequence[Allegation]) -> int:
    return sum(report.row.role in (Role.CHARGED, Role.CONVICTED) for report in reports)


def _victims(reports: Sequence[Allegation]) -> set[str]:
    return {report.row.victim_ref for report in reports if report.row.victim_ref}

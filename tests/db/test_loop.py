"""From promise to result, below the screen: details, updates, evidence, escalation, decisions, notes, counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.days import london
from core.decisions import Rationale
from core.errors import Conflict, NotFound, Problem
from core.owners import Owner, owner_named
from core.scope import WHOLE_FORCE, scope_of
from db import actions, decisions, escalations, meeting_notes, meetings, papers
from db.actions import Details, Subject
from db.loop import loop
from db.meetings import Papers
from db.owners import known_owners, load_of, loads
from db.record import deeds
from db.store import Store
from db.store.undo import undo
from db.store.verify import verify

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()
WHO = Subject("person", "P1", "Testcase, Al")


def _raise(
    store: Store, words: str = "Locate", *, hours: float = 30, meeting: int | None = None, **details: str
) -> int:
    due = store.now() + timedelta(hours=hours)
    return actions.raise_actions(
        store, [WHO], words, "Intelligence", due, meeting_id=meeting, details=Details(**details)
    )[0]


def test_an_action_says_where_it_came_from_and_keeps_both_times_of_an_update(store: Store) -> None:
    """DOMAIN.md section 7: owner (role and name), partner, priority, updates with author and time, evidence."""
    number = _raise(store, owner_name="DS B. Officer", partner="Probation", priority="high", template="arrest")
    then = store.now() - timedelta(hours=2)
    actions.update_actions(store, [number], " seen at his mother's ", decided_at=then)
    found = actions.action(store, number, store.now())
    assert (found.owned_by, found.source, found.partner) == ("Intelligence (DS B. Officer)", "person", "Probation")
    [(entered, _, words)] = actions.updates(store, number)
    assert words == f"seen at his mother's (as of {then:%d/%m/%Y %H:%M})"
    assert entered == store.now().replace(microsecond=0)
    with pytest.raises(Problem, match="still to come"):
        actions.update_actions(store, [number], "found", decided_at=store.now() + timedelta(hours=1))
    with pytest.raises(Problem, match="Evidence is needed for this kind of action: custody record"):
        actions.close_actions(store, [number], "arrested")
    with pytest.raises(Problem, match="does not say what came of it"):
        actions.close_actions(store, [number], "Done.", evidence="CR 1")
    actions.close_actions(store, [number], "arrested", evidence="CR 1")
    assert actions.action(store, number, store.now()).evidence == "CR 1"
    with pytest.raises(Conflict, match="is closed already"):
        actions.update_actions(store, [number], "late")
    assert verify(store).fault is None


def test_the_rule_escalates_once_names_itself_and_its_answer_begins_a_new_count(store: Store) -> None:
    daily = meetings.open_meeting(store, "daily", "Chair", TODAY)
    carried, fresh = _raise(store), _raise(store, "Visit")
    for days in (2, 3, 4):
        actions.carry_actions(store, [carried], store.now() + timedelta(days=days), f"not at home, {days}")
    assert actions.action(store, carried, store.now()).carried == 3
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="CE") == []
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == [carried]
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == []
    escalated = actions.action(store, carried, store.now())
    assert escalated.escalation == "escalated to weekly: by rule: carried 3 times; the rule is 3"
    told = [deed.words for deed in deeds(store, daily) if deed.words.what == "escalated"]
    assert [words.why for words in told] == ["carried 3 times; the rule is 3"]
    actions.answer(store, [carried], "one more week, with a unit")
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == []
    assert actions.action(store, carried, store.now()).answered == "answered by weekly: one more week, with a unit"
    for days in (5, 6, 7):
        actions.carry_actions(store, [carried], store.now() + timedelta(days=days), "still not")
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == [carried]
    undo(store)
    assert actions.action(store, carried, store.now()).escalated_to == ""
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == [carried], "undone is not decided"
    with pytest.raises(Problem, match="Why is needed"):
        actions.take_back(store, [carried], " ", meeting_id=daily.id)
    actions.take_back(store, [carried], "the DI has a date", meeting_id=daily.id)
    assert actions.action(store, carried, store.now()).escalated_to == ""
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == [], "the chair has decided"
    told = [deed.words for deed in deeds(store, daily) if deed.words.what == "taken back"]
    assert [(words.why, words.by) for words in told] == [("the DI has a date", "tester")]
    assert "from the weekly meeting" in told[0].words
    with pytest.raises(Conflict, match="waits for no answer"):
        actions.take_back(store, [carried, fresh], "again", meeting_id=daily.id)
    actions.carry_actions(store, [carried], store.now() + timedelta(days=8), "still not")
    assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == [], "once of three since"
    assert actions.action(store, fresh, store.now()).escalated_to == ""


def test_two_windows_that_open_at_once_escalate_each_action_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    daily = meetings.open_meeting(store, "daily", "Chair", TODAY)
    numbers = [_raise(store, words, hours=-96) for words in ("Locate", "Visit", "Search")]
    seen = iter([escalations.beyond_rule(store, "force")])
    with monkeypatch.context() as other_window:
        actions.escalate(store, numbers[:1], "weekly", "by rule: the other window", meeting_id=daily.id)
        actions.close_actions(store, numbers[1:2], "arrested on Friday", evidence="CR 1")
        now = escalations.beyond_rule
        other_window.setattr(escalations, "beyond_rule", lambda *asked: next(seen, None) or now(*asked))
        assert actions.escalate_by_rule(store, meeting_id=daily.id, scope="force") == numbers[2:]
    assert len(actions.updates(store, numbers[0])) == 1
    meetings.seal_meeting(store, daily.id, lambda: Papers("minutes", "report"))
    _raise(store, hours=-96)
    with pytest.raises(Conflict, match="sealed"):
        actions.escalate_by_rule(store, meeting_id=daily.id, scope="force")


def test_a_decision_keeps_its_long_form_and_is_amended_only_by_one_that_points_at_it(store: Store) -> None:
    """The National Decision Model, DOMAIN.md section 7."""

    def taken(**said: Any) -> int:
        return decisions.decide(
            store,
            [(WHO, {"rank": "3"})],
            "Arrest first",
            "harm",
            decided_by="Supt X",
            rationale=replace(Rationale(), **said),
        )[0]

    today = store.now().date()
    wrongs: tuple[tuple[dict[str, Any], str], ...] = (
        ({"risk": "no cover at night"}, "By whom is the risk accepted"),
        ({"risk": "no cover at night", "risk_by": "Supt X"}, "until when"),
        ({"expected": "two arrests"}, "by when"),
        ({"review_on": "2020-01-01"}, r"Review: 01/01/2020 has passed"),
    )
    for wrong, said in wrongs:
        with pytest.raises(Problem, match=said):
            taken(**wrong)
    assert decisions.decisions(store) == []
    number = taken(
        threat="retaliation", options="wait", risk="no cover", risk_by="Supt X", risk_until=str(today),
        review_on=str(today + timedelta(3)),
    )  # fmt: skip
    short = decisions.decide(store, [(WHO, {})], "Wait", "no unit", decided_by="DI Y", amends=number)[0]
    old, new = decisions.decision(store, number), decisions.decision(store, short)
    assert (old.decision, old.amended_by, new.amends, new.rationale) == ("Arrest first", short, number, Rationale())
    assert (old.decided_by, old.written_by, dict(old.facts)) == ("Supt X", store.who, {"rank": "3"})
    with pytest.raises(Conflict, match=f"was amended already, by decision {short}"):
        decisions.decide(store, [(WHO, {})], "Again", "x", decided_by="DI Y", amends=number)
    assert old.due(today) == "", "what was amended is due no longer"
    undo(store)
    assert decisions.decision(store, number).due(today) == f"risk accepted until {today:%d/%m}"
    with pytest.raises(Problem, match="Why is needed"):
        decisions.decide(store, [(WHO, {})], "Again", " ", decided_by="DI Y")


def test_the_room_is_remembered_handed_over_paused_parked_and_read_back(store: Store) -> None:
    first = meetings.open_meeting(store, "daily", "Insp A. Chair", TODAY - timedelta(1))
    role = next(one for one in meetings.attendance(store, first.id) if one.role == "Intelligence")
    meetings.attend(store, role.id, "present", "DS B. Officer", first.id)
    assert known_owners(store) == [Owner("Intelligence", "DS B. Officer")]
    meetings.seal_meeting(store, first.id, lambda: Papers("minutes", "report"))
    held = meetings.open_meeting(store, "daily", "Insp A. Chair", TODAY)
    called = {one.role: (one.name, one.state) for one in meetings.attendance(store, held.id)}
    assert called["Intelligence"] == ("DS B. Officer", "")
    owner = owner_named("ds b. officer", known_owners(store))
    assert load_of(store, owner, store.now(), held.id).sentence == "", "before the roll-call nobody knows"
    meetings.attend(store, meetings.attendance(store, held.id)[1].id, "present", "", held.id)
    assert load_of(store, owner, store.now(), held.id).sentence == (
        "Intelligence (DS B. Officer) is not in the room: not called"
    )
    assert next(one for one in loads(store, store.now(), None)).owner == owner
    meeting_notes.hand_over(store, held.id, "DI D. Eputy", "called away")
    assert meetings.meeting(store, held.id).chair == "DI D. Eputy"
    [in_the_chair] = [one for one in meetings.attendance(store, held.id) if one.role == meetings.CHAIR]
    assert (in_the_chair.name, in_the_chair.state) == ("DI D. Eputy", "present")
    at = f"{london(store.now()):%H:%M}"
    assert f"Chair: **DI D. Eputy; before: Insp A. Chair until {at}**" in papers.minutes(
        store, meetings.meeting(store, held.id), store.now()
    )
    with pytest.raises(Conflict, match="in the chair already"):
        meeting_notes.hand_over(store, held.id, "DI D. Eputy", "again")
    assert (meeting_notes.pause(store, held.id, "alarm"), meeting_notes.pause(store, held.id)) == (True, False)
    meeting_notes.park(store, held.id, [WHO], "waits for the DI")
    with pytest.raises(Conflict, match="is parked already"):
        meeting_notes.park(store, held.id, [WHO])
    assert [note.subject for note in meeting_notes.parked(store, held.id)] == [WHO]
    meeting_notes.take_up(store, held.id, [WHO])
    assert meeting_notes.parked(store, held.id) == []
    found = deeds(store, meetings.meeting(store, held.id))
    told = [(deed.words.what, deed.words.about.label, deed.words.words, deed.words.why) for deed in found]
    assert ("chair", "DI D. Eputy", "from Insp A. Chair", "called away") in told
    assert not any(what == "roll-call" and about == "Chair" for what, about, _, _ in told), "it is told once"
    assert ("parked", WHO.label, "put aside until read-back; waits for the DI", "") in told
    assert [(what, about) for what, about, _, _ in told if about == "the clock"] == [
        ("paused", "the clock"), ("went on", "the clock"),
    ]  # fmt: skip
    deed = deeds(store, held)[0]
    meeting_notes.tick(store, held.id, [(deed.table, deed.row_id, deed.entry)])
    assert meeting_notes.read_back(store, held.id) == {(deed.table, deed.row_id, deed.entry)}
    with pytest.raises(Conflict, match="read back already"):
        meeting_notes.tick(store, held.id, [(deed.table, deed.row_id, deed.entry)])
    assert len(deeds(store, held)) == len(told)
    assert verify(store).fault is None


def test_an_owner_in_no_role_is_refused_with_the_nearest() -> None:
    assert owner_named("intelligence (ds new)", []) == Owner("Intelligence", "ds new")
    assert owner_named("Ward team · 4 open, 1 overdue", []) == Owner("Ward team")
    for wrong in ("Inteligence", "Nobody (X)", "", "x" * 5000):
        with pytest.raises(Problem, match=r"owner|no role"):
            owner_named(wrong, [])


def test_the_loop_counts_weeks_of_london_owners_and_what_is_due(store: Store) -> None:
    now = store.now()
    done, late, other = _raise(store), _raise(store, hours=1), _raise(store, hours=2)
    actions.carry_actions(store, [other], now + timedelta(days=2), "not at home")
    actions.escalate(store, [other], "weekly", "no unit")
    actions.close_actions(store, [done], "arrested")
    decisions.decide(
        store, [(WHO, {})], "Wait", "no unit", decided_by="DI Y", rationale=Rationale(review_on=str(now.date()))
    )
    found = loop(store, WHOLE_FORCE, now.date(), now + timedelta(hours=26), 2)
    assert [(w.raised, w.closed, w.carried, w.escalated) for w in found.weeks] == [(0, 0, 0, 0), (3, 1, 1, 1)]
    assert found.weeks[-1].monday == date(2026, 11, 16).toordinal()
    assert [found.counts(week) for week in found.weeks] == [(None, None, None, None), (3, 1, 1, 1)], "not known is no 0"
    told = found.as_json()["weeks"]
    assert told == [
        {"monday": "2026-11-09", "raised": None, "closed": None, "carried": None, "escalated": None},
        {"monday": "2026-11-16", "raised": 3, "closed": 1, "carried": 1, "escalated": 1},
    ]
    assert (found.oldest_days, found.began) == (1, now.date().toordinal())
    assert [(one.owner, one.open, one.overdue) for one in found.owners] == [("Intelligence", 2, 1)]
    assert [(one.decision, one.due) for one in found.decisions_due] == [("Wait", f"review {now:%d/%m}")]
    elsewhere = loop(store, scope_of("NW"), now.date(), now, 1)
    assert (elsewhere.weeks[0].raised, elsewhere.oldest_days, elsewhere.owners) == (0, None, [])
    assert list(found.as_json()) == [
        "from", "to", "scope", "weeks", "oldest_days", "items", "decisions_due", "owners",
    ]  # fmt: skip
    assert late in {one.id for one in actions.open_actions(store, now)}
    for weeks in (0, 261):
        with pytest.raises(Problem, match="1 to 260"):
            loop(store, WHOLE_FORCE, now.date(), now, weeks)
    with pytest.raises(NotFound):
        scope_of("moon")

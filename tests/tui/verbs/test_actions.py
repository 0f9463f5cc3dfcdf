"""Actions and decisions from the keyboard: raised, closed, carried, changed, undone, and nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

from core.children import with_exploitation
from core.days import day_of
from db import actions, decisions
from db.actions import ActionView
from db.people import children
from db.store import Store
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tui.dialogs.form import Form


def raised(chair: Chair) -> list[ActionView]:
    """The actions that this meeting has raised."""
    session = chair.tasking().session
    assert session.meeting_id is not None
    return actions.raised_in(session.store, session.meeting_id, session.now())


async def test_marked_rows_get_their_actions_in_one_command(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.mark", "list.down", "list.mark")
        people = [chair.view().source.record(key).subject for key in chair.view().records.marked]
        before = len(entries(city))
        await chair.press("act.action")
        await chair.fill(action="Locate and arrest", owner="VCTF command", due="17:00")
        found = raised(chair)
        assert [one.subject for one in found] == people
        minors = children(city, day_of(AS_OF))
        said = "Locate and arrest"
        assert [(one.action, one.owner, one.item, one.kind) for one in found] == [
            (with_exploitation(said, "not known") if one.ref in minors else said, "VCTF command", "suspects", "daily")
            for one in people
        ]
        assert {one.due_at for one in found} == {moved() + timedelta(hours=8)}
        said = f"Action {found[0].id} and 2 more raised on {people[0].label} and 2 more"
        assert entries(city)[before:] == [f"{said}: Locate and arrest"]
        assert chair.view().records.marked == ()
        assert chair.toasts()[-1] == f"{said}. u undoes."
        assert chair.cells(0)[-1] == "1", "the list shows the open action"


async def test_the_cursor_goes_on_to_the_next_row_that_is_not_handled(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        records = chair.view().records
        for row in (0, 1):
            assert records.cursor_index == row
            await chair.press("act.decision")
            await chair.fill(decision="Keep", reason="Highest harm")
        assert records.cursor_index == 2
        await chair.press("list.down", "act.decision")
        await chair.fill(decision="Keep", reason="Highest harm")
        assert "passed over" not in chair.toasts()[-1]
        await chair.press("list.up", "list.up", "act.decision")
        await chair.fill(decision="Drop", reason="Remanded")
        now_on = chair.view().under_cursor()
        assert now_on is not None
        assert f"handled before passed over, now on {now_on.subject.label}" in chair.toasts()[-1]
        assert records.cursor_index == 4, "row 3 was handled before, so it is passed over"


async def test_undo_and_redo_say_what_they_did_and_stop_at_the_start_of_the_sitting(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        await chair.fill(action="Locate", owner="Intelligence", due="+3d")
        one = raised(chair)[0]
        await chair.press("room.undo")
        assert raised(chair) == []
        assert chair.toasts()[-1] == f"Undone: Action {one.id} raised on {one.subject.label}: Locate"
        await chair.press("room.redo")
        assert [one.action for one in raised(chair)] == ["Locate"]
        await chair.press("room.undo")
        stands = len(entries(city))
        await chair.press("room.undo")
        assert chair.toasts()[-1].startswith("Nothing to undo")
        assert len(entries(city)) == stands, "what others did before this sitting is not undone"


async def test_a_decision_keeps_the_facts_as_they_were_shown(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        shown = chair.view().under_cursor()
        assert shown is not None
        await chair.press("act.decision")
        await chair.fill(decision="Adopt", reason="Highest harm at large")
        taken = decisions.about(city, shown.subject)[0]
        assert (taken.subject, taken.decided_by, taken.reason) == (
            shown.subject,
            "Det Supt A. Chair",
            "Highest harm at large",
        )
        assert dict(taken.facts) == dict(shown.facts)
        assert taken.facts["score"].endswith(" d")


async def test_close_carry_and_edit(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        first, second, third = chair.view().records.keys[:3]
        await chair.press("act.close")
        await chair.fill(result="Arrested, in custody")
        assert (closed := actions.action(city, first, moved())).status == "done"
        assert (closed.result, closed.closed_by) == ("Arrested, in custody", "Det Supt A. Chair")
        assert first not in chair.view().records.keys
        await chair.press("list.first", "act.carry")
        await chair.fill(due="+3d", words="not traced yet")
        assert actions.action(city, second, moved()).due_at == moved() + timedelta(days=3)
        assert actions.updates(city, second)[0][2].endswith(": not traced yet")
        assert chair.view().records.move_to_key(third)
        was = actions.action(city, third, moved())
        await chair.press("act.edit")
        assert chair.typed()["action"] == was.action
        await chair.fill(action="Arrest on sight", owner="Ward team")
        changed = actions.action(city, third, moved())
        assert (changed.action, changed.owner, changed.due_at) == ("Arrest on sight", "Ward team", was.due_at)
        await chair.press("room.undo", "room.undo", "room.undo")
        assert [actions.action(city, n, moved()).status for n in (first, second, third)] == ["open"] * 3
        assert actions.action(city, third, moved()).action == was.action


async def test_editing_with_several_marked_is_refused(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2", "list.mark", "list.mark", "act.edit")
        assert not isinstance(chair.app.screen, Form)
        assert "one row at a time" in chair.toasts()[-1]
        assert len(chair.view().records.marked) == 2


async def test_a_fault_is_said_and_a_draft_survives_leaving_the_form(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        await chair.fill(action="Locate and arrest")
        assert chair.fault().startswith("An owner is needed: a role")
        await chair.fill(owner="Intelligence", due="no such time")
        assert "'no such time' is no time" in chair.fault()
        left = chair.typed()
        await chair.press("form.leave")
        assert raised(chair) == []
        assert "is kept" in chair.toasts()[-1]
        await chair.press("act.action")
        assert chair.typed() == left
        await chair.fill(due="+24h")
        assert [one.action for one in raised(chair)] == ["Locate and arrest"]
        assert chair.tasking().session.drafts == {}


async def test_a_form_is_filled_with_enter_alone(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        await chair.keys("a", *"Go", "enter", *"intel", "right", "enter", "enter")
        assert [(one.action, one.owner) for one in raised(chair)] == [("Go", "Intelligence")]


async def test_a_form_left_untouched_keeps_nothing(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        chair.form()
        await chair.press("form.leave")
        assert chair.tasking().session.drafts == {}


async def test_from_a_person_s_page_verbs_act_on_the_person(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.choose", "act.action")
        await chair.fill(action="Visit", owner="Ward team", due="+3d")
        person = raised(chair)[0].subject
        assert person.kind == "person"
        shown = [chair.cells(row)[3] for row in range(chair.view().records.count)]
        assert "Visit" in shown, "the page shows what was done"
        await chair.press("list.back")
        open_ = actions.open_by_subject(chair.tasking().session.store, "person")[person.ref]
        assert chair.cells(0)[-1] == str(open_)


async def test_an_action_on_an_action_is_about_the_same_and_names_the_first(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        first = chair.view().under_cursor()
        assert first is not None
        await chair.press("act.action")
        await chair.fill(action="Ask again", owner="Ward team", due="+24h")
        [new] = raised(chair)
        assert new.subject == first.opens
        assert new.action.endswith(f"(follows action {first.subject.ref})")

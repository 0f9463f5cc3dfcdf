"""Two windows on one record: a form writes what was changed in it, and refuses where the other changed the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.widgets import Input

from db import actions
from db.actions import ActionView, Subject
from db.store import Store, open_store
from db.store.undo import redo, undo
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated


@pytest.fixture
def other(city: Store, moved: MovedClock) -> Iterator[Store]:
    """Another program on the same store."""
    with open_store(city.path, "Supt Other", moved) as opened:
        yield opened


async def _editing(chair: Chair) -> ActionView:
    """Open the edit form of the first action of the register that the ward team does not own; gives the action."""
    await chair.press("meeting.item_2")
    session = chair.tasking().session
    every = actions.open_actions(session.store, session.now(), "daily")
    key = next(one.id for one in every if one.owner != "Ward team")
    assert chair.view().records.move_to_key(key)
    await chair.press("act.edit")
    return actions.action(session.store, key, session.now())


async def test_a_form_writes_only_the_fields_that_were_changed_in_it(make_app: MakeApp, other: Store) -> None:
    async with seated(make_app()) as chair:
        one = await _editing(chair)
        actions.edit_action(other, one.id, "Words of the other", one.owner, one.due_at)
        await chair.fill(owner="Ward team")
        session = chair.tasking().session
        now = actions.action(session.store, one.id, session.now())
        assert (now.action, now.owner, now.due_at) == ("Words of the other", "Ward team", one.due_at)
        assert entries(session.store)[-1] == f"Action {one.id} changed: Words of the other"
        assert f"Action {one.id} changed: Words of the other" in chair.toasts()[-1]


async def test_where_both_changed_one_field_it_says_who_and_to_what_and_keeps_what_was_typed(
    make_app: MakeApp, other: Store
) -> None:
    async with seated(make_app()) as chair:
        one = await _editing(chair)
        actions.edit_action(other, one.id, one.action, "Council", one.due_at)
        await chair.fill(owner="Ward team")
        assert chair.fault().startswith(f"Action {one.id} was changed by Supt Other at 09:00: owner is now Council.")
        assert chair.typed()["owner"] == "Ward team"
        await chair.press("form.leave", "act.edit")
        assert chair.typed()["owner"] == "Ward team"
        await chair.press("form.save")
        session = chair.tasking().session
        assert actions.action(session.store, one.id, session.now()).owner == "Ward team"


async def test_on_a_wall_what_the_other_wrote_is_hidden(make_app: MakeApp, other: Store) -> None:
    async with seated(make_app()) as chair:
        one = await _editing(chair)
        chair.tasking().session.projector = True
        actions.edit_action(other, one.id, one.action, "DOE, Jane", one.due_at)
        await chair.fill(owner="Ward team")
        assert "Jane" not in chair.fault()
        assert "owner is now text hidden" in chair.fault()


async def test_what_is_not_undone_is_named_with_who_changed_it(make_app: MakeApp, other: Store) -> None:
    async with seated(make_app()) as chair:
        one = await _editing(chair)
        await chair.fill(owner="Ward team")
        actions.close_actions(other, [one.id], "done by hand")
        await chair.press("room.undo")
        assert f"Action {one.id} has been changed since by Supt Other at 09:00" in chair.toasts()[-1]


async def test_a_draft_that_was_left_is_refused_where_another_window_changed_the_same_meanwhile(
    make_app: MakeApp, other: Store
) -> None:
    async with seated(make_app()) as chair:
        one = await _editing(chair)
        chair.form().query_one("#field-owner", Input).value = "Ward team"
        await chair.press("form.leave")
        actions.edit_action(other, one.id, one.action, "Council", one.due_at)
        await chair.press("act.edit")
        await chair.press("form.save")
        assert chair.fault().startswith(f"Action {one.id} was changed by Supt Other at 09:00: owner is now Council.")
        await chair.press("form.leave", "act.edit", "form.save")
        assert chair.toasts()[-1].startswith(f"Action {one.id} changed"), "who was told may write over it"


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("act.action", {"action": "Follow up", "owner": "Ward team"}),
        ("act.decision", {"decision": "Go", "reason": "Now"}),
    ],
)
async def test_nothing_is_put_on_an_action_that_another_window_undid(
    make_app: MakeApp, other: Store, verb: str, typed: dict[str, str]
) -> None:
    raised = actions.raise_actions(
        other, [Subject("ward", "E05009318", "Abbey Road")], "Look", "Ward team", other.now()
    )
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        assert chair.view().records.move_to_key(raised[0])
        await chair.press(verb)
        undo(other)
        before = len(entries(other))
        await chair.fill(**typed)
        assert chair.fault().startswith(f"Action {raised[0]} is not in the store: it was undone, or never")
        assert len(entries(other)) == before


def test_the_number_of_a_record_that_was_undone_is_never_given_again(other: Store) -> None:
    about = [Subject("ward", "E05009318", "Abbey Road")]
    [first] = actions.raise_actions(other, about, "Look", "Ward team", other.now())
    undo(other)
    [second] = actions.raise_actions(other, about, "Look again", "Ward team", other.now())
    assert second > first
    undo(other)
    redo(other)
    assert actions.action(other, second, other.now()).action == "Look again"

"""An action is passed to the meeting of another scope by the key that escalates, and comes back with its answer."""

from __future__ import annotations

from datetime import timedelta

from core.scope import scope_of
from db import actions, meetings
from db.actions import Subject
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MakeApp, seated
from tui.verbs.actions import addressees


async def test_an_action_goes_to_another_scope_and_comes_back_with_its_answer(make_app: MakeApp) -> None:
    app = make_app("daily", scope="NW")
    store, now = app.session.store, app.session.now()
    meetings.open_meeting(store, "bcu-daily", CHAIR, AS_OF, scope="SE")
    ward = Subject("ward", "E05013496", "Alperton")
    [number] = actions.raise_actions(
        store, [ward], "Patrol the parade", "Ward team", now + timedelta(days=1), meeting_id=app.session.meeting_id
    )

    def listed(scope: str) -> set[int]:
        found = actions.open_actions(store, now, scope=scope_of(scope))
        assert actions.counts(store, now, scope=scope_of(scope)) == actions.counted_in(found), scope
        return {one.id for one in found}

    assert number in listed("NW") & listed("force")
    assert number not in listed("SE") | listed("Brent")
    assert addressees(app.session) == ("weekly", "daily force", "bcu-daily SE", "task-force force", "weekly force")
    async with seated(app, size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        assert chair.column("scope") == ["NW"], "its own view of the one register"
        await chair.press("act.escalate")
        await chair.fill(to="bcu-daily moon", reason="The suspect moved south")
        assert "There is no scope 'moon'" in chair.fault()
        await chair.fill(to="bcu-daily se")
    assert actions.action(store, number, now).escalated_to == "bcu-daily SE"
    assert number in listed("SE")
    other = make_app("bcu-daily", scope="SE")
    async with seated(other, size=(120, 40)) as chair:
        await chair.press("meeting.item_3")
        assert "1 escalated here, E answers" in chair.heading()
        await chair.press("act.escalate")
        await chair.fill(answer="Two officers from tonight")
        assert "back to daily NW" in "".join(chair.toasts()) or "back to daily NW" in await chair.screen_text()
    assert number not in listed("SE")
    assert actions.action(store, number, now).answered == "answered by bcu-daily SE: Two officers from tonight"

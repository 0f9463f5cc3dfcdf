"""What comes back before the seal: what was parked, and what a decision was taken from."""

from __future__ import annotations

from core.decisions import Rationale
from db import decisions
from db.actions import Subject
from db.store import Store
from tests.tui.keyboard import MakeApp, seated
from tui.screens.room import MeetingRoom


async def test_what_was_parked_is_gone_back_to_and_a_decision_shows_what_it_was_taken_from(
    make_app: MakeApp, city: Store
) -> None:
    app = make_app()
    async with seated(app, size=(80, 24)) as chair:
        room = chair.app.screen
        assert isinstance(room, MeetingRoom)
        await chair.press("meeting.item_3", "meeting.park_item", "meeting.item_6")
        assert "enter goes there" in chair.heading()
        await chair.press("list.choose")
        assert room.item.title == "What happened"
        run = app.session.run_id
        await chair.press("meeting.item_2", "meeting.view")
        here = chair.view().under_cursor()
        assert here is not None
        await chair.press("decision.as_shown")
        shown = await chair.screen_text()
        assert f"As shown when decision {here.subject.ref} was taken" in shown
        kept = decisions.decision(city, int(here.subject.ref)).rationale.shown
        assert str(app.session.run_id) == kept["ranking"]
        person = chair.view().under_cursor()
        assert person is not None
        assert here.opens is not None
        assert person.subject.ref == here.opens.ref, "with the cursor on whom it is about"
        await chair.press("room.leave")
        assert (chair.app.screen, app.session.run_id) == (room, run)


async def test_a_decision_whose_release_was_withdrawn_says_so_and_opens_no_empty_list(
    make_app: MakeApp, city: Store
) -> None:
    about, shown = Subject("ward", "E05011468", "Fairfield"), {"release": "200001-200012"}
    decisions.decide(city, [(about, {})], "Wait", "no unit", decided_by="DI Y", rationale=Rationale(shown=shown))
    async with seated(make_app(view="decisions"), size=(80, 24)) as chair:
        await chair.press("list.filter")
        await chair.keys(*"Wait", "enter")
        below = chair.app.screen
        await chair.press("decision.as_shown")
        assert chair.app.screen is below
        text = " ".join((await chair.screen_text()).split())
        assert "was taken by release 200001-200012. There is none of that name now" in text

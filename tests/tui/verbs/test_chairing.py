"""Who chairs and whether the clock stands follow what is undone, and what is handed over is gone on with."""

from __future__ import annotations

from db import decisions, meeting_notes, meetings
from db.meetings import Papers
from db.record import deeds
from db.store import Store
from tests.tui.conftest import CHAIR
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tui.session import Session


def session_of(chair: Chair) -> Session:
    return chair.tasking().session


async def test_a_pause_that_is_undone_stops_no_clock_and_its_time_counts(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        session = session_of(chair)
        moved.forward(seconds=5)
        await chair.press("meeting.pause")
        assert "CLOCK STOPPED" in await chair.screen_text()
        before = session.clock.spent()[session.item]
        moved.forward(seconds=30)
        assert session.clock.spent()[session.item] == before
        await chair.press("room.undo")
        assert session.meeting is not None
        assert meeting_notes.paused(city, session.meeting.id) is None
        assert "CLOCK STOPPED" not in await chair.screen_text()
        assert session.clock.spent()[session.item] == before + 30, "as if it had never stood"
        await chair.press("room.redo")
        assert "CLOCK STOPPED" in await chair.screen_text()
        moved.forward(seconds=30)
        await chair.press("meeting.pause")
        assert "CLOCK STOPPED" not in await chair.screen_text()
        assert session.clock.spent()[session.item] == before + 30, "a pause that was ended counts nothing"


async def test_a_chair_whose_hand_over_is_undone_answers_again(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        session = session_of(chair)
        await chair.press("meeting.item_2", "meeting.hand_over")
        await chair.fill(name="DI D. Eputy", reason="called away")
        await chair.press("act.decision")
        await chair.fill(decision="Wait", reason="no unit")
        assert decisions.decisions(city)[0].decided_by == "DI D. Eputy"
        await chair.press("room.undo", "room.undo")
        assert (session.chair, city.who) == (CHAIR, CHAIR)
        await chair.press("act.decision")
        await chair.fill(decision="Wait", reason="no unit")
        assert decisions.decisions(city)[0].decided_by == CHAIR


async def test_who_was_handed_the_chair_goes_on_where_the_meeting_was_left(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2", "meeting.hand_over")
        await chair.fill(name="DI D. Eputy", reason="called away")
        assert session_of(chair).remembered.get("chair") == "DI D. Eputy", "the next opening is theirs"
        await chair.press("list.down", "room.leave")
    app = make_app()
    app.session.chair = "DI D. Eputy"
    async with seated(app) as chair:
        await chair.settled()
        assert session_of(chair).item == "actions"


async def test_who_is_adopted_by_the_one_form_of_all_was_put_forward_by_name(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.sentence")
        await chair.fill(cohort="Dauntless Plus", reason="three victims")
        held = session_of(chair).meeting
        assert held is not None
        told = [deed.words.words for deed in deeds(city, meetings.meeting(city, held.id))]
        assert any(words.endswith("; proposed by name, by no rule or rank") for words in told), told


async def test_a_sealed_meeting_has_no_clock_that_stands(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.pause")
        session = session_of(chair)
        assert "CLOCK STOPPED" in await chair.screen_text()
        assert session.meeting is not None
        meetings.seal_meeting(city, session.meeting.id, lambda: Papers("minutes", "report"))
        session.goes_by(meetings.meeting(city, session.meeting.id))
        await chair.press("meeting.item_2")
        text = await chair.screen_text()
        assert "SEALED" in text
        assert "CLOCK STOPPED" not in text

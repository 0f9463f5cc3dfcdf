"""The first screen of a meeting: what to know first, then who is there; the chair is a name."""

from __future__ import annotations

from core.scope import scope_of
from db import actions, meetings
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, entries, seated
from tui.session import CHAIR
from tui.views.brief import Brief, read_brief


def brief(chair: Chair) -> str:
    """The lines above the roll-call."""
    return str(chair.view().query_one(Brief).content)


async def test_the_brief_then_the_roll_call_with_one_key_for_all(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    app.session.login = app.session.chair = "root"
    async with seated(app, size=(80, 24)) as chair:
        await chair.settled()
        lines = brief(chair).splitlines()
        labels = ("Who chairs?", "Actions", "Risers in", "Wanted in", "Units", "Gaps")
        assert all(line.startswith(label) for line, label in zip(lines, labels, strict=True)), lines
        assert "overdue" in lines[1]
        named = next(line for line in lines if line.startswith("Wanted")).partition(": ")[2].split(" ")[0]
        await chair.press("roll.name")
        assert chair.typed()["name"] == "", "a login is not offered as a name"
        await chair.fill(name="Det Supt Vale")
        assert "Who chairs?" not in brief(chair)
        assert app.session.chair == app.session.remembered.get(CHAIR) == "Det Supt Vale"
        assert meetings.meeting(city, app.session.meeting_id or 0).chair == "Det Supt Vale"
        await chair.press("roll.all_present")
        assert set(chair.column("state")) == {"present"}
        assert "All present: " in chair.toasts()[-1]
        await chair.press("roll.all_present")
        assert "Everyone has been called" in chair.toasts()[-1]
        await chair.press("room.undo", "room.undo")
        assert meetings.meeting(city, app.session.meeting_id or 0).chair != "Det Supt Vale"
        assert entries(city)[-1].startswith("Undo")
        await chair.press("room.projector")
        assert named not in brief(chair), "no name stands on a wall"
    async with seated(make_app(), size=(60, 15)) as chair:
        assert "▸" in await chair.screen_text(), "rows, and no brief in their place"
        assert brief(chair) == ""


def test_the_brief_tells_of_the_scope_that_is_looked_at(make_app: MakeApp, city: Store) -> None:
    session = make_app().session
    of_force = dict(read_brief(session))
    session.scope = scope_of("NW")
    of_bcu = dict(read_brief(session))
    held = actions.counts(city, session.now(), session.register or None, session.scope)
    assert of_bcu["Actions"] == f"{held.overdue} overdue, {held.due} due, {held.open} open" != of_force["Actions"]
    assert "Wanted in the first 100 of NW" in of_bcu
    session.widened = True
    assert dict(read_brief(session)) == of_force

"""The register: the head counts what the list holds, in both meetings; escalations are asked and answered."""

from __future__ import annotations

import re

import pytest

from core.applying import WHY_NEEDED
from db import actions
from db.actions import Counts
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tui.widgets.header import RoomHeader

_COUNTED = re.compile(r"(\d+) open, (\d+) due, (\d+) overdue")


def counted(words: str) -> Counts:
    """The figures that stand in some words."""
    found = _COUNTED.search(words)
    assert found, words
    return Counts(*map(int, found.groups()))


def in_head(chair: Chair) -> Counts:
    """What the head counts."""
    head = chair.app.screen.query_one(RoomHeader).head
    return Counts(*(number for number in (head.open, head.due, head.overdue) if number is not None))


def in_rows(chair: Chair) -> Counts:
    """What the rows of the list are."""
    letters = [words[:1] for words in chair.column("rag")]
    due = sum(words == "A due" for words in chair.column("rag"))
    return Counts(len(letters), due, letters.count("R"))


@pytest.mark.parametrize("kind", ["daily", "weekly"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
async def test_head_heading_and_rows_agree_with_and_without_the_filter(
    make_app: MakeApp, moved: MovedClock, kind: str, size: tuple[int, int]
) -> None:
    async with seated(make_app(kind), size=size) as chair:
        await chair.press("meeting.item_2")
        every = in_rows(chair)
        assert set(chair.column("meeting")) == {"daily", "weekly"}
        assert in_head(chair) == counted(chair.heading()) == every
        assert chair.heading().startswith("All meetings")
        await chair.press("list.narrow")
        own = in_rows(chair)
        assert in_head(chair) == counted(chair.heading()) == own
        assert own.open < every.open
        assert set(chair.column("meeting")) == {kind}
        assert chair.heading().startswith(f"{kind.capitalize()} only")
        assert f"{kind} only: {own.open} open" in await chair.screen_text(), "the head says whose it counts"
        await chair.press("meeting.next")
        assert in_head(chair) == own, "while it holds, wherever the chair is"
        await chair.press("meeting.before", "list.narrow")
        assert in_head(chair) == counted(chair.heading()) == every
        assert "actions: " in await chair.screen_text()


async def test_the_list_follows_the_clock_as_the_head_does(make_app: MakeApp, moved: MovedClock) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        before = in_rows(chair)
        moved.forward(hours=7)
        chair.app.screen.tick()  # type: ignore[attr-defined]
        await chair.settled()
        assert in_rows(chair).overdue > before.overdue, "the clock alone has moved"
        assert in_head(chair) == counted(chair.heading()) == in_rows(chair)


async def test_the_meeting_and_its_filter_are_dimmed_outside_one(make_app: MakeApp) -> None:
    async with seated(make_app(view="actions")) as chair:
        await chair.settled()
        assert not chair.commands()["list.narrow"].enabled
        assert in_head(chair) == counted(chair.heading()) == in_rows(chair)


async def test_a_narrow_register_names_the_owner_before_place_and_what_became_of_an_action(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    def titles(shown: str) -> list[str]:
        return next(line for line in shown.splitlines() if " RAG " in line).split()

    async with seated(make_app("daily"), size=(80, 24)) as chair:
        await chair.press("meeting.item_2")
        number = next(action.id for action in actions.open_actions(city, moved()) if action.kind == "daily")
        assert chair.view().records.move_to_key(number)
        await chair.press("act.escalate")
        await chair.fill(reason="No unit is free before Friday")
        assert titles(await chair.screen_text()) == ["no.", "RAG", "due", "action", "about", "owner"]
        await chair.pilot.resize_terminal(160, 40)
        assert {"BCU", "owner", "status"} <= set(titles(await chair.screen_text())), "with room for it"


async def test_an_action_is_escalated_answered_in_the_other_meeting_and_comes_back(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app("daily"), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        theirs, number = (
            next(action.id for action in actions.open_actions(city, moved()) if action.kind == kind)
            for kind in ("weekly", "daily")
        )
        assert chair.view().records.move_to_key(theirs)
        await chair.press("act.escalate")
        await chair.fill(reason="No unit is free before Friday")
        assert "is the weekly meeting's own" in chair.fault()
        await chair.keys("escape")
        assert chair.view().records.move_to_key(number)
        await chair.press("act.escalate")
        await chair.fill(reason="")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="No unit is free before Friday")
        assert chair.toasts()[-1] == f"Action {number} escalated to weekly: No unit is free before Friday. u undoes."
        assert chair.view().records.move_to_key(number)
        assert chair.cell("status") == "escalated"
        below = " ".join((await chair.screen_text()).split())
        assert "escalated to weekly: No unit is free before Friday" in below, "below the list"
        record = chair.view().under_cursor()
        assert record is not None
        assert record.made_of.startswith(f"{record.subject.label}; escalated to weekly: "), "the action comes first"
        await chair.press("act.escalate")
        assert "escalated to weekly: No unit is free" in await chair.screen_text(), "the form says what is taken back"
        await chair.fill(reason="")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="East 1 is free tonight")
        assert chair.toasts()[-1] == f"Action {number} taken back from weekly: East 1 is free tonight. u undoes."
        assert actions.action(city, number, moved()).state == "open"
        await chair.press("room.undo")
        assert chair.view().records.move_to_key(theirs)
        await chair.press("list.mark")
        assert chair.view().records.move_to_key(number)
        await chair.press("list.mark", "act.escalate")
        assert "waits for the weekly meeting already" in chair.toasts()[-1], "not of a mixed set"
        await chair.press("list.back")
        assert in_head(chair) == counted(chair.heading()) == in_rows(chair)
    async with seated(make_app("weekly"), size=(80, 24)) as chair:
        await chair.press("meeting.item_2")
        assert chair.heading().startswith("1 escalated here, E answers; all meetings")
        assert in_head(chair) == counted(chair.heading()) == in_rows(chair)
        assert chair.view().records.cursor_key == number, "it stands at the top"
        await chair.press("list.mark", "list.mark", "act.escalate")
        assert "Mark only the one kind" in chair.toasts()[-1]
        await chair.press("list.first", "list.mark", "list.mark", "list.first", "list.narrow")
        assert number in chair.view().records.keys, "what waits for this meeting is its own"
        assert in_head(chair) == counted(chair.heading()) == in_rows(chair)
        await chair.press("act.escalate")
        assert "No unit is free before Friday" in await chair.screen_text(), "the form says what is asked"
        await chair.fill(answer="One from Friday 18:00")
        assert chair.toasts()[-1] == f"Action {number} answered, back to daily: One from Friday 18:00. u undoes."
        assert "escalated here" not in chair.heading()
        await chair.press("room.undo")
        assert chair.heading().startswith("1 escalated here")
        await chair.press("room.redo")
    async with seated(make_app("daily"), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        assert chair.heading().startswith("1 answered; all meetings")
        assert chair.view().records.keys[0] == number
        await chair.press("list.first")
        assert chair.cell("status") == "answered"
        await chair.press("act.why")
        assert [words.partition(":")[0] for words in chair.column("words")][:2] == [
            "answered by weekly",
            "escalated to weekly",
        ]
        await chair.press("list.back", "act.carry")
        await chair.fill(due="+3d", words="Friday")
        assert actions.action(city, number, moved()).state == "open"
        assert "answered" not in chair.heading()

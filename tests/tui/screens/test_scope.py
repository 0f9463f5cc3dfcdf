"""Whose meeting it is: lists, counts and head of a BCU's meeting, widened to the force and back; a masked one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from core.days import day_of, monday_of
from core.geography import bcu_of
from core.scope import WHOLE_FORCE, scope_of
from db import bids, granting, meetings, papers, sealing
from db.decisions import decide, decisions
from db.deployments import board
from db.loop import loop, rows_behind
from db.store import Store
from db.subjects import Subject
from db.trail import written
from tests.tui.keyboard import Chair, MakeApp, seated


async def test_a_bcu_s_meeting_shows_its_own_and_one_key_widens_and_narrows_back(make_app: MakeApp) -> None:
    async with seated(make_app("daily", scope="NW"), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        own = chair.column("borough")
        assert own
        assert {bcu_of(borough) for borough in own} == {"NW"}
        text = await chair.screen_text()
        assert "Grip & Pace NW 4/6" in text
        await chair.press("meeting.item_2")
        assert chair.heading().startswith("NW, all meetings, overdue first: 0 open"), "it has raised none"
        await chair.press("meeting.item_4", "meeting.widen")
        assert {bcu_of(borough) for borough in chair.column("borough")} > {"NW"}
        assert "Grip & Pace NW WIDENED to the force" in await chair.screen_text()
        await chair.press("meeting.item_3", "meeting.view")
        assert len([one for one in chair.view().source.columns if len(one.key) == 2]) == 12
        await chair.press("meeting.widen")
        assert [one.key for one in chair.view().source.columns if len(one.key) == 2] == ["NW"]
        await chair.press("meeting.item_5")
        assert {bcu_of(borough) for borough in chair.column("borough")} == {"NW"}


async def test_the_opening_of_a_bcu_counts_its_own_units_and_those_that_are_free_elsewhere(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app("daily", scope="NW"), size=(120, 40)) as chair:
        await chair.settled()
        whole = board(city, chair.tasking().session.now(), kept=timedelta(0))
        own, every = (
            [unit for unit in units if unit.is_free and not unit.whom]
            for units in (whole.within(scope_of("NW")).units, whole.units)
        )
        assert len(own) < len(every)
        text = " ".join((await chair.screen_text()).split())
        assert f"Units {len(own)} free with " in text
        assert f" in NW; {len(every) - len(own)} free elsewhere" in text.replace("; 0 more to be asked for", "")
        await chair.press("meeting.widen")
        await chair.settled()
        text = " ".join((await chair.screen_text()).split())
        assert f"Units {len(every)} free with " in text
        assert "free elsewhere" not in text


async def test_a_heading_counts_the_rows_that_are_shown_wherever_its_list_is_narrowed(make_app: MakeApp) -> None:
    async with seated(make_app("weekly", scope="NW"), size=(120, 40)) as chair:
        for item, views, noun in (("4", 1, ""), ("5", 0, "{} priority ward")):
            await chair.press(f"meeting.item_{item}", *["meeting.view"] * views)
            of_place = await _counted(chair, noun)
            await chair.press("meeting.widen")
            of_force = await _counted(chair, noun)
            assert of_force > of_place, "the demo has others elsewhere"
            await chair.press("meeting.widen")


async def _counted(chair: Chair, noun: str) -> tuple[int, int]:
    """How many rows are shown, of wards the priorities, and how many of them are due: as the heading says, too."""
    await chair.settled()
    states = chair.column("state" if noun else "due")
    shown, due = sum(map(bool, states)), states.count("DUE")
    heading = chair.heading()
    assert f"{due} due for review" in heading
    assert noun.format(shown) in heading
    assert not heading.endswith((",", ";", ":"))
    return shown, due


async def test_whether_the_meeting_works_is_told_of_what_is_looked_at(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly", scope="NW"), size=(120, 40)) as chair:
        session = chair.tasking().session
        said = {
            scope.name: loop(city, scope, session.as_of, session.now()).sentence
            for scope in (scope_of("NW"), WHOLE_FORCE)
        }
        assert said["NW"] != said["force"]
        await chair.press("meeting.item_3", "meeting.view")
        assert f"NW: {said['NW']}" in chair.heading()
        await chair.press("meeting.widen")
        await chair.settled()
        assert said["force"] in chair.heading()
        assert "NW" not in chair.heading()
        await chair.press("act.why")
        await chair.settled()
        monday = str(monday_of(day_of(session.as_of)))
        behind = rows_behind(city, WHOLE_FORCE, session.as_of, session.now(), "week", monday)
        assert chair.view().records.count == len(written(city, behind)) > 0


@pytest.mark.parametrize("scope", ["NW", "Brent"])
async def test_bids_are_those_of_the_bcu_that_is_looked_at_and_what_the_meeting_decided(
    make_app: MakeApp, city: Store, scope: str
) -> None:
    own = bids.make_bid(city, "NW BCU", "NW", "Robbery", "8 officers", "Wembley", "Fri")
    elsewhere = [one.id for one in bids.bids(city) if one.bcu != "NW"]
    assert elsewhere
    async with seated(make_app("weekly", scope=scope), size=(120, 40)) as chair:
        session = chair.tasking().session
        await chair.press("meeting.item_6")
        await chair.settled()
        assert [*chair.view().records.keys] == [own]
        assert chair.heading().startswith("Bids for resources of NW, 1 to decide")
        meeting = meetings.meeting(city, session.meeting_id or 0)
        assert "1 bid not decided: NW BCU." in sealing.checklist(city, meeting, session.now())
        papered = papers.minutes(city, meeting, session.now()).partition("Bids of NW still open or deferred")[2]
        assert papered.partition("##")[0].count("| open |") == 1
        await chair.press("meeting.widen")
        await chair.settled()
        assert {*chair.view().records.keys} == {own, *elsewhere}
        granting.decide_bid(city, elsewhere[0], "refused", "no officers", session.meeting_id)
        await chair.press("meeting.widen", "room.refresh")
        await chair.settled()
        assert {*chair.view().records.keys} == {own, elsewhere[0]}, "what it decided stays"


async def test_decisions_are_those_of_the_meetings_of_what_is_looked_at(make_app: MakeApp, city: Store) -> None:
    about: list[tuple[Subject, dict[str, str]]] = [(Subject("ward", "E05013496", "Alperton"), {})]
    outside = decide(city, about, "Outside", "why", decided_by="Insp A")
    async with seated(make_app("daily", scope="NW"), size=(120, 40)) as chair:
        session = chair.tasking().session
        of_force = [one.id for one in decisions(city)]
        assert {*outside} < {*of_force}
        await chair.press("meeting.item_2", "meeting.view")
        assert chair.heading().startswith("Decisions of NW, none due")
        assert chair.column("no") == []
        own = decide(city, about, "Its own", "why", decided_by="Insp A", meeting_id=session.meeting_id)
        await chair.press("room.refresh")
        await chair.settled()
        assert chair.column("no") == [str(number) for number in own]
        await chair.press("meeting.widen")
        await chair.settled()
        assert {*chair.column("no")} == {str(number) for number in (*of_force, *own)}
        assert chair.heading().startswith("Decisions, ")


async def test_the_force_s_meeting_has_nothing_to_widen(make_app: MakeApp) -> None:
    async with seated(make_app("daily")) as chair:
        assert "meeting.widen" not in chair.commands()


async def test_the_council_s_meeting_masks_names_says_so_and_cannot_unmask(make_app: MakeApp) -> None:
    async with seated(make_app("council-focus", scope="Harrow"), size=(120, 40)) as chair:
        app = chair.tasking()
        assert app.session.projector
        assert "NAMES MASKED (a mask, not a lock)" in await chair.screen_text()
        assert "People  masked: no ranking is looked at" in await chair.screen_text()
        await chair.press("room.projector")
        assert app.session.projector
        assert "names no suspects" in chair.toasts()[-1]


async def test_at_80_columns_the_head_of_the_council_s_meeting_has_item_and_clock_and_says_that_names_are_masked(
    make_app: MakeApp,
) -> None:
    async with seated(make_app("council-focus", scope="Harrow"), size=(80, 24)) as chair:
        for number, item in enumerate(("Opening", "The focus ward", "Actions", "Read-back and seal"), 1):
            await chair.press(f"meeting.item_{number}")
            head = (await chair.screen_text()).split("\n")[0]
            assert "NAMES MASKED" in head
            assert f"Harrow {number}/4: {item[:3]}" in head
            assert re.search(r"item \d\d:\d\d/\d\d:\d\d", head)


async def test_who_is_there_is_read_back_on_a_wall_and_what_was_written_is_not(make_app: MakeApp) -> None:
    async with seated(make_app("council-focus", scope="Harrow"), size=(80, 24)) as chair:
        await chair.press("roll.all_present", "meeting.item_2", "act.decision")
        await chair.fill(decision="Quixotry", reason="Quixotry")
        await chair.press("meeting.item_4")
        await chair.settled()
        told = dict(zip(chair.column("what"), chair.column("words"), strict=True))
        assert told == {"roll-call": "present", "decision": "text hidden"}
        assert "roll-call: Neighbourhoods; present" in await chair.screen_text()

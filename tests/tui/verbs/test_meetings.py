"""The seal: asked for twice, never by Enter, papers first; afterwards nothing is changed and nothing typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.applying import WHY_NEEDED
from core.papers import BRIEFING
from db import actions, meetings, record
from db.meetings import Papers
from db.store import Store, open_store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tui.commands import for_footer, live
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.documents import to_html
from tui.screens.pages import MinutesPage
from tui.verb import VERBS


def sealed(chair: Chair) -> bool:
    session = chair.tasking().session
    assert session.meeting_id is not None
    return meetings.meeting(session.store, session.meeting_id).sealed_at is not None


async def seal(chair: Chair) -> None:
    """Go to the last item and seal."""
    await chair.press("meeting.item_6", "meeting.seal")
    await chair.fill()
    await chair.press("confirm.yes")


async def test_only_y_seals_and_the_papers_are_what_is_stored(make_app: MakeApp, city: Store, tmp_path: Path) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        await chair.fill(action="Locate and arrest", owner="VCTF command", due="17:00")
        await chair.press("meeting.item_6")
        assert chair.heading().endswith("1 to read back")
        await chair.press("meeting.seal")
        await chair.fill(folder=str(tmp_path / "of the day"))
        await chair.keys("enter", "space", "S")
        assert isinstance(chair.app.screen, Confirm)
        await chair.keys("n")
        assert not isinstance(chair.app.screen, Confirm)
        assert not sealed(chair)
        await chair.press("meeting.seal")
        assert chair.typed()["folder"] == str(tmp_path / "of the day"), "the folder is remembered"
        await chair.fill()
        await chair.keys("y")
        assert sealed(chair)
        assert "4 files" in chair.toasts()[-1]
        assert "undoes" not in chair.toasts()[-1]
        assert "SEALED" in await chair.screen_text()
        assert chair.heading() == "Sealed: this is what was read back  1 row"
    meeting = meetings.meetings(city, "daily")[0]
    assert meeting.sealed_at is not None
    assert meetings.broken_seals(city) == []
    folder = tmp_path / "of the day"
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-11-21-briefing-report.html",
        "2026-11-21-briefing-report.md",
        "2026-11-21-daily-minutes.html",
        "2026-11-21-daily-minutes.md",
    ]
    assert (folder / "2026-11-21-daily-minutes.md").read_text("utf-8") == meeting.minutes
    assert (folder / "2026-11-21-briefing-report.md").read_text("utf-8") == meeting.report
    page = (folder / "2026-11-21-daily-minutes.html").read_text("utf-8")
    assert page == to_html(meeting.minutes, "Minutes: Grip & Pace")
    assert "Locate and arrest" in meeting.minutes


async def test_the_time_of_the_forms_before_the_seal_is_in_the_paper_and_its_items_sum_to_the_meeting(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.settled()
        moved.forward(seconds=401)
        await chair.press("meeting.item_6")
        moved.forward(seconds=50)
        await chair.press("meeting.seal")
        moved.forward(seconds=9)
        await chair.fill()
        moved.forward(seconds=4)
        await chair.press("confirm.yes")
        assert sealed(chair)
        assert re.search(r"item \+?01:03/[^$]*meeting 07:44/15:00", await chair.screen_text())
    minutes = meetings.meetings(city, "daily")[0].minutes
    assert "01:03/" in minutes
    assert "| The whole meeting | 07:44/15:00 |" in minutes


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_after_the_seal_every_verb_is_refused(kind: str, make_app: MakeApp, city: Store) -> None:
    verbs = {name for name, one in _every_verb(kind)}
    app = make_app(kind)
    async with seated(app) as chair:
        await chair.press(f"meeting.item_{6 if kind == 'daily' else 7}", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes")
        before = len(entries(city)), len(entries(city, "clock"))
        refused = set()
        assert app.session.meeting is not None
        for number, item in enumerate(app.session.meeting.agenda.items, 1):
            await chair.press(f"meeting.item_{number}")
            for _ in item.views:
                for name, one in chair.commands().items():
                    if name in verbs and (one.enabled or one.why_not):
                        assert not one.enabled, f"{name} is not dimmed"
                        if name in refused:  # what it says hangs on the meeting alone
                            continue
                        chair.app.clear_notifications()
                        await chair.press(name)
                        assert not isinstance(chair.app.screen, Form), name
                        assert chair.toasts()[-1] == "Sealed at 09:00. Raise it in the next meeting.", name
                        refused.add(name)
                if len(item.views) > 1:
                    await chair.press("meeting.view")
        assert {"act.action", "act.decision", "act.close", "act.carry", "act.edit", "meeting.seal"} <= refused
        assert (len(entries(city)), len(entries(city, "clock"))) == before


def _every_verb(kind: str) -> list[tuple[str, str]]:
    return [(verb.known_as, kind) for verb in VERBS if not verb.reads]


async def test_sealed_by_another_while_a_form_is_open_loses_nothing(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        number = chair.tasking().session.meeting_id
        assert number is not None
        await chair.press("meeting.item_4", "act.action")
        other = open_store(city.path, "another", city.now)
        meetings.seal_meeting(other, number, lambda: Papers("minutes", ""))
        other.close()
        await chair.fill(action="Locate", owner="Intelligence", due="+3d")
        chair.form()
        assert "sealed" in chair.fault()
        assert chair.typed() == {"action": "Locate", "owner": "Intelligence", "due": "+3d"}
        assert actions.raised_in(city, number, city.now()) == []


async def test_undo_does_not_cross_the_seal(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        await chair.fill(action="Locate", owner="Intelligence", due="+3d")
        await seal(chair)
        stands = len(entries(city))
        await chair.press("room.undo")
        assert chair.toasts()[-1].startswith("Nothing to undo")
        assert len(entries(city)) == stands


async def test_a_folder_that_cannot_be_written_leaves_the_meeting_open(make_app: MakeApp, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("in the way")
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_6", "meeting.seal")
        await chair.fill(folder=str(file))
        assert chair.fault().endswith("is a file. Choose a folder.")
        await chair.fill(folder=str(file / "inside"))
        await chair.press("confirm.yes")
        assert not sealed(chair)
        assert "Choose another folder" in chair.toasts()[-1]
        assert file.read_text() == "in the way"
        await chair.press("meeting.seal")
        await chair.fill(folder=str(tmp_path / "papers"))
        await chair.press("confirm.yes")
        assert sealed(chair)


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_papers_are_read_in_the_room_as_a_draft_until_they_are_sealed(
    kind: str, make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    async with seated(make_app(kind)) as chair:
        await chair.press(f"meeting.item_{6 if kind == 'daily' else 7}", "meeting.papers")
        assert isinstance(chair.app.screen, MinutesPage)
        draft = await chair.screen_text()
        assert "DRAFT: this meeting is not sealed" in draft
        assert "Sealed: not yet: a draft of 09:00" in draft
        await chair.press("meeting.write")
        assert "not sealed yet" in chair.toasts()[-1]
        await chair.press("meeting.addendum")
        assert "not sealed: put the record itself right" in chair.toasts()[-1]
        await chair.press("read.back", "meeting.seal")
        await chair.fill(folder=str(tmp_path / "first"))
        await chair.press("confirm.yes", "meeting.papers")
        shown = await chair.screen_text()
        assert "Sealed 21/11/2026 09:00" in shown
        assert "4 files written to" in shown
        await chair.press("meeting.write")
        await chair.fill(folder=str(tmp_path / "again"))
        assert len(list((tmp_path / "again").iterdir())) == 4
    number = meetings.meetings(city, kind)[0].id
    assert [copy.folder for copy in meetings.paper_copies(city, number)] == [
        str(tmp_path / "first"),
        str(tmp_path / "again"),
    ]


async def test_an_addendum_stands_on_the_first_page_and_needs_its_reason(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    async with seated(make_app("weekly"), size=(120, 40)) as chair:
        await chair.press("meeting.view", "meeting.view", "list.down", "meeting.papers_held", "meeting.addendum")
        await chair.fill(what="Six officers, not eight", reason="")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="the figure was read out wrongly")
        assert "Addendum 1 to" in chair.toasts()[-1]
        assert "undoes" not in chair.toasts()[-1]
        shown = await chair.screen_text()
        assert "Addenda after the seal" in shown
        assert "1 addendum since" in shown
        await chair.press("meeting.write")
        await chair.fill(folder=str(tmp_path))
        assert all("Six officers, not eight" in path.read_text("utf-8") for path in tmp_path.glob("*.md"))


async def test_the_seal_says_what_is_open_and_the_minutes_keep_it(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_6", "meeting.seal")
        await chair.fill()
        shown = " ".join((await chair.screen_text()).split())
        assert "Still open, and written into the papers:" in shown
        assert "Not called: VCTF command" in shown
        await chair.press("confirm.down", "confirm.up", "confirm.yes")
    meeting = meetings.meetings(city, "daily")[0]
    assert meeting.sealed_over[0].startswith("Not called: VCTF command")
    assert f"- {meeting.sealed_over[0]}" in meeting.minutes


async def test_the_minutes_so_far_grow_beside_the_meeting_without_the_report(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2", "meeting.minutes")
        shown = await chair.screen_text()
        assert "Minutes so far" in shown
        assert "DRAFT" in shown
        assert "Visit before noon" not in _papers(chair)
        await chair.press("read.back", "act.update")
        await chair.fill(words="Visit before noon", decided="")
        await chair.press("meeting.minutes")
        assert "Visit before noon" in _papers(chair)
        assert BRIEFING.title not in _papers(chair), "which takes long, and P has it"


def _papers(chair: Chair) -> str:
    page = chair.app.screen
    assert isinstance(page, MinutesPage)
    return page._shown


async def test_sealed_minutes_scroll(make_app: MakeApp) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.view", "meeting.view", "list.down", "list.choose")
        assert isinstance(chair.app.screen, MinutesPage)
        top = await chair.screen_text()
        await chair.press("read.page_down")
        assert await chair.screen_text() != top
        await chair.press("read.page_up")
        assert await chair.screen_text() == top


async def test_a_verb_that_a_seal_refuses_is_gone_from_the_foot_and_says_since_when_in_help_and_palette(
    make_app: MakeApp, moved: MovedClock
) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await seal(chair)
        moved.forward(minutes=15)
        await chair.press("meeting.item_2")
        refused = {name for name, one in chair.commands().items() if one.why_not}
        assert refused == {
            "act.close", "act.carry", "act.edit", "act.escalate", "act.decision", "act.action", "act.rationale",
            "act.update", "meeting.pause", "meeting.hand_over", "meeting.park", "meeting.park_item", "room.undo",
            "room.redo",
        }  # fmt: skip
        at_the_foot = {one.name for one in for_footer(live(chair.app.screen), 200)}
        assert at_the_foot == {
            "act.why", "meeting.next", "meeting.view", "list.filter", "room.leave", "list.locality", "room.help",
        }  # fmt: skip
        assert {one.why_not for one in chair.commands().values()} == {"", "Sealed at 09:00"}
        assert not any(one.enabled for name, one in chair.commands().items() if name in refused)
        palette = {one.title: one.help for one in chair.app.get_system_commands(chair.app.screen)}
        assert palette["close  (x)"] == "Sealed at 09:00"
        await chair.press("room.help")
        shown = await chair.screen_text()
        for _ in range(9):
            await chair.keys("j")
            shown += await chair.screen_text()
        assert "(Sealed at 09:00)" in shown
        await chair.press("help.close")
        moved.forward(days=1)
        await chair.press("act.close")
        assert chair.toasts()[-1] == "Sealed on 21/11/2026 at 09:00. Raise it in the next meeting."


async def test_what_is_done_on_a_page_is_told_at_the_item_beneath_it(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_5", "list.choose", "act.decision")
        await chair.fill(decision="Walk it nightly", reason="four reports in a week")
    [meeting] = [one for one in meetings.meetings(city, "weekly") if one.sealed_at is None]
    [deed] = record.deeds(city, meeting)
    assert (deed.table, deed.number) == ("decision", 5)

"""The seal: asked for twice, never by Enter, papers first; afterwards nothing is changed and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import actions, meetings
from db.store import Store, open_store
from tests.tui.keyboard import (
    Hands,
    MakeApp,
    commands,
    entries,
    fault,
    fill,
    form,
    keys,
    press,
    screen_text,
    tasking,
    toasts,
    typed,
)
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.documents import to_html
from tui.screens.pages import MinutesPage


def sealed(pilot: Hands) -> bool:
    session = tasking(pilot).session
    assert session.meeting_id is not None
    return meetings.meeting(session.store, session.meeting_id).sealed_at is not None


async def seal(pilot: Hands) -> None:
    """Go to the last item and seal."""
    await press(pilot, "meeting.item_6", "meeting.seal")
    await fill(pilot)
    await press(pilot, "confirm.yes")


async def test_only_y_seals_and_the_papers_are_what_is_stored(make_app: MakeApp, city: Store, tmp_path: Path) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4", "act.action")
        await fill(pilot, action="Locate and arrest", owner="VCTF command", due="17:00")
        await press(pilot, "meeting.item_6", "meeting.seal")
        await fill(pilot, folder=str(tmp_path / "of the day"))
        await keys(pilot, "enter", "space", "S")
        assert isinstance(pilot.app.screen, Confirm)
        await keys(pilot, "n")
        assert not isinstance(pilot.app.screen, Confirm)
        assert not sealed(pilot)
        await press(pilot, "meeting.seal")
        assert typed(pilot)["folder"] == str(tmp_path / "of the day"), "the folder is remembered"
        await fill(pilot)
        await keys(pilot, "y")
        assert sealed(pilot)
        assert "4 files" in toasts(pilot)[-1]
        assert "undoes" not in toasts(pilot)[-1]
        assert "SEALED" in await screen_text(pilot)
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


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_after_the_seal_every_verb_is_refused(kind: str, make_app: MakeApp, city: Store) -> None:
    verbs = {name for name, one in _every_verb(kind)}
    app = make_app(kind)
    async with app.run_test() as pilot:
        await press(pilot, f"meeting.item_{6 if kind == 'daily' else 7}", "meeting.seal")
        await fill(pilot)
        await press(pilot, "confirm.yes")
        before = len(entries(city)), len(entries(city, "clock"))
        refused = set()
        assert app.session.meeting is not None
        for number, item in enumerate(app.session.meeting.agenda.items, 1):
            await press(pilot, f"meeting.item_{number}")
            for _ in item.views:
                for name, one in commands(pilot).items():
                    if name in verbs and one.enabled:
                        pilot.app.clear_notifications()
                        await press(pilot, name)
                        assert not isinstance(pilot.app.screen, Form), name
                        assert "sealed" in toasts(pilot)[-1], name
                        refused.add(name)
                if len(item.views) > 1:
                    await press(pilot, "meeting.view")
        assert {"act.action", "act.decision", "act.close", "act.carry", "act.edit", "meeting.seal"} <= refused
        assert (len(entries(city)), len(entries(city, "clock"))) == before


def _every_verb(kind: str) -> list[tuple[str, str]]:
    from tui.verbs.names import _VERBS

    return [(known_as, kind) for name, (*_, known_as) in _VERBS.items() if name not in ("why", "export")]


async def test_sealed_by_another_while_a_form_is_open_loses_nothing(make_app: MakeApp, city: Store) -> None:
    async with make_app().run_test() as pilot:
        number = tasking(pilot).session.meeting_id
        assert number is not None
        await press(pilot, "meeting.item_4", "act.action")
        other = open_store(city.path, "another", city.now)
        meetings.seal_meeting(other, number, "minutes", "")
        other.close()
        await fill(pilot, action="Locate", owner="Intelligence", due="+3d")
        form(pilot)
        assert "sealed" in fault(pilot)
        assert typed(pilot) == {"action": "Locate", "owner": "Intelligence", "due": "+3d"}
        assert actions.raised_in(city, number, city.now()) == []


async def test_undo_does_not_cross_the_seal(make_app: MakeApp, city: Store) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4", "act.action")
        await fill(pilot, action="Locate", owner="Intelligence", due="+3d")
        await seal(pilot)
        stands = len(entries(city))
        await press(pilot, "room.undo")
        assert toasts(pilot)[-1].startswith("Nothing to undo")
        assert len(entries(city)) == stands


async def test_a_folder_that_cannot_be_written_leaves_the_meeting_open(make_app: MakeApp, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("in the way")
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_6", "meeting.seal")
        await fill(pilot, folder=str(file))
        assert fault(pilot).endswith("is a file. Choose a folder.")
        await fill(pilot, folder=str(file / "inside"))
        await press(pilot, "confirm.yes")
        assert not sealed(pilot)
        assert "Choose another folder." in toasts(pilot)[-1]
        assert file.read_text() == "in the way"
        await press(pilot, "meeting.seal")
        await fill(pilot, folder=str(tmp_path / "papers"))
        await press(pilot, "confirm.yes")
        assert sealed(pilot)


async def test_sealed_minutes_are_read_and_written_again_and_an_open_meeting_has_none(
    make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app("weekly").run_test() as pilot:
        await press(pilot, "meeting.view", "list.choose")
        assert isinstance(pilot.app.screen, MinutesPage)
        assert "not sealed yet" in await screen_text(pilot)
        await press(pilot, "read.down", "read.back", "meeting.papers")
        assert "not sealed yet" in toasts(pilot)[-1]
        await press(pilot, "list.down", "meeting.papers")
        await fill(pilot, folder=str(tmp_path / "again"))
        assert len(list((tmp_path / "again").iterdir())) == 4
        await press(pilot, "list.choose")
        top = await screen_text(pilot)
        await press(pilot, "read.page_down")
        assert await screen_text(pilot) != top
        await press(pilot, "read.page_up")
        assert await screen_text(pilot) == top

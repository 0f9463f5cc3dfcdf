"""One line says what was done and what was refused; nothing floats over a list."""

from __future__ import annotations

from functools import partial

import pytest
from textual.notifications import Notification

from tests.tui.keyboard import Chair, MakeApp, seated
from tui.widgets.status import StatusLine


def line(chair: Chair) -> str:
    """What the status line of the screen on top says."""
    return str(chair.app.screen.query_one(StatusLine).content)


async def test_the_line_says_what_was_done_and_again_after_a_refusal(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        assert not chair.app.screen.query_one(StatusLine).display
        await chair.press("meeting.item_2")
        number = chair.view().records.cursor_key
        await chair.press("act.close")
        await chair.fill(result="victim seen")
        done = f"✓ Action {number} closed: victim seen. u undoes."
        assert line(chair) == done
        lines = (await chair.screen_text()).splitlines()
        said = [place for place, words in enumerate(lines) if done in words]
        assert len(said) == 1
        assert "? help" in next(filter(str.strip, lines[said[0] + 1 :]))  # the foot stands right below
        await chair.press("room.redo")
        assert line(chair).startswith("✗ Nothing to redo:")
        refusal = list(chair.app._notifications)[-1]
        chair.app._unnotify(refusal)  # its time is over
        await chair.settled()
        while list(chair.app._notifications):
            chair.app._unnotify(list(chair.app._notifications)[-1])
        await chair.settled()
        assert line(chair).startswith("✗ Nothing to redo:")  # nobody has shown yet to have read it
        await chair.keys("j")
        assert line(chair) == done
        await chair.press("act.why")
        assert line(chair) == done  # on the page above, too
        await chair.press("room.leave", "room.undo")
        assert line(chair).startswith("✓ Undone: ")
        await chair.press("room.projector")
        assert "victim seen" not in line(chair)


async def test_a_long_refusal_is_said_whole(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(60, 15)) as chair:
        chair.app.notify("word " * 30 + "end.", severity="error", markup=False)
        await chair.settled()
        assert "end." in await chair.screen_text()


async def test_a_refusal_whose_sentence_begins_with_its_title_says_it_once(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("room.undo")
        said = " ".join(line(chair).split())
        assert said.startswith("✗ Nothing to undo: nothing that this sitting did")
        assert said.lower().count("nothing to undo") == 1


async def test_the_newer_of_two_refusals_of_one_moment_is_unread_too(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a clock that tells no two moments apart
    monkeypatch.setattr("textual.app.Notification", partial(Notification, raised_at=1.0))
    monkeypatch.setattr("textual.notifications.time", lambda: 1.0)
    async with seated(make_app(), size=(80, 24)) as chair:
        chair.app.notify("one", severity="error", markup=False)
        await chair.keys("j")
        chair.app.notify("two", severity="error", markup=False)
        while left := list(chair.app._notifications):
            chair.app._unnotify(left[-1])
        await chair.settled()
        assert line(chair) == "✗ two"

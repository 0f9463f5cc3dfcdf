"""What the items to come will show is read before anyone goes there."""

from __future__ import annotations

import pytest

from core.errors import Problem
from core.templates import shipped
from tests.tui.keyboard import MakeApp, seated
from tui.screens import read_ahead, room
from tui.views.base import View
from tui.views.list_reading import Heading
from tui.views.registry import view_named
from tui.views.source import Source


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the views that are read from here on."""
    names: list[str] = []

    def noting(name: str) -> type[View]:
        kind = view_named(name)

        class Noting(kind):  # type: ignore[valid-type,misc]
            def read(self) -> tuple[Source, Heading]:
                names.append(name)
                return kind.read(self)

        return Noting

    for module in (room, read_ahead):
        monkeypatch.setattr(module, "view_named", noting)
    return names


@pytest.mark.parametrize("kind", sorted(shipped()))
async def test_every_view_of_a_meeting_is_read_while_the_first_is_shown(
    kind: str, make_app: MakeApp, read: list[str]
) -> None:
    app = make_app(kind)
    app.session.rests = 0.01
    async with seated(app, size=(120, 40)) as chair:
        meeting = chair.tasking().session.meeting
        assert meeting is not None
        wanted = {name for item in meeting.agenda.items for name in item.views}
        for _ in range(200):
            await chair.settled()
            if wanted <= set(read):
                break
            await chair.pilot.pause(0.02)
        assert wanted <= set(read)
        assert "1/" in await chair.screen_text(), "the room stays where it is"


async def test_nothing_is_read_ahead_where_that_is_not_wanted(make_app: MakeApp, read: list[str]) -> None:
    async with seated(make_app("daily"), size=(120, 40)) as chair:
        await chair.pilot.pause(0.1)
        await chair.settled()
        assert set(read) == {"attendance"}


async def test_what_cannot_be_read_is_said_when_it_is_shown_and_not_before(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    def fails(view: View) -> tuple[Source, str]:
        raise Problem("The wards cannot be read today.")

    monkeypatch.setattr(view_named("wards"), "read", fails)
    app = make_app("daily")
    app.session.rests = 0.01
    async with seated(app, size=(120, 40)) as chair:
        for _ in range(500):
            if "readback" in read:
                break
            await chair.pilot.pause(0.02)
        assert "cannot be read" not in await chair.screen_text()
        await chair.press("meeting.item_5")
        assert "cannot be read" in await chair.screen_text()

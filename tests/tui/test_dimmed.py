"""A key that does not apply says why, on every list and in every meeting; a list without rows says what is missing."""

from __future__ import annotations

from threading import Event

import pytest

from core.errors import NotFound, Problem
from core.meetings import standing_views
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, entries, seated
from tui.commands import NOTHING_HERE, Dims
from tui.views.cohorts import CohortsView
from tui.views.list_reading import Heading
from tui.views.source import Source


async def _press_what_is_dimmed(chair: Chair) -> set[str]:
    """Press every dimmed command of the screen: each says why in words of its own; gives their names."""
    dimmed = {name for name, one in chair.commands().items() if not one.enabled and isinstance(one.node, Dims)}
    for name in sorted(dimmed):
        said = len(chair.toasts())
        await chair.keys(_key_of(chair, name))
        assert len(chair.toasts()) == said + 1, name
        assert chair.toasts()[-1] != NOTHING_HERE, name
    return dimmed


def _key_of(chair: Chair, name: str) -> str:
    """The key of a command on the screen."""
    return next(key for key, one in chair.app.screen.active_bindings.items() if one.binding.id == name)


@pytest.mark.parametrize("view", standing_views())
async def test_a_dimmed_key_of_a_list_without_rows_says_why(view: str, make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(store=store, view=view), size=(80, 24)) as chair:
        await chair.settled()
        written = entries(store)
        dimmed = await _press_what_is_dimmed(chair)
        assert "meeting.next" in dimmed
        assert entries(store) == written


@pytest.mark.parametrize("view", standing_views())
async def test_what_is_missing_stands_above_a_list_without_rows(view: str, make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(store=store, view=view), size=(80, 24)) as chair:
        await chair.settled()
        assert not chair.heading().startswith((NotFound.title, Problem.title)), "the kind of an error says nothing"


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_a_dimmed_key_of_a_meeting_says_why(kind: str, make_app: MakeApp) -> None:
    async with seated(make_app(kind), size=(80, 24)) as chair:
        await chair.settled()
        dimmed = await _press_what_is_dimmed(chair)
        assert "room.free_text" in dimmed
        assert "meeting.item_1" not in dimmed
        await chair.keys("*")
        assert chair.toasts()[-1] == "The whole force is shown already."


async def test_a_key_for_rows_that_are_still_being_read_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, read = Event(), CohortsView.read

    def slowly(view: CohortsView) -> tuple[Source, Heading]:
        assert go_on.wait(20)
        return read(view)

    monkeypatch.setattr(CohortsView, "read", slowly)
    async with seated(make_app(view="cohorts"), at_rest=False, size=(80, 24)) as chair:
        await chair.pilot.press("L")
        await chair.pilot.pause()
        assert chair.toasts()[-1].startswith("The rows are still being read.")
        go_on.set()
        await chair.settled()
        await chair.pilot.press("L")
        await chair.settled()
        assert chair.form(), "then it acts on the row"
        await chair.press("form.leave")


async def test_what_is_said_says_what_is_missing(make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(store=store, view="actions"), size=(80, 24)) as chair:
        for name, said in (
            ("act.close", "There is no row here to act on."),
            ("meeting.item_2", "No meeting is open, so there is no agenda."),
            ("list.narrow", "No meeting is open: these are the actions of all."),
            ("room.free_text", "Nothing is hidden: the projector is off."),
        ):
            await chair.keys(_key_of(chair, name))
            assert chair.toasts()[-1] == said
        assert len(chair.app.screen_stack) == 1

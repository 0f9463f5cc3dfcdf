"""What is read of the row under the cursor stands beside the list, however it came to be under it."""

from __future__ import annotations

from collections.abc import Callable
from threading import current_thread, main_thread
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tui.keyboard import MakeApp, seated
from tests.tui.quick import PAUSE
from tui.views import detail, list_reading
from tui.views.detail import Detail, More, read_more


async def test_a_row_that_a_sort_has_shown_is_read_of_again_after_a_filter(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.keys("4", ">")
        chair.view().query_one(Detail).look_at_once()
        await chair.burst(">", "slash", "z", "z", "escape")
        assert chair.view().query_one(Detail)._more is not None


async def test_what_is_known_of_the_row_that_a_filter_comes_to_is_painted_with_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "_SOON", 0.001)  # filtered at once, not in a worker
    at_once = []

    def read(*asked: Any) -> More:
        at_once.append(current_thread() is main_thread())
        return read_more(*asked)

    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        wanted = chair.cell("name", 5).split(",")[0].casefold()
        assert chair.view().source.at_once
        monkeypatch.setattr(detail, "read_more", read)
        await chair.burst("slash", *wanted)
        assert any(at_once)


async def test_more_is_read_of_the_row_that_was_gone_to_while_the_list_had_the_whole_width(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "meeting.zoom", "list.down", "list.down")
        said = chair.view().query_one(Detail)
        assert said._more is None
        await chair.press("meeting.zoom")
        await chair.settled()
        assert said._more is not None


async def test_more_is_read_of_the_row_once_the_detail_stands_beside_the_list(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
        await chair.press("list.down")
        said = chair.view().query_one(Detail)
        assert said._more is None
        await chair.pilot.resize_terminal(120, 40)
        await chair.settled()
        assert said._more is not None


async def test_more_is_read_once_as_a_list_opens(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read(*whom: Any) -> More:
        asked.append(whom[1:])
        return read_more(*whom)

    monkeypatch.setattr(detail, "read_more", read)
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        await chair.settled()
        assert len(asked) == 1


class Timers:
    """A loop whose timers go off when they are told to."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], object]]] = []

    def call_later(self, seconds: float, what: Callable[..., object], *about: object) -> SimpleNamespace:
        timer = seconds, lambda: what(*about)
        self.set.append(timer)
        return SimpleNamespace(cancel=lambda: self.set.remove(timer))

    def go_off(self) -> None:
        for _, what in self.set:
            what()
        self.set.clear()


async def test_more_of_a_row_is_read_once_the_cursor_rests_and_at_once_after_a_sort(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, timers = [], Timers()

    def read(*whom: Any) -> More:
        asked.append(whom[1].ref)
        return read_more(*whom)

    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        monkeypatch.setattr(detail, "asyncio", SimpleNamespace(get_running_loop=lambda: timers))
        monkeypatch.setattr(detail, "_PAUSE", PAUSE)
        monkeypatch.setattr(detail, "read_more", read)
        await chair.press("list.down", "list.down", "list.down")
        assert [seconds > 0.1 for seconds, _ in timers.set] == [True], "the last row alone is waited for"
        [timer] = timers.set
        chair.view()._write_made_of()
        assert timers.set == [timer], "told again while it is waited for, it is not waited for anew"
        assert asked == []
        for _ in range(2):
            timers.go_off()
            await chair.settled()
            chair.view()._write_made_of()
            assert len(timers.set) == 1, "told again once it was read, it is read again"
        here = chair.cell("ref")
        assert asked == [here, here]
        chair.view().source.prepare()  # else what makes a sort quick is read first, and the rows come later
        await chair.press("list.sort_right")
        assert timers.set == [], "nothing is waited for"
        assert asked[2:] == [chair.cell("ref")]
        assert "No action open" in await chair.screen_text()
        await chair.press("list.down")
        assert len(timers.set) == 1


async def test_what_is_read_of_a_row_never_stands_beside_another(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers = Timers()
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        said = chair.view().query_one(Detail)
        monkeypatch.setattr(detail, "asyncio", SimpleNamespace(get_running_loop=lambda: timers))
        monkeypatch.setattr(detail, "_PAUSE", PAUSE)
        await chair.press("list.down")
        [(_, rests)] = timers.set
        await chair.press("list.down")
        rests()  # the key came in the moment in which the cursor was found to rest
        await chair.settled()
        assert said._more is None
        timers.go_off()
        await chair.settled()
        assert said._more is not None
        await chair.press("list.down")
        timers.go_off()
        await chair.hurried("j")  # while it is read
        await chair.settled()
        assert said._more is None

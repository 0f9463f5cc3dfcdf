"""The run-down: one record after the other, each passed by when its outcome is written and not before."""

from __future__ import annotations

import pytest

from tests.tui.keyboard import Chair, MakeApp, seated
from tui.views import base


async def _lines(chair: Chair) -> list[str]:
    """What the page says of the record that it is at."""
    text = await chair.screen_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


async def _at(chair: Chair) -> str:
    """Which of how many records the page is at."""
    return next(line for line in await _lines(chair) if " of " in line and " left" in line)


async def test_an_outcome_goes_on_to_the_next_record_and_nothing_else_does(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(100, 40)) as chair:
        await chair.settled()
        many = 4
        first, second = (chair.cell("name", row) for row in (0, 1))
        await chair.press(*["list.mark"] * many, "list.run_down")
        assert await _at(chair) == f"1 of {many}; {many - 1} records left"
        assert first in await chair.screen_text()
        await chair.press("act.action", "form.leave", "room.undo", "room.refresh")
        assert (await _at(chair)).startswith("1 of "), "nothing was written of it"
        await chair.press("act.action")
        await chair.fill(action="Visit", owner="Ward team", due="+24h")
        assert (await _at(chair)).startswith("2 of ")
        assert second in await chair.screen_text()
        await chair.press("room.refresh")
        assert (await _at(chair)).startswith("2 of ")
        await chair.press("rundown.before")
        assert "Visit; Ward team" in await chair.screen_text()
        await chair.press("rundown.open")
        assert (await _at(chair)).startswith(f"1 of {many - 1}, without an open action"), "the first has one"
        assert second in await chair.screen_text()
        await chair.press("act.action")
        await chair.fill(action="Visit", owner="Ward team", due="+24h")
        assert (await _at(chair)).startswith(f"1 of {many - 2}, "), "the next stands where it stood"


async def test_behind_the_last_record_nothing_is_written_and_it_is_said_how_many_are_not_gone_through(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MOST_RUN_DOWN", 2)
    async with seated(make_app(view="suspects"), size=(100, 40)) as chair:
        await chair.settled()
        more = chair.view().records.count - 2
        await chair.press("list.run_down")
        assert await _at(chair) == f"1 of 2; 1 record left, {more} more in the list"
        await chair.press("rundown.next", "rundown.next")
        assert f"That was the last of 2 records; the list has {more} more." in await chair.screen_text()
        await chair.press("act.action")
        assert chair.toasts()[-1] == "No record stands here. k goes to the one before."
        await chair.press("rundown.before")
        assert (await _at(chair)).startswith("2 of 2; 0 records left")
        await chair.press("room.leave", "list.mark", "list.run_down")
        assert await _at(chair) == "1 of 1; 0 records left", "of marked rows nothing is left out"

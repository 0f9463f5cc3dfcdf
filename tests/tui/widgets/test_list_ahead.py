"""Lines that are drawn ahead of the keys: the rows next in sight, of what is held, and nothing that shows before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from textual.widget import Widget

from tests.tui.keyboard import MakeApp, seated
from tests.tui.quick import LOOK_AHEAD, draw_ahead_at_once, draw_nothing_ahead
from tests.tui.test_key_costs import Costs
from tests.tui.widgets.test_record_list import Room, Rows, lines, settle
from tui.reading import Reading
from tui.views.rows_ahead import RowsAhead
from tui.views.suspects import SuspectsView
from tui.widgets import list_ahead
from tui.widgets.list_ahead import LookAhead

pytestmark = pytest.mark.usefixtures("frames", "at_once")


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> Costs:
    return Costs.found(monkeypatch)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_ahead_at_once(monkeypatch)


async def test_the_rows_that_a_page_key_shows_are_read_before_and_those_of_before_stay() -> None:
    app = Room(range(35_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert sorted(asked[0] for asked in app.rows.asked) == [0, 23], "the page in sight, and the next"
        for keys, asked_anew in ((["pagedown"], {46}), (["pagedown"], {69}), (["j"], {92}), (["pageup"], set())):
            app.rows.asked.clear()
            await settle(pilot, *keys)
            assert {asked[0] for asked in app.rows.asked} <= asked_anew, keys
        app.rows.asked.clear()
        await settle(pilot, "G")
        assert {asked[0] // 23 for asked in app.rows.asked} == {1519, 1520, 1521}, "the last pages"


async def test_a_line_that_was_drawn_ahead_is_not_drawn_again() -> None:
    app = Room(range(200))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        kept = app.list._painter._strips
        drawn = {index: kept[index, False, " "] for index in range(24, 46)}
        await settle(pilot, "pagedown", "pagedown")
        shown = {app.list.scroll_offset.y + y for y in range(20)} & set(drawn)
        assert len(shown) > 10
        assert all(kept[index, False, " "] is drawn[index] for index in shown)


async def test_a_wide_cell_makes_its_column_wider_only_once_it_is_in_sight() -> None:
    wide = "a name of some forty letters, not to be cut"
    app = Room(range(200), Rows({30: wide}))
    async with app.run_test(size=(50, 24)) as pilot:
        await settle(pilot)
        head = lines(app.list)[0]
        assert any(30 in asked for asked in app.rows.asked), "it is read"
        await settle(pilot, "j")
        assert lines(app.list)[0] == head, "nothing moves for what nobody sees"
        await settle(pilot, "pagedown", "pagedown")
        assert lines(app.list)[0] != head
        assert any(wide[:30] in line for line in lines(app.list))


async def test_what_is_not_held_is_not_fetched_until_it_is() -> None:
    app = Room(range(200))
    asked: list[tuple[int, int]] = []
    held = [False]

    def hold(keys: Sequence[int]) -> bool:
        asked.append((keys[0], keys[-1]))
        return held[0]

    app.list.hold = hold
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert [page[0] for page in app.rows.asked] == [0]
        assert set(asked) == {(23, 45)}, "asked for as it is fetched, whole pages"
        held[0] = True
        app.list.look_ahead()
        await settle(pilot)
        assert [page[0] for page in app.rows.asked] == [0, 23]


async def test_a_page_of_ranked_people_is_read_beside_the_screen(
    make_app: MakeApp, costs: Costs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(view="suspects"), size=(100, 40)) as chair:
        records, source = chair.view().records, chair.view().source
        while not source.at_once:  # everyone is read a moment after the first rows
            await asyncio.sleep(0.01)
        await chair.settled()
        monkeypatch.setattr(SuspectsView, "_find_causes", _not_beside)
        for key in ("pagedown", "j", "pagedown", "pagedown", "k"):
            with costs.of():
                await chair.keys(key)
            assert costs["questions"] == 0, f"{key} asks nothing on the thread of the screen"
        assert records.cursor_index > 80
        assert all(chair.cells(row)[2] for row in range(records.cursor_index))
        assert "?" not in {chair.cell("name", row) for row in range(records.cursor_index)}


def _not_beside(*_: object) -> None:
    pytest.fail("what moved people is found out with their rows")


async def test_on_a_high_screen_it_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_nothing_ahead(monkeypatch)
    app = Room(range(2000))
    async with app.run_test(size=(60, 250)) as pilot:
        await settle(pilot, "pagedown", "pagedown")
        steps = 0
        while app.list._draw_ahead():
            steps += 1
            assert steps < 100
        assert steps > 10, "some were drawn"


@pytest.mark.parametrize(
    ("follow", "held_at_once", "read", "held"),
    [(False, True, None, True), (True, True, None, False), (False, False, None, False), (False, True, "read", False)],
)
async def test_nothing_is_read_ahead_while_keys_wait_or_of_rows_that_the_store_sorts(
    follow: bool, held_at_once: bool, read: str | None, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(Reading, "start", lambda _, what: started.append(what))
    panel: Any = SimpleNamespace(
        session=SimpleNamespace(keys_follow=lambda: follow),
        source=SimpleNamespace(at_once=held_at_once, ahead=lambda _: read),
    )
    assert RowsAhead(panel).hold([1, 2]) is held
    assert started == ([read] if read else [])


class _Mute:
    """A widget of which only is told what it is to do."""

    is_attached = True

    def __init__(self) -> None:
        self.asked = 0

    def call_next(self, work: Any) -> None:
        self.asked += 1
        work()


@pytest.mark.parametrize("attached", [True, False])
async def test_it_goes_on_once_the_list_rests_while_something_is_left(
    attached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LookAhead, "go_on", LOOK_AHEAD)
    monkeypatch.setattr(list_ahead, "_REST", 0.02)
    mute, done = _Mute(), []
    mute.is_attached = attached
    widget: Widget = mute  # type: ignore[assignment]

    def step() -> bool:
        done.append(mute.asked)
        return len(done) < 3

    ahead = LookAhead(widget, step)
    for _ in range(4):
        ahead.painted()
        await asyncio.sleep(0.002)
    assert not mute.asked, "it does not rest yet"
    while not mute.asked or (attached and len(done) < 3):
        await asyncio.sleep(0.002)
    await asyncio.sleep(0.03)
    assert done == ([1, 2, 3] if attached else [])

"""What a chair does to a list: a filter says where it landed, columns stay."""

from __future__ import annotations

from tests.tui.keyboard import MakeApp, seated
from tui.dialogs.columns import ColumnsPick


async def test_a_filter_says_where_the_cursor_is(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        await chair.press("list.down", "list.down", "list.down")
        here = chair.cell("ref")
        await chair.press("list.filter")
        await chair.keys(*here.casefold())
        assert "on the same record" in chair.heading()
        await chair.keys("escape")
        await chair.press("list.first", "list.filter")
        await chair.keys(*chair.cell("ref", 5).casefold())
        assert "on the first match" in chair.heading()


async def test_columns_are_chosen_and_remembered(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        assert "status" in [column.key for column in chair.view().records.shown_columns()]
        place = [column.key for column in chair.view().source.columns].index("status")
        await chair.press("list.columns")
        assert isinstance(chair.app.screen, ColumnsPick)
        await chair.keys(*["j"] * place, "enter", "enter")
        assert "never" in await chair.screen_text()
        await chair.keys("escape")
        assert "status" not in [column.key for column in chair.view().records.shown_columns()]
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        assert "status" not in [column.key for column in chair.view().records.shown_columns()], "also next time"

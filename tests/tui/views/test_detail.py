"""What is read of the row under the cursor stands beside the list, however it came to be under it."""

from __future__ import annotations

from tests.tui.keyboard import MakeApp, seated
from tui.views.detail import Detail


async def test_a_row_that_a_sort_has_shown_is_read_of_again_after_a_filter(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.keys("4", ">")
        chair.view().query_one(Detail).look_at_once()
        await chair.burst(">", "slash", "z", "z", "escape")
        assert chair.view().query_one(Detail)._more is not None

"""The words above a list are read aloud: they are whole at every width, and count one by its singular."""

from __future__ import annotations

import pytest
from rich.text import Text

from tests.tui.keyboard import MakeApp, seated
from tui.views.list_head import HeadWords, ListHead, cut


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: str(size[0]))
async def test_a_long_head_is_shown_whole_in_as_many_lines_as_it_needs(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async with seated(make_app(view="priority"), size=size) as chair:
        await chair.settled()
        await chair.pilot.pause()
        head = chair.view().query_one(ListHead)
        shown = head.render().plain
        assert shown.split() == chair.heading().split(), "no word is left out"
        assert head.size.height == len(shown.splitlines()) > 1, "every line is in sight"
        text = await chair.screen_text()
        assert all(line.strip() in text for line in shown.splitlines())


def test_one_is_counted_by_its_singular() -> None:
    assert HeadWords("", "wards", "ward", 1, 1).text.plain == "  1 ward"
    assert HeadWords("", "wards", "ward", 2, 2).text.plain == "  2 wards"


def test_words_that_lead_on_to_the_count_are_one_space_before_it() -> None:
    assert HeadWords("2 days of", "allegations", "allegation", 19, 19).text.plain == "2 days of 19 allegations"
    assert HeadWords("2 days", "allegations", "allegation", 19, 19).text.plain == "2 days  19 allegations"


def test_a_line_below_a_list_that_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = [Text("released on"), Text("licence, at large,"), Text("tagged")]
    assert [line.plain for line in cut(lines, 18, 2)] == ["released on", "licence, at large…"]
    assert cut(lines, 18, 3) == lines

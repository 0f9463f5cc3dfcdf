"""Two people side by side: who is compared, what is said of both, small and comfortable."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from db import actions
from db.actions import Subject
from db.people import explain
from db.scoring import RankingRequest
from db.store import Store
from tests.tui.conftest import Looks
from tests.tui.keyboard import MakeApp, seated
from tests.tui.people import TODAY, bare, furnished, top
from tui.screens.compare import ComparePage
from tui.screens.person import PersonPage
from tui.screens.room import MeetingRoom


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without cohorts and dated facts, so that a test gives its own."""
    return bare(city)


async def test_two_marked_people_stand_side_by_side(make_app: MakeApp, city: Store) -> None:
    people = furnished(city)
    third = Subject("person", people[2].person, people[2].name)
    actions.raise_actions(city, [third], "Visit", "Ward team", city.now() + timedelta(days=1))
    still = len([one for one in actions.about(city, third, city.now()) if one.status == "open"])
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.down", "list.mark", "list.compare")
        assert isinstance(chair.app.screen, ComparePage)
        lines = (await chair.screen_text()).splitlines()
        score = next(line for line in lines if line.strip().startswith("score"))
        for one in (people[0], people[2]):
            assert any(one.person in line for line in lines)
            assert f"{explain(city, one.person, RankingRequest(TODAY)).score:,g} days" in score
        said = "\n".join(lines)
        for label in (
            "cohorts V D+",
            "also    a victim",
            "rank    1",
            "rank    3",
            "largest",
            "victims",
            f"{still} open",
        ):
            assert label in said, label
        await chair.press("compare.right")
        assert isinstance(chair.app.screen, PersonPage)
        assert people[2].person in await chair.screen_text()
        await chair.press("list.back", "read.back")
        assert len(chair.view().records.marked) == 2, "the marks stay"


async def test_one_marked_is_compared_with_the_row_under_the_cursor(make_app: MakeApp, city: Store) -> None:
    people = top(city, 5)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.last", "list.first", "list.down", "list.down")
        await chair.press("list.compare")
        text = await chair.screen_text()
        assert people[0].person in text
        assert people[2].person in text


@pytest.mark.parametrize("marked", [0, 3])
async def test_any_other_number_is_told_what_to_do(marked: int, make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", *["list.mark"] * marked, "list.compare")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert "Mark two with space" in chair.toasts()[-1]


async def test_by_a_banded_method_each_part_has_its_line_and_a_wall_shows_no_names(
    make_app: MakeApp, city: Store
) -> None:
    people = top(city, 2)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.mark", "list.method")
        await chair.press("list.down", "list.down", "list.down", "list.choose")
        assert chair.view().records.marked == (), "marks are on places, which are another's now"
        await chair.press("list.first", "list.mark", "list.mark", "list.compare")
        text = await chair.screen_text()
        for measure in ("recency", "frequency", "harm"):
            assert len(re.findall(rf" {measure} [0-9,.]+( days| d)? gives [0-9]+", text)) == 2, measure
        assert "(RFH, CCHI 2020)" in text
        shown = [name for name in (one.name for one in people) if name in text]
        await chair.press("room.projector")
        text = await chair.screen_text()
        assert not any(name in text for name in shown)
        assert chair.tasking().session.projector


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
async def test_how_it_looks(size: tuple[int, int], make_app: MakeApp, city: Store, looks: Looks) -> None:
    furnished(city)
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.mark", "list.compare")
        await looks(chair, "compare")
        await chair.press("read.back", "list.method", "list.down", "list.down", "list.choose")
        await chair.press("list.first", "list.mark", "list.mark", "list.compare")
        await looks(chair, "compare-by-rfgv")

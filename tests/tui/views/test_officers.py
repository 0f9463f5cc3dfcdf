"""Extra ward officers from the keyboard: placed by need, moved one post at a time, at a cost that is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.officers import POSTS
from db import officers
from db.composite import parts
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.officers import Placement, Post
from db.priority_wards import priority_wards
from db.record import deeds
from db.releases import releases
from db.report_counts import REPORTS
from db.store import Store
from db.ward_map import name_of, ward_map
from tests.db.made_releases import write_release
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MakeApp, entries, seated
from tests.tui.places import emptied, go_to, here, placed_everywhere, said
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London with a placement among all its wards, so that posts have somewhere to move."""
    placed_everywhere(city)
    return city


MOVED = re.compile(
    r"One post from (.+) \(([\d,]+) days each\) to (.+) \(([\d,]+)\): (costs|gains) ([\d,]+) days a post"
)


def placement(store: Store) -> Placement:
    found = officers.placement(store)
    assert found is not None
    return found


def month_after(month: str) -> str:
    """The month after one, ``YYYYMM``."""
    year, number = int(month[:4]), int(month[4:])
    return f"{year + number // 12}{number % 12 + 1:02}"


def total(store: Store) -> int:
    return sum(post.posts for post in placement(store).posts.values())


def a_post(store: Store, posts: int) -> Post:
    """The ward of most need among those that have so many posts."""
    return next(post for post in placement(store).posts.values() if post.posts == posts)


async def test_without_a_plan_it_says_what_to_do(make_app: MakeApp, city: Store) -> None:
    emptied(city, "officer_post", "officer_plan")
    async with seated(make_app(view="officers"), size=(80, 24)) as chair:
        await chair.settled()
        text = " ".join((await chair.screen_text()).split())
        assert f"No placement is kept. n places the {POSTS} extra officers" in text
        assert "no placement" in chair.heading()
        assert not chair.commands()["officers.more"].enabled
        assert not chair.commands()["officers.fewer"].enabled
        await chair.press("officers.place")
        assert chair.typed() == {
            "total": str(POSTS), "basis": "harm", "among": "adopted", "floor": "0", "cap": "4", "first": "",
            "by": CHAIR,
        }  # fmt: skip
        await chair.fill()
        held = 4 * len(priority_wards(city))
        assert (placement(city).total, total(city), placement(city).made_by) == (POSTS, held, CHAIR)
        words = (
            f"{held} of {POSTS} placed in {held // 4} priority wards at 4 each; {POSTS - held} left: raise the cap or "
            "adopt more"
        )
        assert chair.toasts()[-1] == f"{words}. u undoes."
        assert chair.heading().startswith(f"Extra officers: {words}; among adopted, by harm, 0 to 4 a ward")
        assert set(chair.column("priority")) == {"P"}
        assert chair.view().records.count == len(placement(city).posts)
        await chair.press("room.undo")
        assert officers.placement(city) is None
        assert chair.view().records.count == 0


NOT_PLACED = (
    ({"floor": "4"}, "442 posts will not fit: the floors of "),
    ({"floor": "5"}, "a floor of 5 and a cap of 4 leave nothing between them"),
    ({"among": "some"}, "In which wards must be one of: adopted, all."),
    ({"total": "many"}, "Posts: 'many' is no whole number"),
    ({"total": "-1"}, "Posts: '-1' is no whole number"),
    ({"total": "²"}, "Posts: '²' is no whole number"),
    ({"cap": "999999"}, "Most: '999999' is no whole number of 0 to 99,999"),
    ({"basis": "luck"}, "In proportion to must be one of: harm, composite."),
    ({"by": ""}, "Placed by is needed."),
)


async def test_what_cannot_be_placed_is_said_in_the_form(make_app: MakeApp, city: Store) -> None:
    before = placement(city)
    async with seated(make_app(view="officers")) as chair:
        await chair.settled()
        await chair.press("officers.place")
        fits = chair.typed() | {"total": "442", "floor": "0", "cap": "4", "among": "all"}
        for values, words in NOT_PLACED:
            asked = fits | values
            await chair.fill(**asked)
            assert words in chair.fault()
            assert chair.typed() == asked, "nothing typed is lost"
        assert placement(city) == before


async def test_posts_are_placed_within_the_limits_that_are_typed_and_marks_stay(make_app: MakeApp, city: Store) -> None:
    priorities = {one.ward_code for one in priority_wards(city)}
    async with seated(make_app(view="officers")) as chair:
        await chair.settled()
        records = [chair.view().source.record(key) for key in chair.view().records.keys]
        letters = chair.column("priority")
        assert {one.subject.ref for one, letter in zip(records, letters, strict=True) if letter == "P"} == priorities
        await chair.press("list.mark", "list.mark", "list.mark")
        wards = {one.subject.ref for one in chair.view().acted_on()}
        await chair.press("officers.place")
        await chair.fill(
            total="100", basis="Composite", among="All", floor="1", cap="3", first="60", by="Cdr B. Second"
        )
        now = placement(city)
        assert (now.total, now.basis, now.made_by, len(now.posts)) == (100, "composite", "Cdr B. Second", 60)
        assert (now.limits.floor, now.limits.cap) == (1, 3)
        assert total(city) == 100
        assert {post.posts for post in now.posts.values()} <= {1, 2, 3}
        assert chair.column("posts") == [str(post.posts) for post in now.posts.values()]
        assert "100 of 100 placed in 60 wards; among all, by composite, 1 to 3 a ward, 0 moved" in chair.heading()
        assert f"kept by {now.made_by}" in chair.heading()
        assert wards < set(now.posts)
        assert {one.subject.ref for one in chair.view().acted_on()} == wards, "marks stay on their wards"
        await chair.press("officers.place")
        assert chair.typed().items() >= {"total": "100", "basis": "composite", "floor": "1", "cap": "3"}.items()
        await chair.press("form.leave", "room.undo")
        assert placement(city).total == POSTS, "the placement before holds again"
        await chair.press("officers.place")
        await chair.fill(total="4", among="all", floor="1", cap="4", first="4")
        ward = chair.view().under_cursor()
        assert ward is not None
        await chair.press("officers.more")
        assert chair.toasts()[-1].startswith(f"{ward.subject.label}: no other ward can give a post within the limits")
        assert ward.subject.ref not in chair.toasts()[-1]


async def test_one_more_says_who_gave_it_and_the_cost_and_the_cursor_stays(make_app: MakeApp, city: Store) -> None:
    before = placement(city)
    ward = a_post(city, 1)
    async with seated(make_app(view="officers")) as chair:
        await chair.settled()
        await chair.press("list.mark", "list.mark")
        marked = chair.view().records.marked
        await go_to(chair, ward.ward_code)
        await chair.press("officers.more")
        now = placement(city)
        changed = {code: now.held[code] - held for code, held in before.held.items() if now.held[code] != held}
        gave = next(code for code, change in changed.items() if change < 0)
        assert changed == {ward.ward_code: 1, gave: -1}
        there, gain = before.posts[gave].harm / before.held[gave], ward.harm / 2
        found = MOVED.match(chair.toasts()[-1])
        assert found is not None
        assert (found[1], found[3]) == (name_of(city, gave), name_of(city, ward.ward_code))
        assert (found[2], found[4]) == (f"{there:,.0f}", f"{gain:,.0f}")
        cost = there - gain
        assert (found[5], found[6]) == ("costs" if cost > 0 else "gains", f"{abs(cost):,.0f}")
        assert here(chair) == ward.ward_code, "the cursor stays, so that the key can be pressed again"
        assert (chair.cell("posts"), chair.cell("proposed"), chair.cell("change")) == ("2", "1", "+1")
        assert "1 moved by hand" in chair.heading()
        assert "2 extra officers, 1 proposed" in said(chair, ".made-of")
        assert chair.view().records.marked == marked, "it is the ward under the cursor, whatever is marked"
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, WardPage)
        assert f"extra officers: 2, 1 proposed (of {POSTS}" in said(chair)
        await chair.press("list.back")
        await chair.press("room.undo")
        assert placement(city) == before
        assert chair.cell("change") == ""


async def test_one_fewer_goes_where_it_stands_for_most_and_the_total_stays_exact(
    make_app: MakeApp, city: Store
) -> None:
    before = placement(city)
    ward = a_post(city, 4)
    name = name_of(city, ward.ward_code)
    takers = [post for post in before.posts.values() if post.posts < before.limits.cap]
    best = max(takers, key=lambda post: post.harm / (post.posts + 1))
    async with seated(make_app(view="officers")) as chair:
        await chair.settled()
        await go_to(chair, ward.ward_code)
        await chair.press("officers.more")
        assert chair.toasts()[-1].startswith(f"{name} has 4 posts, its cap is 4")
        assert ward.ward_code not in chair.toasts()[-1]
        assert placement(city) == before
        await chair.press("officers.fewer")
        assert placement(city).held == {**before.held, ward.ward_code: 3, best.ward_code: best.posts + 1}
        assert chair.toasts()[-1].startswith(f"One post from {name} (")
        assert f" to {name_of(city, best.ward_code)} (" in chair.toasts()[-1]
        assert chair.cell("change") == "-1"
        for verb, posts in (("more", 4), ("fewer", 3), ("fewer", 2), ("fewer", 1), ("fewer", 0)):
            await chair.press(f"officers.{verb}")
            assert (placement(city).held[ward.ward_code], total(city)) == (posts, POSTS)
            assert chair.cell("posts") == str(posts)
            assert here(chair) == ward.ward_code
        assert sum(int(posts) for posts in chair.column("posts")) == POSTS
        now = placement(city)
        await chair.press("officers.fewer")
        assert chair.toasts()[-1].startswith(f"{name} has 0 posts, its floor is 0")
        assert ward.ward_code not in chair.toasts()[-1]
        assert placement(city) == now


async def test_in_the_weekly_meeting_until_it_is_sealed(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_5", "meeting.view", "meeting.view", "officers.fewer")
        assert entries(city)[-1].startswith("One extra officer moved from ")
        moved = placement(city)
        await chair.press("meeting.item_7", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", "meeting.item_5", "meeting.view", "meeting.view")
        for verb in ("officers.more", "officers.fewer", "officers.place"):
            await chair.press(verb)
            assert chair.toasts()[-1].startswith("Sealed at 09:00")
            assert isinstance(chair.app.screen, MeetingRoom)
        assert placement(city) == moved


@pytest.mark.parametrize("floor", ["0", "30"])
async def test_a_share_that_a_limit_holds_is_not_told_as_in_proportion_to_harm(
    make_app: MakeApp, city: Store, floor: str
) -> None:
    async with seated(make_app(view="officers"), size=(80, 24)) as chair:
        await chair.press("officers.place")
        await chair.fill(floor=floor, cap="60")
        await chair.settled()
        now, told = placement(city), {}
        for key in chair.view().records.keys:
            row = chair.view().source.record(key)
            told[row.subject.ref] = row.made_of
        assert {*told} == {*now.posts}
        said = set()
        for code, post in now.posts.items():
            words = f"{post.share:.2f} its share by harm"
            if post.share == 60:
                words = "its share by harm is held at the cap of 60"
            elif post.share == int(floor) > 0:
                words = f"its share by harm is raised to the floor of {floor}"
            assert f" proposed, {words}; " in told[code]
            said.add(words.rpartition(" ")[0].lstrip("0123456789."))
        assert len(said) == (3 if floor == "30" else 2)


async def test_a_plan_says_what_became_of_its_release_and_w_reads_that_release(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    """Posts stay where they were placed; the figures behind a row are those that it was placed on, or it says so."""
    name = placement(city).release
    months = next(head for head in releases(city) if head.name == name).months
    later = [*months[1:], month_after(months[-1])]
    wards = ward_map(city)
    rows = [
        ("ROBBERY OF PERSONAL PROPERTY", code, wards[code].borough, [1] * len(later)) for code in placement(city).posts
    ]
    brought = import_file(city, write_release(tmp_path / "later.csv", later, rows), today=AS_OF).batch
    assert brought is not None
    newer = releases(city)[0].name
    async with seated(make_app(view="officers"), size=(120, 40)) as chair:
        await chair.settled()
        assert f"release {name} (wards are counted from release {newer} now; n places anew)" in chair.heading()
        harm = chair.cell("harm")
        await chair.press("act.why")
        assert f"{harm} days in 12 months ({name})" in chair.heading()
        await chair.press("list.back", "officers.place")
        await chair.fill(basis="harm")
        assert f"release {newer}, kept by" in chair.heading()
    withdraw(city, brought)
    async with seated(make_app(view="officers"), size=(120, 40)) as chair:
        await chair.settled()
        assert f"release {newer} (there is none of that name now; n places anew)" in chair.heading()
        row = chair.view().under_cursor()
        assert row is not None
        assert row.made_of.endswith(f"; placed by release {newer}: there is none of that name now")
        await chair.press("act.why")
        assert f"({name})" in chair.heading()


async def test_posts_that_crime_reports_place_are_not_told_as_of_a_release(make_app: MakeApp, city: Store) -> None:
    app = make_app("weekly")
    app.session.counted_from = REPORTS
    name = placement(city).release
    async with seated(app, size=(120, 40)) as chair:
        await chair.press("meeting.item_5", "meeting.view", "meeting.view")
        assert f"release {name} (wards are counted from crime reports now; n places anew)" in chair.heading()
        await chair.press("officers.place")
        await chair.fill(basis="harm")
        assert "; crime reports, kept by" in chair.heading()
    held = app.session.meeting
    assert held is not None
    [placed] = [deed.words.words for deed in deeds(city, held) if deed.words.what == "placed"]
    assert ", crime reports, 0 to 4 in a ward" in placed


async def test_a_priority_ward_that_the_release_does_not_count_is_named(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    """It gets no post, so that posts are placed in fewer wards than are adopted: which it is, is said."""
    months = releases(city)[0].months
    later = [*months[1:], month_after(months[-1])]
    wards, (gone, *held) = ward_map(city), [ward.ward_code for ward in priority_wards(city)]
    rows = [("ROBBERY OF PERSONAL PROPERTY", code, wards[code].borough, [1] * len(later)) for code in held]
    import_file(city, write_release(tmp_path / "later.csv", later, rows), today=AS_OF)
    name = releases(city)[0].name
    said = f"1 priority ward without a count in release {name}, so without a post: {wards[gone].name}"
    assert officers.without_count(city, parts(city)) == said
    async with seated(make_app(view="officers"), size=(120, 40)) as chair:
        await chair.press("officers.place")
        await chair.fill(basis="harm", among="adopted")
        assert f"; 1 priority ward not in it: {wards[gone].name}" in chair.heading()
        assert said in " ".join((await chair.screen_text()).split())

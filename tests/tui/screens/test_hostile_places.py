"""Names of places and what is said of them are shown letter by letter, on every screen about places."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from textual.widgets import Input

from core.composite_weights import KEYS
from core.days import at_clock, uk
from core.geography import wards as ward_map_that_ships
from core.text import plain
from db import focus, focus_comments, officers, priority_wards
from db.actions import Subject
from db.composite_weights import weights_of
from db.loading.importing import import_file
from db.store import Store, open_store
from tests.tui.conftest import AS_OF
from tests.tui.conftest import CHAIR as DEMO_CHAIR
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tests.tui.places import TODAY, adopted, emptied, go_to, ranked, said
from tui.safe import plain_lines
from tui.screens.fly_tip import FlyTipPage
from tui.screens.ward import WardPage
from tui.views.source import Record

HOSTILE = (
    "[red]x[/]",
    "[/",
    "[@click=app.quit]x[/]",
    "\x1b[31mred",
    "](http://x.test)",
    "<b>x</b>",
    "\u202erighttoleft",
    "盗難と暴力の多い区" * 12,
    "x" * 400,
)
OPENED = (HOSTILE[1], HOSTILE[2], HOSTILE[3], HOSTILE[7])
"""Those whose pages are opened; of the others the words alone are read."""
SMALL = (80, 24)
CHAIR = "[red]Chair[/] \x1b[31m"


def shown(text: str) -> str:
    """The beginning of a hostile text as it can be read on the screen; of wide letters, the first."""
    return plain(text)[:1] if ord(text[0]) > 0x3000 else plain(text)[:7]


def written(path: Path, header: str, rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header.split(","), *rows])
    return path


@pytest.fixture(scope="module")
def hostile_london(tmp_path_factory: pytest.TempPathFactory, london: Path) -> tuple[Path, dict[str, str]]:
    """A store made once for this file, and its hostile wards by their code; copy it, do not write to it."""
    folder = tmp_path_factory.mktemp("hostile")
    path = Path(shutil.copy(london, folder / "london.db"))
    with closing(open_store(path, "tester", MovedClock(at_clock(AS_OF, 9)))) as store:
        wards = {one.ward.ward_code: name for one, name in zip(ranked(store), HOSTILE, strict=False)}
        make_hostile(store, wards, folder)
    return path, wards


@pytest.fixture
def wards(hostile_london: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """The first wards by the composite with the name that each has."""
    return hostile_london[1]


@pytest.fixture
def city(hostile_london: tuple[Path, dict[str, str]], tmp_path: Path, moved: MovedClock) -> Iterator[Store]:
    """This test's own copy of the hostile London."""
    store = open_store(Path(shutil.copy(hostile_london[0], tmp_path / "london.db")), DEMO_CHAIR, moved)
    yield store
    store.close()


def make_hostile(city: Store, wards: dict[str, str], folder: Path) -> None:
    """Give the synthetic London hostile wards, priority wards, panel priorities, fly-tips, comments and items."""
    emptied(city, "priority_ward", "fly_tip_check", "fly_tip_step", "fly_tip_site")
    for one, text in zip(ranked(city), HOSTILE, strict=False):
        adopted(city, one, reason=text)
    week = focus.weeks(city)[0]
    every, day = ward_map_that_ships(), uk(TODAY - 400)
    named = {**wards, week.ward_code: HOSTILE[0]}
    for name, header, rows in (
        ("wards", "ward_code,ward,borough", [(code, name, every[code].borough) for code, name in named.items()]),
        ("panel", "ward_code,priority,set_on", [(code, name, day) for code, name in wards.items()]),
        ("sites", "place,ward_code,reports,since", [(name, week.ward_code, "99", day) for name in HOSTILE]),
    ):
        done = import_file(city, written(folder / f"{name}.csv", header, rows), today=AS_OF)
        assert (done.taken + done.revised, done.quarantined) == (len(rows), 0), name
    item = week.items[0].id
    for text in HOSTILE:
        focus_comments.comment(
            city, ward_code=week.ward_code, week_id=week.id, councillor=text, words=text, nominates=text
        )
    focus.change_item(city, item, 3, HOSTILE[0])
    focus.agree(city, [item], by=CHAIR)
    focus.record(city, item, 2, HOSTILE[2])


async def seen(chair: Chair, *texts: str) -> None:
    """Each of these hostile texts can be read on the screen, from its beginning."""
    on_screen = await chair.screen_text()
    assert [text for text in texts if shown(text) not in on_screen] == []
    assert "\x1b" not in on_screen


async def test_priority_wards(city: Store, wards: dict[str, str], make_app: MakeApp) -> None:
    stored = priority_wards.priority_wards(city)
    assert {one.ward_code: one.ward for one in stored} == wards, "the names came in as they were written"
    assert {one.reason for one in stored} == set(HOSTILE)
    async with seated(make_app(view="priority"), size=SMALL) as chair:
        await chair.settled()
        assert set(chair.column("ward")[: len(HOSTILE)]) == set(HOSTILE)
        await seen(chair, *HOSTILE)
        reasons = []
        for _ in HOSTILE:
            reasons.append(said(chair, ".made-of"))
            await chair.press("list.down")
        assert [text for text in HOSTILE if not any(f": {plain(text)}; " in words for words in reasons)] == []
        await go_to(chair, next(iter(wards)))
        await chair.press("priority.adopt")
        assert chair.toasts()[-1].startswith(plain(HOSTILE[0]))
        await chair.press("priority.review")
        await seen(chair, HOSTILE[0])
        await chair.fill(reason=HOSTILE[3])
        await chair.press("priority.drop")
        await chair.fill(reason=HOSTILE[2], by=CHAIR)
        await chair.press("room.undo", "room.undo")
        await chair.press("list.filter")
        await chair.pilot.press(*"[@cl")
        await chair.settled()
        assert chair.view().records.count == 1
        assert "filter [@cl: 1 of" in await chair.screen_text()


async def test_the_list_of_wards_on_a_comfortable_terminal(wards: dict[str, str], make_app: MakeApp) -> None:
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await chair.settled()
        for code, text in wards.items():
            await go_to(chair, code)
            assert chair.cell("ward") == text
            await seen(chair, text)
        await chair.press("list.first", "priority.adopt", "form.leave", "act.why", "list.back")
        assert chair.view().records.count


async def test_extra_officers_are_moved_and_refused_by_name(
    city: Store, wards: dict[str, str], make_app: MakeApp
) -> None:
    plan = officers.placement(city)
    assert plan is not None
    full = [code for code in wards if plan.held[code] == plan.limits.cap]
    assert full, "some ward is at its cap"
    async with seated(make_app(view="officers"), size=SMALL) as chair:
        await chair.settled()
        for code, text in wards.items():
            await go_to(chair, code)
            assert chair.cell("ward") == text
            await seen(chair, text)
            if code in full:
                await chair.press("officers.more")
                assert chair.toasts()[-1].startswith(f"{plain(text)} has 4 posts, its cap is 4")
        for code, text in wards.items():
            await go_to(chair, code)
            await chair.press("officers.fewer")
            assert shown(text) in plain(chair.toasts()[-1])
            assert chair.toasts()[-1].isprintable()
        assert "\x1b" not in await chair.screen_text()


async def test_the_page_of_every_ward(wards: dict[str, str], make_app: MakeApp) -> None:
    async with seated(make_app(view="priority"), size=SMALL) as chair:
        await chair.settled()
        session = chair.tasking().session
        for code, text in wards.items():
            page = WardPage(session, Record(Subject("ward", code, text)))
            head = str(plain_lines(page.seen(page.sentences(page.read()))))
            assert head.startswith(f"{plain(text)}, ")
            assert f": {plain(text)}" in next(one for one in head.splitlines() if one.startswith("priority ward"))
            assert plain(text) in next(one for one in head.splitlines() if one.startswith("ward panel asks"))
        for code, text in wards.items():
            if text in OPENED:
                await go_to(chair, code)
                await chair.press("list.choose")
                assert isinstance(chair.app.screen, WardPage)
                assert said(chair).startswith(f"{plain(text)}, ")
                await seen(chair, text)
                await chair.press("ward.list", "act.action", "form.leave", "list.back")


async def test_the_focus_week(city: Store, make_app: MakeApp, tmp_path: Path) -> None:
    week = focus.weeks(city)[0]
    async with seated(make_app(view="focus"), size=SMALL) as chair:
        await chair.settled()
        assert f": {HOSTILE[0]} (" in chair.heading()
        assert (chair.cell("what", 0), chair.cell("words", 0)) == (HOSTILE[0], HOSTILE[2])
        await seen(chair, f": {HOSTILE[0]}", HOSTILE[2])
        assert f"{HOSTILE[0]} was chosen" in said(chair, ".made-of")
        await chair.press("focus.comment")
        assert f"Councillor's comment: {HOSTILE[0]}"[:30] in await chair.screen_text()
        await chair.fill(councillor=HOSTILE[3], words=HOSTILE[7], nominates=HOSTILE[2])
        await chair.press("list.last")
        comments = []
        while chair.cell("kind") == "comment":
            comments.append(said(chair, ".made-of"))
            await seen(chair, chair.cell("what"))
            await chair.press("list.up")
        assert [text for text in HOSTILE if not any(f"nominates {plain(text)}" in words for words in comments)] == []
        await chair.press("list.first", "focus.done")
        await seen(chair, HOSTILE[0])
        await chair.press("form.leave", "focus.edit")
        assert chair.toasts()[-1].startswith(f"{plain(HOSTILE[0])} has its outcome already")
        await chair.press("focus.propose")
        await chair.fill(ward=HOSTILE[2])
        assert f"'{HOSTILE[2]}' is none of the" in chair.fault()
        await chair.fill(ward="[RED]x")
        assert focus.weeks(city)[0].ward_code == week.ward_code, "a hostile name can be typed"
        await chair.press("focus.letter")
        await chair.fill(summary="\x1b[31m <img src=x> [x](javascript:y)", folder=str(tmp_path / "out"))
        page = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
        assert "<img" not in page
        assert "<a " not in page
        assert "\x1b" not in page
        assert "[red]x[/]" in page
        assert "[@click=app.quit]x[/]" in page


async def test_the_fly_tip_sites(make_app: MakeApp) -> None:
    async with seated(make_app(view="fly_tips"), size=SMALL) as chair:
        await chair.settled()
        assert chair.view().records.count == len(HOSTILE)
        await seen(chair, *HOSTILE)
        session = chair.tasking().session
        for key in chair.view().records.keys:
            one = chair.view().source.record(key)
            page = FlyTipPage(session, one)
            head = str(plain_lines(page.seen(page.sentences(page.read()))))
            assert head.startswith(f"{plain(one.subject.label)}  {HOSTILE[0]}, "), "the site and its ward"
            if one.subject.label in OPENED:
                await go_to(chair, one.subject.ref)
                await chair.press("list.choose")
                assert isinstance(chair.app.screen, FlyTipPage)
                assert said(chair) == head
                await seen(chair, one.subject.label)
                await chair.press("list.back")


async def test_weights_name_hostile_wards_and_a_chair_of_that_name_keeps_them(city: Store, make_app: MakeApp) -> None:
    app = make_app(view="priority")
    app.session.chair = CHAIR
    async with seated(app, size=SMALL) as chair:
        await chair.settled()
        await chair.press("priority.weights")
        for weighs in ("deprivation", "rate"):
            for key in KEYS:
                chair.app.screen.query_one(f"#part-{key}", Input).value = "1" if key == weighs else "0"
            await chair.settled()
            assert weighs == "rate" or any(plain(text)[:12] in said(chair, "#effect") for text in HOSTILE)
            text = await chair.screen_text()
            assert "\x1b" not in text
            assert "ctrl+s keep" in text
        await chair.press("weights.save")
        assert weights_of(city).name == f"set by {plain(CHAIR)} on 21/11/2026"
        assert f"weights: set by {plain(CHAIR)} on" in chair.heading()
        await go_to(chair, ranked(city)[20].ward.ward_code)
        await chair.press("priority.adopt")
        assert chair.typed()["adopted_by"] == plain(CHAIR)
        await chair.fill(reason=HOSTILE[0])
        await chair.press("list.first")
        await seen(chair, *HOSTILE)

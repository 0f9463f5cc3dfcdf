"""Records that try to speak to the terminal are shown letter by letter, wherever they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.days import day_of
from db import decisions, meetings
from db.actions import Subject
from db.loading.importing import import_file
from db.people import explain
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import WriteExtract
from tests.tui.conftest import AS_OF, Looks
from tests.tui.keyboard import MakeApp, seated
from tui.screens.person import PersonPage

NAMES = ("[red]x", "[/", "[@click=app.quit]x[/]", "\x1b[31mred", "](http://x.test)", "<b>x</b>", "\u202erighttoleft")
SHOWN = ("[red]x", "[/", "[@click=app.quit]x[/]", "␛[31mred", "](http://x.test)", "<b>x</b>", "�righttoleft")
FEW = 4
SMALL = (80, 24)


@pytest.fixture
def hostile(write_extract: WriteExtract, store: Store) -> Store:
    """A store whose people have hostile names; each is named in two reports."""
    rows = [
        {
            "crime_ref": f"26{number:02d}{turn}/26",
            "person_ref": f"P{number}",
            "surname": "Z",
            "forenames": name,
            "offence": f"Assault {name}",
            "status": "at large",
        }
        for number, name in enumerate(NAMES)
        for turn in range(2)
    ]
    import_file(store, write_extract(rows, "[red]extract.csv"), today=AS_OF)
    return store


@pytest.fixture
def city(hostile: Store) -> Store:
    """The store that the program opens; the synthetic London is not needed here."""
    return hostile


def test_the_names_came_in_as_they_were_written(hostile: Store) -> None:
    asked = RankingRequest(day_of(AS_OF))
    found = {explain(hostile, f"P{number}", asked).person.name for number in range(len(NAMES))}
    assert found == {f"Z, {name}" for name in NAMES}


@pytest.mark.parametrize("size", [SMALL, (120, 40)], ids=["small", "comfortable"])
async def test_in_the_list_and_on_the_page(size: tuple[int, int], make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4")
        text = await chair.screen_text()
        for name in SHOWN:
            assert f"Z, {name}"[:9] in text
        await looks(chair, "hostile-names")
        for row in range(FEW if size == SMALL else 1):
            await chair.press("list.choose")
            assert isinstance(chair.app.screen, PersonPage)
            text = await chair.screen_text()
            assert sum(f"Z, {name}" in text for name in SHOWN) == 1, row
            await chair.press("act.why")
            text = await chair.screen_text()
            assert any(f"Z, {name}" in text for name in SHOWN), row
            assert "[red]extract.csv:" in text
            await chair.press("list.back", "list.back", "list.down")


async def test_in_forms_faults_toasts_headings_and_the_register(make_app: MakeApp) -> None:
    async with seated(make_app(), size=SMALL) as chair:
        await chair.press("meeting.item_4")
        for name in NAMES[:FEW]:
            label = f"Z, {chair.cells()[2].removeprefix('Z, ')}"
            await chair.press("act.action")
            assert _plain(label) in await chair.screen_text(), "in the title of the form"
            await chair.fill(action=f"Say {name}", owner=f"Ward team ({name})", due=name)
            assert "is no time" in chair.fault()
            assert f"'{_plain(name)}'" in await chair.screen_text(), "in the fault"
            await chair.fill(due="+3d")
            await chair.press("room.undo")
            assert _plain(label) in chair.toasts()[-1]
            await chair.press("room.redo", "act.decision")
            await chair.fill(decision=f"Note {name}", reason=name)
        chair.app.clear_notifications()
        await chair.press("meeting.item_2")
        text = await chair.screen_text()
        for name in SHOWN[:FEW]:
            assert f"Say {name}"[:14] in text
        await chair.press("list.filter")
        await chair.keys(*"[red]")
        assert "filter [red]: 1 of 4" in await chair.screen_text()
        await chair.keys("escape")
        await chair.press("meeting.item_6")
        text = await chair.screen_text()
        assert all(f"Note {name}"[:14] in text for name in SHOWN[:FEW])


def _plain(text: str) -> str:
    return text.replace("\x1b", "␛").replace("\u202e", "�")


async def test_in_the_sealed_minutes_and_their_files(hostile: Store, make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app("weekly")
    async with seated(app, size=(120, 60)) as chair:
        number = app.session.meeting_id
        for name in NAMES[1:]:
            about = Subject("person", "P0", f"Z, {name}")
            decisions.decide(hostile, [(about, {})], f"Note {name}", name, decided_by=name, meeting_id=number)
        await chair.press("meeting.item_4", "act.decision")
        await chair.fill(decision=f"Note {NAMES[0]}", reason=NAMES[0])
        await chair.press("meeting.item_7", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", "meeting.item_1", "meeting.view", "meeting.view", "list.choose")
        text = ""
        for _ in range(8):
            text += await chair.screen_text()
            if all(name[:5] in text for name in SHOWN):
                break
            await chair.press("read.page_down")
        for name in SHOWN:
            assert name[:5] in text
    [sealed] = meetings.meetings(hostile, "weekly")
    assert sealed.sealed_at is not None
    page = (tmp_path / "papers" / "2026-11-21-weekly-minutes.html").read_text("utf-8")
    assert "Note [@click=app.quit]x[/]" in page
    assert "Note &lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<a " not in page
    assert "\x1b" not in page + sealed.minutes


async def test_the_row_that_is_copied_is_one_plain_line(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects")) as chair:
        await chair.settled()
        for _ in NAMES:
            await chair.press("list.yank", "list.down")
            assert chair.app.clipboard.isprintable() or "\t" in chair.app.clipboard
            assert "\x1b" not in chair.app.clipboard
            assert "\n" not in chair.app.clipboard
        assert chair.view().records.count == len(NAMES)

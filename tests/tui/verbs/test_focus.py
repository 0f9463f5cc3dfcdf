"""The letter to councillors from the keyboard: with the summary that is typed, into files, never over another."""

from __future__ import annotations

from pathlib import Path

from core.days import monday_of
from db import focus, focus_comments
from db.focus import WeekView
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, entries, seated
from tests.tui.places import TODAY


def week(store: Store) -> WeekView:
    found = focus.week_of(store, monday_of(TODAY))
    assert found is not None
    return found


async def opened(chair: Chair) -> None:
    await chair.settled()
    assert chair.view().records.count


async def test_the_letter_is_written_with_the_summary(make_app: MakeApp, city: Store, tmp_path: Path) -> None:
    now = week(city)
    hostile = "Went [red]well[/] <script>alert(1)</script> ](http://x.test) | \x1b[31m"
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("focus.letter")
        assert chair.typed()["summary"] == ""
        await chair.fill()
        assert chair.fault() == f"Summary of the week in {now.ward} is needed."
        await chair.fill(summary=hostile, folder=str(tmp_path / "letters"))
        stem = "2026-11-16-focus-ward-letter"
        written = sorted((tmp_path / "letters").iterdir())
        assert [path.name for path in written] == [f"{stem}.html", f"{stem}.md"]
        assert chair.toasts()[-1].startswith(f"Letter on {now.ward}: 2 files written to {tmp_path / 'letters'}")
        page, text = (path.read_text("utf-8") for path in written)
        assert week(city).summary.startswith("Went [red]well[/] <script>")
        assert "Went [red]well[/] &lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script" not in page
        assert "<a " not in page
        assert "\x1b" not in page + text
        assert "Went " in text
        assert all(item.words in page for item in now.items if item.state == "agreed")
        agreed_by, (comment, *_) = now.agreed_by, focus_comments.comments(city)
        assert agreed_by not in page
        assert comment.councillor not in page
        await chair.press("focus.letter")
        assert chair.typed()["summary"].startswith("Went [red]well[/]")
        await chair.press("form.leave", "room.undo")
        assert week(city).summary == ""


async def test_a_folder_that_is_none_is_said_and_no_letter_is_written_over_another(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("focus.letter")
        await chair.fill(summary="As planned", folder=str(tmp_path / "file"))
        assert "cannot be written" in chair.fault()
        assert chair.typed()["summary"] == "As planned", "the summary stays"
        await chair.press("form.leave")
        for _ in range(2):
            await chair.press("focus.letter")
            await chair.fill(summary="As planned", folder=str(tmp_path / "letters"))
        assert len(list((tmp_path / "letters").iterdir())) == 4
        assert sum(what.startswith("Summary of ") for what in entries(city)) == 1 + 2, (
            "the two of the demo, and one here"
        )

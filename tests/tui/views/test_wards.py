"""The wards of an imported reference on screen."""

from __future__ import annotations

from pathlib import Path

from core.text import plain
from db import deployments, tension
from db.loading.importing import import_file
from db.store import Store
from tests.conftest import NOW
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.places import here

HEAD = "ward_code,ward,borough\n"
NEW, AGAIN = "E05099001", "E05099002"


async def test_a_unit_is_sent_to_a_new_ward_whatever_its_name_holds(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    name = "New [red]Ward[/] \x1b[31m"
    path = tmp_path / "wards.csv"
    path.write_text(f"{HEAD}{NEW},{name},Brent\n", encoding="utf-8")
    assert import_file(city, path, today=NOW.date()).taken == 1
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        free = next(one for one in deployments.units(city) if one.is_free)
        assert chair.view().records.move_to_key(free.id)
        chosen = chair.view().under_cursor()
        assert chosen is not None
        await chair.press("deployment.deploy")
        await chair.fill(ward=plain(f"{name}, Brent"), tactic="weapon sweep")
        sent = next(one for one in deployments.units(city) if one.unit == chosen.subject.ref)
        assert (sent.ward_code, sent.ward) == (NEW, name)


async def test_of_two_wards_of_one_name_each_can_be_chosen(make_app: MakeApp, city: Store, tmp_path: Path) -> None:
    path = tmp_path / "wards.csv"
    path.write_text(f"{HEAD}{NEW},Twice,Brent\n{AGAIN},Twice,Brent\n", encoding="utf-8")
    import_file(city, path, today=NOW.date())
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        for typed, code in (("twice, brent", NEW), (f"twice, brent, {AGAIN}", AGAIN)):
            free = next(one for one in deployments.units(city) if one.is_free)
            assert chair.view().records.move_to_key(free.id)
            chosen = chair.view().under_cursor()
            assert chosen is not None
            await chair.press("deployment.deploy")
            await chair.fill(ward=typed, tactic="weapon sweep")
            sent = next(one for one in deployments.units(city) if one.unit == chosen.subject.ref)
            assert sent.ward_code == code


async def test_a_ward_is_marked_with_its_highest_tension_until_the_note_ends(make_app: MakeApp, city: Store) -> None:
    notes = [note.id for note in tension.notes(city, city.now())]
    for number in notes:
        tension.end_tension(city, number, "Quiet again")
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5")
        assert "tension" not in _columns(chair), "no note stands"
        code = here(chair)
        for level in ("2", "5", "4"):
            tension.raise_tension(
                city, ward_code=code, community="", sort="evidenced", level=level, reason="Talk of revenge",
                review_at=city.now(),
            )  # fmt: skip
        chair.view().reload()
        await chair.settled()
        assert _cell(chair) == "level 5"
        assert "tension up to level 5" in chair.view().source.record(chair.view().records.cursor_key or 0).made_of
        [worst] = [note.id for note in tension.notes(city, city.now()) if note.level == 5]
        tension.end_tension(city, worst, "Mediated")
        chair.view().reload()
        await chair.settled()
        assert _cell(chair) == "level 4"


def _columns(chair: Chair) -> list[str]:
    return [column.key for column in chair.view().source.columns]


def _cell(chair: Chair) -> str:
    view = chair.view()
    [cells] = view.source.cells([view.records.cursor_key or 0])
    return str(cells[_columns(chair).index("tension")])

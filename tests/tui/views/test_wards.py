"""The wards of an imported reference on screen."""

from __future__ import annotations

from pathlib import Path

from core.text import plain
from db import deployments
from db.loading.importing import import_file
from db.store import Store
from tests.conftest import NOW
from tests.tui.keyboard import MakeApp, seated

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

"""The forms of deployments: all of it on one screen, what cannot be is said at its field, two sittings on one unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from textual.widgets import Input

from core.units import UnitState
from db import bids, deployments
from db.deploying import Draft, task
from db.deployments import UnitView
from db.store import Store, open_store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tui.dialogs.form import Form
from tui.dialogs.sheet import FieldLines

BROMLEY = "E05009321"
BY_INSPECTOR = "inspector; two stabbings since 18:00; Brownswood"


def standing(store: Store, state: UnitState) -> UnitView:
    """The first unit that stands as said and is ours to send."""
    return next(one for one in deployments.units(store) if one.state is state and not one.whom)


async def at_unit(chair: Chair, unit: UnitView, key: str) -> None:
    """Open a form about a unit of the board."""
    await chair.settled()
    assert chair.view().records.move_to_key(unit.id)
    await chair.press(key)


def is_refused_at(chair: Chair, field: str, fault: str) -> bool:
    """Whether a fault is said in one sentence, and its field is gone to."""
    focused = chair.app.screen.focused
    assert chair.fault().startswith(fault), chair.fault()
    return focused is not None and focused.id == f"field-{field}"


async def test_all_of_the_form_is_on_one_screen_and_an_end_test_and_a_legacy_are_kept(
    make_app: MakeApp, city: Store
) -> None:
    free = standing(city, UnitState.FREE)
    async with seated(make_app(view="deployments"), size=(80, 24)) as chair:
        await at_unit(chair, free, "deployment.deploy")
        await chair.keys(*"hyde p")
        await chair.settled()
        fields = chair.app.screen.query_one(FieldLines)
        assert fields.max_scroll_y == 0, "nothing is to be scrolled for"
        shown = [line.id for line in chair.app.screen.query(Input) if fields.region.contains_region(line.region)]
        assert len(shown) == len(chair.typed()) == 14
        await chair.fill(end_test="a fortnight without a robbery", legacy="the BCU keeps the plan", dose="12 x 15")
        [sent] = [one for one in deployments.board(city).live if any(unit.unit_id == free.id for unit in one.units)]
        assert (sent.end_test, sent.legacy) == ("a fortnight without a robbery", "the BCU keeps the plan")
        await at_unit(chair, free, "deployment.change")
        typed = chair.typed()
        assert (typed["end_test"], typed["legacy"], typed["dose"]) == (sent.end_test, sent.legacy, "12 x 15")


async def test_when_a_reason_is_needed_is_said_once(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="deployments"), size=(80, 24)) as chair:
        await at_unit(chair, standing(city, UnitState.FREE), "deployment.deploy")
        await chair.settled()
        assert (await chair.screen_text()).count("needed for a unit that is out") == 1


async def test_a_unit_of_another_team_is_said_to_be_asked_for(make_app: MakeApp, city: Store) -> None:
    other = next(one for one in deployments.units(city) if one.whom and one.is_free)
    async with seated(make_app(view="deployments"), size=(80, 24)) as chair:
        await at_unit(chair, other, "deployment.deploy")
        await chair.fill(ward="hyde p")
        assert f"{other.unit} asked for ({other.whom}) and sent to Hyde Park until" in chair.toasts()[-1]


async def test_on_a_small_screen_the_form_scrolls_to_the_line_that_is_typed_on(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="deployments"), size=(60, 15)) as chair:
        await at_unit(chair, standing(city, UnitState.FREE), "deployment.deploy")
        fields = chair.app.screen.query_one(FieldLines)
        for _ in chair.typed():
            await chair.settled()
            line = chair.app.screen.focused
            assert line is not None
            assert fields.region.contains_region(line.region), line.id
            assert line.region.width >= 9
            await chair.keys("tab")


CANNOT_BE: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"until": "25:00"}, "until", "'25:00' is no clock time."),
    ({"until": "20/11/2026 09:00"}, "until", "'20/11/2026 09:00' is not after the start"),
    ({"until": "+30h"}, "until", "A section 60 lasts 24 hours unless a superintendent extends it; this is 30."),
    ({"until": "+50h", "authority": f"{BY_INSPECTOR}; superintendent"}, "until", "A section 60 lasts 48 hours at most"),
    ({"authority": f"{BY_INSPECTOR}; inspector"}, "authority", "A section 60 is extended by a superintendent"),
    ({"authority": ""}, "authority", "A section 60 needs the rank of who authorises it."),
    ({"compared": "E01000001"}, "compared", "'E01000001' is none of the"),
    ({"dose": "often"}, "dose", "'often' is no dose."),
)
"""What is typed into the form that changes a section 60 of ten hours, the field at fault, how its sentence begins."""


async def test_what_cannot_be_is_refused_at_its_field_when_a_deployment_is_changed(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    free, now = standing(city, UnitState.FREE), moved()
    draft = Draft((free.id,), BROMLEY, "Section 60", now, now + timedelta(hours=10), authority=BY_INSPECTOR)
    number = task(city, draft)
    async with seated(make_app(view="deployments")) as chair:
        await at_unit(chair, free, "deployment.change")
        before = len(entries(city))
        usual = {**chair.typed(), "reason": "as the BCU asks"}
        for typed, field, fault in CANNOT_BE:
            await chair.fill(**{**usual, **typed})
            assert is_refused_at(chair, field, fault), typed
        assert len(entries(city)) == before
        await chair.fill(**{**usual, "until": "+30h", "authority": f"{BY_INSPECTOR}; superintendent"})
        changed = deployments.deployment(city, number)
        assert changed is not None
        assert (changed.ends, changed.authority.extended_by) == (now + timedelta(hours=30), "superintendent")


NOT_GIVEN: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"from": "25:00"}, "from", "'25:00' is no clock time."),
    ({"from": "20/11/2026 09:00"}, "from", "'20/11/2026 09:00' has passed"),
    ({"from": ""}, "from", "From is needed where a ward is named"),
    ({"until": "tonight"}, "until", "'tonight' is no time."),
    ({"until": "+30h"}, "until", "A section 60 lasts 24 hours unless a superintendent extends it; this is 30."),
    ({"until": "+50h", "authority": f"{BY_INSPECTOR}; superintendent"}, "until", "A section 60 lasts 48 hours at most"),
    ({"authority": ""}, "authority", "A section 60 needs the rank of who authorises it."),
    ({"ward": "E01000001"}, "ward", "'E01000001' is none of the"),
    ({"units": "VCTF East 99"}, "units", "'VCTF East 99' is none of the"),
    ({"units": "VCTF East 1, VCTF East 99"}, "units", "'VCTF East 99' is none of the"),
    ({"officers": "many"}, "officers", "Officers"),
)
"""What is typed besides a section 60 of ten hours that a bid is given, the field at fault, how its sentence begins."""


async def test_what_cannot_be_is_refused_at_its_field_when_a_bid_is_granted(make_app: MakeApp, city: Store) -> None:
    usual = {
        "outcome": "granted", "ward": "bromley north", "from": "now", "until": "+10h", "tactic": "Section 60",
        "authority": BY_INSPECTOR, "units": "", "officers": "", "reason": "highest risk",
    }  # fmt: skip
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_6", "bid.outcome")
        before = len(entries(city))
        for typed, field, fault in NOT_GIVEN:
            await chair.fill(**{**usual, **typed})
            assert is_refused_at(chair, field, fault), typed
        assert len(entries(city)) == before
        await chair.fill(**{**usual, "until": "+30h", "authority": f"{BY_INSPECTOR}; superintendent"})
        [made] = [one for one in deployments.board(city).live if one.tactic == "Section 60" and one.bid]
        assert made.authority.words.startswith("section 60 by inspector: two stabbings since 18:00; area Brownswood")


NOT_ASKED = (
    ({"ward": "E01000001"}, "ward", "'E01000001' is none of the"),
    ({"from": "31/02/2027 09:00"}, "from", "'31/02/2027 09:00' is no time."),
    ({"from": "+1d", "until": "21/11/2026 10:00"}, "until", "'21/11/2026 10:00' is not after the start"),
    ({"skills": "juggling"}, "skills", "'juggling' is no skill"),
)


async def test_what_cannot_be_is_refused_at_its_field_when_a_bid_is_put(make_app: MakeApp, city: Store) -> None:
    usual = {"requester": "SW BCU", "bcu": "SW", "problem": "Knives", "resource": "Arch", "place": "X", "starts": "Fri"}
    usual |= {"ward": "", "from": "", "until": "", "skills": ""}
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_6", "bid.new")
        before = len(entries(city))
        for typed, field, fault in NOT_ASKED:
            await chair.fill(**{**usual, **typed})
            assert is_refused_at(chair, field, fault), typed
        assert len(entries(city)) == before


async def test_an_end_that_cannot_be_is_refused_at_its_field_for_uplift_and_absence(
    make_app: MakeApp, city: Store
) -> None:
    free = standing(city, UnitState.FREE)
    async with seated(make_app(view="deployments")) as chair:
        for key in ("deployment.uplift", "deployment.away"):
            await at_unit(chair, free, key)
            before = len(entries(city))
            if key.endswith("uplift"):
                await chair.fill(officers="+6", whom="NE BCU", until="late", reason="surge")
            else:
                await chair.fill(until="late", reason="training")
            assert is_refused_at(chair, "until", "'late' is no time."), key
            assert len(entries(city)) == before
            await chair.keys("escape")


async def test_of_two_sittings_on_one_unit_the_second_is_told_who_took_it_and_nothing_is_overwritten(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    free = standing(city, UnitState.FREE)
    async with seated(make_app(view="deployments")) as chair:
        await at_unit(chair, free, "deployment.deploy")
        await chair.keys(*"bromley n")
        with open_store(city.path, "Supt B", moved) as other:
            made = task(other, Draft((free.id,), BROMLEY, "warrant", moved(), moved() + timedelta(hours=4)))
        before = entries(city)
        await chair.fill(reason="a reason that was typed before the other was known")
        assert f"{free.unit} is on warrant in Bromley North" in chair.fault()
        assert "sent by Supt B at 09:00" in chair.fault()
        assert entries(city) == before
        kept = deployments.deployment(city, made)
        assert kept is not None
        assert [sent.left for sent in kept.units] == [None], "it stays where the first sent it"
        await chair.fill()
        assert not isinstance(chair.app.screen, Form), chair.fault()
        left = deployments.deployment(city, made)
        assert left is not None
        assert left.units[0].left_why == "a reason that was typed before the other was known", "now it is over-ruled"


@pytest.mark.parametrize("size", [(80, 24), (60, 15)], ids=["small", "smallest"])
async def test_the_form_of_a_grant_keeps_its_keys_and_faults_in_sight(
    make_app: MakeApp, city: Store, size: tuple[int, int]
) -> None:
    assert bids.bids(city)
    async with seated(make_app("weekly"), size=size) as chair:
        await chair.press("meeting.item_6", "bid.outcome")
        await chair.fill(outcome="granted", ward="nowhere", reason="x")
        text = await chair.screen_text()
        assert "is none of the" in text
        assert "ctrl+s save" in text

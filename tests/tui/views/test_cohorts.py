"""Cohorts from the keyboard: a rank or a rule proposes, a person adopts; reviews, leaving, undo, and what is hidden."""

from __future__ import annotations

import json

import pytest

from core.applying import WHY_NEEDED
from core.cohorts import COHORTS
from core.days import uk
from core.text import list_name
from db import cohorts, memberships
from db.store import Store
from tests.tui.conftest import CHAIR, Looks
from tests.tui.keyboard import MakeApp, entries, seated
from tests.tui.people import TODAY, adopted, bare, furnished, mark, top
from tui.dialogs.pick import Pick
from tui.screens.person import PersonPage
from tui.screens.qualifying import QualifyingPage

DOWN_TO_DAUNTLESS = ["list.down"] * list(COHORTS).index("dauntless")


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without cohorts and dated facts, so that a test gives its own."""
    return bare(city)


async def test_a_rank_proposes_and_a_person_adopts(make_app: MakeApp, city: Store) -> None:
    people = top(city, 3)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.down", "list.mark", "cohort.adopt")
        assert isinstance(chair.app.screen, Pick)
        assert COHORTS["v100"].rule[:40] in await chair.screen_text()
        await chair.press("list.choose")
        assert chair.typed() == {
            "reason": "",
            "adopted_by": CHAIR,
            "since": uk(TODAY),
            "review_on": uk(TODAY + COHORTS["v100"].review_days),
        }
        await chair.fill()
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Highest harm at large", review_on=uk(TODAY))
        assert "must lie after" in chair.fault()
        await chair.fill(review_on="+28d")
        found = memberships.members(city)
        assert [one.person for one in found] == sorted([people[0].person, people[2].person])
        assert {one.proposed_by for one in found} == {
            f"rank {rank} in run {chair.tasking().session.run_id}" for rank in (1, 3)
        }
        one = next(one for one in found if one.person == people[0].person)
        assert (one.since, one.review_on, one.adopted_by) == (TODAY, TODAY + 28, CHAIR)
        assert one.facts["rank"] == 1
        name = list_name(people[0].surname, people[0].forenames)
        assert chair.toasts()[-1] == f"{name} and 1 more adopted into V100. u undoes."
        assert chair.cell("cohorts", 0) == "V"
        await chair.press("room.undo")
        assert memberships.members(city) == []
        assert chair.cell("cohorts", 0) == ""
        await chair.press("room.redo")
        assert len(memberships.members(city)) == 2


async def test_the_members_those_due_first_and_whether_the_rule_holds(make_app: MakeApp, city: Store) -> None:
    people = furnished(city)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "meeting.view")
        assert chair.heading().startswith("Every cohort on 21/11/2026, 1 due for review,  3 members")
        rows = {row[0]: row for row in (chair.cells(place) for place in range(chair.view().records.count))}
        assert chair.cells(0)[0] == "V", "due, so first"
        assert rows["V"][7:9] == ["DUE", "yes"]
        assert rows["D+"][7:9] == ["", "yes" if _meets(city, "dauntless-plus", people[0].person) else "no"]
        assert rows["SP"][8] == ("yes" if _meets(city, "serial", people[1].person) else "no")
        here = chair.view().under_cursor()
        assert here is not None
        assert "rule met: yes, rank 1 in run" in here.made_of
        await chair.press("cohort.choose")
        await chair.press(*["list.down"] * (list(COHORTS).index("serial") + 1), "list.choose")
        assert chair.heading().startswith(f"{COHORTS['serial'].title} on 21/11/2026, 0 due for review,  1 member")
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, PersonPage)
        assert people[1].person in await chair.screen_text()


async def test_a_register_is_read_with_what_is_due_and_nobody_is_adopted_into_it(
    make_app: MakeApp, city: Store
) -> None:
    people = furnished(city)
    mark(city, people[2].person, "mappa", "1/1", -100, None)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "meeting.view", "cohort.choose")
        await chair.press(*["list.down"] * (list(COHORTS).index("orders") + 1), "list.choose")
        assert "Orders in force on 21/11/2026, a register: something due of 2," in chair.heading()
        first = chair.view().under_cursor()
        assert first is not None
        assert first.subject.ref == people[0].person, "the first to fall due first"
        due = "due: breach of SHPO on 15/11/2026 not followed up, SHPO ends 30/11/2026, 9 days left; "
        assert first.made_of.startswith(due)
        await chair.press("cohort.adopt")
        assert "Orders in force is a register: it is read from the records" in " ".join(chair.toasts())
        await chair.press("cohort.choose")
        await chair.press("list.first")
        await chair.press(*["list.down"] * list(COHORTS).index("mappa"), "list.choose")
        assert "something due of 0, data faults of 1," in chair.heading()
        first = chair.view().under_cursor()
        assert first is not None
        assert first.made_of.startswith("DATA FAULT: MAPPA category 1 and not on the sex offenders register; MAPPA")


def _meets(store: Store, cohort: str, ref: str) -> bool:
    return COHORTS[cohort].qualifies(cohorts.case_of(store, ref), TODAY) is not None


async def test_a_member_who_no_longer_meets_the_rule_is_shown_to_do_so(make_app: MakeApp, city: Store) -> None:
    adopted(city, "iom-fixed", top(city, 1)[0].person)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "meeting.view")
        assert chair.cell("holds", 0) == "no"
        here = chair.view().under_cursor()
        assert here is not None
        assert "no longer meet the rule" in here.made_of


async def test_leaving_and_review_need_what_the_rules_ask_and_are_undone(make_app: MakeApp, city: Store) -> None:
    (one,) = top(city, 1)
    number = adopted(city, "v100", one.person)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "meeting.view", "cohort.review")
        assert chair.typed()["review_on"] == uk(TODAY + COHORTS["v100"].review_days)
        await chair.fill(review_on=uk(TODAY - 1))
        assert "must lie after" in chair.fault()
        await chair.fill(review_on="+14d")
        assert memberships.member(city, number).review_on == TODAY + 14
        assert memberships.member(city, number).reason == "Highest harm at large", "it stands where none is given"
        assert chair.cell("due", 0) == "", "no longer due"
        await chair.press("cohort.leave")
        await chair.fill()
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Serving 12 years")
        left = memberships.member(city, number)
        assert (left.ended_on, left.ended_reason, left.ended_by) == (TODAY, "Serving 12 years", CHAIR)
        assert chair.view().records.count == 0
        assert "O shows who qualifies" in chair.view().records.empty_text
        await chair.press("room.undo", "room.undo")
        assert memberships.member(city, number).review_on == TODAY - 12
        assert chair.view().records.count == 1
        name = list_name(one.surname, one.forenames)
        assert entries(city)[-2:] == [
            f"Undo: {name} left V100: Serving 12 years", f"Undo: {name} kept in V100 until {uk(TODAY + 14)}",
        ]  # fmt: skip


async def test_those_who_qualify_are_adopted_with_their_facts(make_app: MakeApp, city: Store) -> None:
    expected = cohorts.qualifying(city, COHORTS["dauntless"], TODAY)
    assert len(expected) > 3
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "meeting.view", "cohort.qualify", *DOWN_TO_DAUNTLESS, "list.choose")
        assert isinstance(chair.app.screen, QualifyingPage)
        assert chair.view().records.count == len(expected)
        assert chair.heading().startswith("Dauntless, repeat on 21/11/2026, 0 in it")
        assert chair.cell("facts", 0) == expected[0].sentence
        await chair.press("cohort.adopt")
        await chair.fill(reason="Repeat")
        one = memberships.members(city, "dauntless")[0]
        assert (one.person, one.proposed_by) == (expected[0].person, "the rule of dauntless")
        assert dict(one.facts) == json.loads(json.dumps(expected[0].facts))
        assert one.review_on == TODAY + 28
        here = chair.view().under_cursor()
        assert here is not None
        assert here.subject.ref == expected[1].person, "the cursor is on the next"
        assert chair.view().records.count == len(expected) - 1
        await chair.press("cohort.adopt")
        await chair.fill(reason="Repeat")
        assert {one.person for one in memberships.members(city)} == {expected[0].person, expected[1].person}
        await chair.press("room.undo")
        assert chair.view().records.count == len(expected) - 1
        await chair.press("list.back")
        assert chair.view().records.count == 1


async def test_twice_into_one_cohort_is_refused_and_nothing_typed_is_lost(make_app: MakeApp, city: Store) -> None:
    adopted(city, "v100", top(city, 1)[0].person)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "cohort.adopt", "list.choose")
        await chair.fill(reason="Again")
        assert "is in V100 already" in chair.fault()
        assert chair.typed()["reason"] == "Again"
        assert len(memberships.members(city)) == 1


async def test_a_person_from_their_page_and_what_ended_is_history_only(make_app: MakeApp, city: Store) -> None:
    ref = top(city, 1)[0].person
    gone = adopted(city, "dauntless", ref, reason="Two reports")
    memberships.leave(city, [gone], on=TODAY - 1, reason="Moved away", by=CHAIR)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.choose")
        rows = [chair.cells(row) for row in range(chair.view().records.count)]
        assert ["cohort", "left", "Dauntless, repeat: Moved away", CHAIR] in [row[1:5] for row in rows]
        facts = str(chair.app.screen.query_one(".facts").render())
        assert "Dauntless" not in facts, "who has left is in no list"
        await chair.press("cohort.adopt", "list.choose")
        await chair.fill(reason="Highest harm")
        facts = str(chair.app.screen.query_one(".facts").render())
        assert f"cohort V100 (V) since {uk(TODAY)}, review {uk(TODAY + 31)}: Highest harm" in facts
        await chair.press("room.projector")
        assert "left" not in [chair.cells(row)[2] for row in range(chair.view().records.count)]
        facts = str(chair.app.screen.query_one(".facts").render())
        assert "cohort V100 (V)" in facts
        assert "Highest harm" not in facts, "no words about a person on a wall"


async def test_orders_and_breaches_on_the_page_of_a_person(make_app: MakeApp, city: Store) -> None:
    people = furnished(city)
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "list.choose")
        text = await chair.screen_text()
        assert "ALSO A VICTIM" in text
        assert f"order in force: SHPO to {uk(TODAY + 9)} (9 days left), 1 breach not followed up" in text
        assert f"order in force: SPO to {uk(TODAY + 100)}" in text
        assert f"BREACH not followed up: SHPO of {uk(TODAY - 6)}" in text
        assert f"review {uk(TODAY - 12)} DUE" in text
        await chair.press("list.back", "room.leave")
    mark(city, people[2].person, "order", "CBO", -400, -1)
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "list.down", "list.down", "list.choose")
        assert "order in force" not in await chair.screen_text(), "it has expired"


async def test_the_projector_shows_references(make_app: MakeApp, city: Store) -> None:
    people = furnished(city)
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "meeting.view")
        assert people[0].surname.upper() in await chair.screen_text()
        await chair.press("room.projector")
        text = await chair.screen_text()
        assert people[0].person in text
        assert not any(one.surname.upper() in text for one in people[:2])
        await chair.press("cohort.qualify", *DOWN_TO_DAUNTLESS, "list.choose")
        assert {row[0] for row in (chair.cells(n) for n in range(5))} == {chair.cells(n)[1] for n in range(5)}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
async def test_how_it_looks(size: tuple[int, int], make_app: MakeApp, city: Store, looks: Looks) -> None:
    furnished(city)
    async with seated(make_app("weekly"), size=size) as chair:
        await chair.press("meeting.item_4", "meeting.view")
        await looks(chair, "members")
        await chair.press("cohort.qualify")
        await looks(chair, "cohort")
        await chair.press(*DOWN_TO_DAUNTLESS, "list.choose")
        await looks(chair, "qualifying")
        await chair.press("cohort.adopt")
        await looks(chair, "adopt")


async def test_a_filter_finds_a_cohort_by_its_name_as_well_as_by_its_sign(make_app: MakeApp, city: Store) -> None:
    adopted(city, "v100", top(city, 1)[0].person)
    adopted(city, "iom-fixed", top(city, 1)[0].person)
    async with seated(make_app(view="cohorts")) as chair:
        await chair.settled()
        signs = chair.column("cohort")
        sign = COHORTS["v100"].badge
        assert sign in signs
        await chair.press("list.filter")
        await chair.keys(*COHORTS["v100"].title.casefold(), "enter")
        assert chair.view().records.count == signs.count(sign)

"""Units sent and stood down, bids put and decided, the roll called."""

from __future__ import annotations

from datetime import date, timedelta

from core.applying import WHY_NEEDED
from core.days import at_clock
from core.units import UnitState
from db import bids, deployments, meetings, record
from db.deployments import UnitView
from db.store import Store
from tests.tui.keyboard import MakeApp, MovedClock, entries, seated
from tui.dialogs.form import Form, Offers


def unit(store: Store, name: str) -> UnitView:
    return next(one for one in deployments.units(store) if one.unit == name)


def standing(store: Store, state: UnitState) -> list[UnitView]:
    """The units that stand as said, in the order of the list."""
    return [one for one in deployments.units(store) if one.state is state]


async def test_a_unit_is_sent_from_the_ward_list_and_stood_down(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5")
        ward = chair.view().under_cursor()
        assert ward is not None
        await chair.press("deployment.deploy")
        assert chair.typed()["unit"] == "", "nobody has chosen one"
        told = str(chair.form().query_one("#beside").render())
        assert "in harm; no unit there" in told, "what is to be known to choose one"
        assert "Free: " in told
        before = len(entries(city))
        await chair.press("form.save")
        assert "Unit is needed" in chair.fault()
        assert len(entries(city)) == before
        free = chair.form().query_one(Offers).names[0]
        assert unit(city, free).is_free, "a free unit is offered first"
        await chair.fill(unit=free, tactic="high-visibility patrol", until="+12h")
        sent = unit(city, free)
        assert (sent.ward_code, sent.tactic) == (ward.subject.ref, "high-visibility patrol")
        assert sent.state is UnitState.OUT
        assert (sent.starts, sent.ends) == (moved(), moved() + timedelta(hours=12))
        await chair.press("meeting.view")
        assert chair.view().records.move_to_key(sent.id)
        await chair.press("deployment.free")
        await chair.fill()
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Off sick")
        assert unit(city, free).is_free
        assert chair.toasts()[-1] == f"{free} stood down: Off sick. u undoes."
        await chair.press("room.undo")
        assert unit(city, free) == sent
        await chair.press("room.undo")
        assert unit(city, free).is_free


async def test_a_unit_is_sent_from_the_unit_list_by_words_of_the_ward(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        assert chair.view().records.move_to_key(standing(city, UnitState.FREE)[0].id)
        chosen = chair.view().under_cursor()
        assert chosen is not None
        await chair.press("deployment.deploy")
        await chair.fill(ward="west", tactic="weapon sweep")
        assert "fits" in chair.fault()
        assert chair.typed()["tactic"] == "weapon sweep"
        await chair.fill(ward="bromley north")
        assert unit(city, chosen.subject.ref).ward == "Bromley North"


async def test_several_units_stand_down_in_one_command(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        for out in standing(city, UnitState.OUT)[:2]:
            assert chair.view().records.move_to_key(out.id)
            await chair.press("list.mark")
        names = [record.subject.ref for record in chair.view().acted_on()]
        assert len(names) == 2
        before = len(entries(city))
        await chair.press("deployment.free")
        await chair.fill(reason="Night shift is over")
        assert all(unit(city, name).state is not UnitState.OUT for name in names)
        assert entries(city)[before:] == [f"{names[0]} and 1 more stood down: Night shift is over"]


async def test_a_bid_in_a_meeting_of_a_bcu_is_its_own_first_and_one_of_another_is_told_to_be_out_of_the_list(
    make_app: MakeApp, city: Store
) -> None:
    wanted = {"requester": "Duty", "problem": "Knives", "resource": "Arch", "place": "Clapham", "starts": "Fri"}
    async with seated(make_app("bcu-weekly", "bids", scope="SW")) as chair:
        await chair.press("bid.new")
        assert chair.typed()["bcu"] == "SW"
        await chair.fill(**wanted)
        assert chair.toasts()[-1] == "Duty: Arch put on the list of bids. u undoes."
        held = chair.view().records.count
        await chair.press("bid.new")
        await chair.fill(**wanted | {"bcu": "na", "resource": "Dogs"})
        said = "Duty: Dogs put on the list of bids, of NA and so not in this list: * shows the force's. u undoes."
        assert chair.toasts()[-1] == said
        assert chair.view().records.count == held
        await chair.press("meeting.widen")
        assert "Duty: Dogs" in {bid.subject.label for bid in map(chair.view().source.record, chair.view().records.keys)}


async def test_bids_are_put_granted_and_never_refused_without_a_reason(make_app: MakeApp, city: Store) -> None:
    app = make_app("weekly")
    async with seated(app) as chair:
        await chair.press("meeting.item_6", "bid.new")
        await chair.fill(requester="SW BCU", bcu="XX", problem="Knives", resource="Arch", place="Clapham", starts="Fri")
        assert chair.fault().startswith("BCU must be one of")
        await chair.fill(bcu="sw")
        put = max(bids.bids(city), key=lambda one: one.id)
        assert (put.requester, put.bcu, put.place) == ("SW BCU", "SW", "Clapham")
        first = bids.bids(city)[0].id
        assert chair.view().records.move_to_key(first)
        await chair.press("bid.outcome")
        await chair.fill(outcome="refused")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(outcome="Granted", reason="Highest risk")
        decided = next(one for one in bids.bids(city, app.session.meeting_id) if one.id == first)
        assert (decided.outcome, decided.reason) == ("granted", "Highest risk")


async def test_what_a_bid_cannot_take_is_refused_before_it_is_asked(make_app: MakeApp, city: Store) -> None:
    waiting = bids.bids(city)[0].id
    given = bids.make_bid(city, "SW BCU", "SW", "Knives", "Arch", "Clapham", "Fri")
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_6")
        assert chair.view().records.move_to_key(given)
        await chair.press("bid.outcome")
        await chair.fill(outcome="granted", reason="Highest risk")
        assert chair.toasts()[-1].startswith("SW BCU: Arch granted, no unit sent: no ward is named: Highest risk.")
        for key, verb, said in (
            (waiting, "bid.result", "is open: only what was given has a result"),
            (given, "bid.score", f"Bid {given} is granted: only one that is to be decided is scored."),
        ):
            assert chair.view().records.move_to_key(key)
            await chair.press(verb)
            assert not isinstance(chair.app.screen, Form), verb
            assert said in chair.toasts()[-1]
        await chair.press("bid.result")
        assert isinstance(chair.app.screen, Form)
        await chair.press("form.leave")


async def test_marked_bids_are_not_passed_over_in_silence(make_app: MakeApp, city: Store) -> None:
    waiting = sum(not one.outcome for one in bids.bids(city))
    assert waiting >= 2
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_6", "list.mark", "list.mark", "bid.outcome")
        assert not isinstance(chair.app.screen, Form)
        assert "one row at a time" in chair.toasts()[-1]
        assert sum(not one.outcome for one in bids.bids(city)) == waiting


async def test_the_roll_is_called_with_one_key_and_names_are_written(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        number = chair.tasking().session.meeting_id
        assert number is not None
        await chair.settled()
        await chair.press("list.first", "roll.call", "roll.call")
        called = {one.role: one.state for one in meetings.attendance(city, number)}
        assert called["Chair"] == "deputy", "the chair was present already"
        assert called["VCTF command"] == "present"
        await chair.press("roll.name")
        await chair.fill(name="Insp B. Grip", state="deputy")
        grip = next(one for one in meetings.attendance(city, number) if one.role == "Grip Chief")
        assert (grip.name, grip.state) == ("Insp B. Grip", "deputy")
        await chair.press("room.undo")
        grip = next(one for one in meetings.attendance(city, number) if one.role == "Grip Chief")
        assert (grip.name, grip.state) == ("Grip Chief lead", ""), "who came last time is remembered, not present"


async def test_a_marked_set_of_any_states_is_called_to_one_state_in_one_change(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        number = chair.tasking().session.meeting_id
        assert number is not None
        await chair.settled()
        await chair.press("list.last", "roll.call")
        assert chair.toasts()[-1] == "Custody and courts: present. Last row. u undoes."
        assert chair.cell("role") == "Custody and courts", "the cursor stays, and is on nobody else's row"
        before = len(entries(city))
        await chair.press("list.first", "list.range", "list.last", "list.range", "roll.call")
        assert {one.state for one in meetings.attendance(city, number)} == {"deputy"}, "what comes next for the Chair"
        assert chair.toasts()[-1] == "Chair and 5 more: deputy. Last row. u undoes."
        assert entries(city)[before:] == ["Chair and 5 more: deputy"]
        await chair.press("room.undo")
        states = [one.state for one in meetings.attendance(city, number)]
        assert states == ["present", "", "", "", "", "present"]
        assert chair.toasts()[-1] == "Undone: Chair and 5 more: deputy"


async def test_a_free_unit_is_not_stood_down_and_the_cursor_stays_on_the_last_row(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        free = next(one for one in deployments.units(city) if one.is_free)
        assert chair.view().records.move_to_key(free.id)
        nothing = entries(city)
        await chair.press("deployment.free")
        assert entries(city) == nothing
        assert chair.toasts()[-1].startswith(f"{free.unit} is free: only a unit that was sent is stood down.")
        await chair.keys("slash", *"vctf", "enter")
        await chair.press("list.last")
        last = chair.view().under_cursor()
        assert last is not None
        if unit(city, last.subject.ref).is_free:
            await chair.press("deployment.deploy")
            await chair.fill(ward="bromley north", tactic="high-visibility patrol")
        assert not unit(city, last.subject.ref).is_free
        before = len(entries(city))
        await chair.press("deployment.free")
        await chair.fill(reason="Off sick")
        assert chair.toasts()[-1] == f"{last.subject.label} stood down: Off sick. Last row. u undoes."
        assert chair.view().under_cursor() is not None
        assert chair.cell("unit") == last.subject.label
        await chair.press("deployment.free")
        assert "is free" in chair.toasts()[-1]
        assert len(entries(city)) == before + 1


async def test_a_unit_that_is_out_is_moved_with_a_reason(make_app: MakeApp, city: Store) -> None:
    out = next(one for one in standing(city, UnitState.OUT) if len(one.sent) == 1)
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        assert chair.view().records.move_to_key(out.id)
        await chair.press("deployment.deploy")
        assert f"needed to leave {out.ward}" in await chair.screen_text()
        await chair.fill(ward="bromley north", tactic="weapon sweep", until="23:00")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Stabbing at the station")
        said = f"{out.unit} sent to Bromley North until"
        assert chair.toasts()[-1].startswith(f"{said} 23:00: Stabbing at the station")
        assert entries(city)[-1] == f"{said} 21/11 23:00, from {out.ward}: Stabbing at the station"


async def test_a_unit_is_planned_by_a_start_that_lies_ahead(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        free = next(one for one in deployments.units(city) if one.is_free)
        assert chair.view().records.move_to_key(free.id)
        await chair.press("deployment.deploy")
        assert chair.typed()["starts"] == "now"
        await chair.fill(ward="bromley north", tactic="weapon sweep", starts="22/11/2026 09:00", until="+6h")
        sent, starts = unit(city, free.unit), at_clock(date(2026, 11, 22), 9)
        assert (sent.starts, sent.ends) == (starts, starts + timedelta(hours=6)), "an end ahead counts from the start"
        assert sent.state is UnitState.PLANNED
        said = f"{free.unit} sent to Bromley North from 22/11 09:00 until 22/11 15:00"
        assert chair.toasts()[-1].startswith(said)
        assert entries(city)[-1] == said
        meeting = chair.tasking().session.meeting
        assert meeting is not None
        [deed] = record.deeds(city, meeting)
        assert "22/11/2026 09:00 to 22/11/2026 15:00" in deed.words.words, "read-back and minutes carry the start"
        await chair.press("room.undo")
        assert unit(city, free.unit) == free
        await chair.press("room.redo")
        assert unit(city, free.unit) == sent


IMPOSSIBLE = (
    ("25:00", "+12h", "starts", "'25:00' is no clock time."),
    ("31/02/2027 09:00", "+12h", "starts", "'31/02/2027 09:00' is no time."),
    ("20/11/2026 09:00", "+12h", "starts", "'20/11/2026 09:00' has passed; it is 21/11/2026 09:00."),
    ("28/03/2027 01:30", "+12h", "starts", "'28/03/2027 01:30' does not exist: on 28/03/2027 the clocks go"),
    ("+2d", "22/11/2026 09:00", "until", "'22/11/2026 09:00' is not after the start, 23/11/2026 09:00."),
    ("now", "tonight", "until", "'tonight' is no time."),
)
"""Start, end, the field that is at fault, and how what is said of it begins."""


async def test_an_impossible_time_is_refused_at_its_field_and_nothing_is_lost(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        assert chair.view().records.move_to_key(standing(city, UnitState.FREE)[0].id)
        await chair.press("deployment.deploy")
        before = len(entries(city))
        for starts, until, field, fault in IMPOSSIBLE:
            await chair.fill(ward="bromley north", tactic="weapon sweep", starts=starts, until=until)
            assert chair.fault().startswith(fault)
            focused = chair.app.screen.focused
            assert focused is not None
            assert focused.id == f"field-{field}"
            assert chair.typed()["tactic"] == "weapon sweep"
        assert len(entries(city)) == before


SEARCH, BY_INSPECTOR = "section 60", "inspector; two stabbings since 18:00; Brownswood"
CANNOT_BE = (
    ({"until": "+30h"}, "until", "A section 60 lasts 24 hours unless a superintendent extends it; this is 30."),
    ({"until": "+50h", "authority": f"{BY_INSPECTOR}; superintendent"}, "until", "A section 60 lasts 48 hours at most"),
    ({"authority": "sergeant; two stabbings; Brownswood"}, "authority", "A section 60 is authorised by an inspector"),
    ({"authority": f"{BY_INSPECTOR}; inspector"}, "authority", "A section 60 is extended by a superintendent"),
    ({"authority": "inspector; two stabbings"}, "authority", "A section 60 needs its area."),
    ({"authority": ""}, "authority", "A section 60 needs the rank of who authorises it."),
    ({"ward": "E05000026"}, "ward", "'E05000026' is none of the"),
    ({"dose": "often"}, "dose", "'often' is no dose."),
    ({"vehicles": "two"}, "vehicles", "Vehicles"),
)
"""What is typed besides a section 60 of ten hours, the field that is at fault, and how what is said of it begins."""


async def test_what_cannot_be_is_refused_in_a_sentence_at_its_field_and_nothing_is_saved(
    make_app: MakeApp, city: Store
) -> None:
    usual = {"ward": "bromley north", "tactic": SEARCH, "until": "+10h", "authority": BY_INSPECTOR}
    usual |= {"dose": "", "vehicles": ""}
    async with seated(make_app(view="deployments")) as chair:
        await chair.settled()
        assert chair.view().records.move_to_key(standing(city, UnitState.FREE)[0].id)
        await chair.press("deployment.deploy")
        before = len(entries(city))
        for typed, field, fault in CANNOT_BE:
            await chair.fill(**{**usual, **typed})
            assert chair.fault().startswith(fault), (typed, chair.fault())
            focused = chair.app.screen.focused
            assert focused is not None
            assert focused.id == f"field-{field}"
        assert len(entries(city)) == before
        await chair.fill(**{**usual, "until": "+30h", "authority": f"{BY_INSPECTOR}; superintendent"})
        assert len(entries(city)) == before + 1, "30 hours with an extension can be"


async def test_a_unit_that_does_not_exist_is_refused_at_its_field(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        before = len(entries(city))
        await chair.press("deployment.deploy")
        await chair.fill(unit="VCTF East 99")
        assert chair.fault().startswith("'VCTF East 99' is none of the 25 names.")
        focused = chair.app.screen.focused
        assert focused is not None
        assert focused.id == "field-unit"
        assert len(entries(city)) == before


async def test_a_unit_is_sent_to_a_ward_known_by_name_in_six_keys_besides_its_letters(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5")
        free = next(one for one in deployments.units(city) if one.is_free)
        await chair.keys("slash", *"heathrow v", "enter", "t", "down", "enter", "ctrl+s")
        assert unit(city, free.unit).ward == "Heathrow Villages"
        other = next(one for one in deployments.units(city) if one.is_free)
        await chair.press("meeting.view")
        assert chair.view().records.move_to_key(other.id)
        await chair.keys("t", *"bromley n", "ctrl+s")
        assert unit(city, other.unit).ward == "Bromley North", "two from the board, where the unit is under the cursor"

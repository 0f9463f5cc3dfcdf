from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from core.errors import Conflict, NotFound, Problem, Refused
from core.focus import AGREED, LEFT_OUT, OFFERED, Need
from core.focus_letter import markdown
from core.focus_measures import Point
from core.focus_model import default
from db import focus
from db.focus_comments import comment, comments, needs, nominations
from db.focus_letter import letter
from db.focus_measures import measures, read_measure
from db.meetings import open_meeting
from db.store import Store
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.conftest import NOW

MODEL = default()
MONDAY = date(2026, 11, 16).toordinal()
BELMONT, CANONS = "E05013542", "E05013543"
FPNS, HMOS = MODEL.measures


@pytest.fixture
def at(store: Store) -> Callable[[datetime], None]:
    """Sets the clock of the store."""

    def to(moment: datetime) -> None:
        store.now = lambda: moment

    return to


def _nominate(store: Store, code: str, place: str = "Behind the shops") -> int:
    return comment(store, ward_code=code, week_id=None, councillor="Cllr Testcase", words="Rubbish", nominates=place)


def _item(store: Store, number: int, option: str = "fly-tip-enforcement") -> focus.ItemView:
    return next(item for item in focus.week(store, number).items if item.option == option)


def _done(store: Store, monday: int, done: int) -> None:
    item = _item(store, focus.propose(store, MODEL, monday))
    focus.change_item(store, item.id, 5, item.words)
    focus.agree(store, [item.id], by="Chair")
    focus.record(store, item.id, done, "Served")


def test_a_week_is_proposed_from_the_rota_with_every_option_offered(store: Store) -> None:
    _nominate(store, CANONS)
    new = focus.drafted(store, MODEL, MONDAY + 3)
    assert focus.weeks(store) == []
    number = focus.propose(store, MODEL, MONDAY + 3)
    found = focus.week(store, number)
    assert (found.monday, found.area, found.ward, found.hours) == (MONDAY, "East", "Canons", 62)
    assert (found.chosen_because, found.agreed_at, found.agreed_by, found.summary) == (new.because, None, "", "")
    assert [item.option for item in found.items] == [option.key for option in MODEL.options]
    assert {(item.state, item.done) for item in found.items} == {(OFFERED, None)}
    assert 0 < found.hours_planned <= found.hours
    assert focus.week_of(store, MONDAY + 6) == found
    assert (focus.week_of(store, MONDAY + 7), focus.week_of(store, MONDAY - 1)) == (None, None)
    undo(store)
    assert (focus.weeks(store), store.read.rows("SELECT COUNT(*) FROM focus_item")[0][0]) == ([], 0)
    redo(store)
    assert focus.weeks(store) == [found]
    assert verify(store).fault is None


def test_the_rota_goes_on_from_the_weeks_before(store: Store) -> None:
    for week in range(4):
        focus.propose(store, MODEL, MONDAY + 7 * week)
    assert [(one.area, one.ward) for one in reversed(focus.weeks(store))] == [
        ("East", "Belmont"), ("Central", "Greenhill"), ("West", "Headstone"), ("East", "Canons"),
    ]  # fmt: skip
    assert focus.drafted(store, MODEL, MONDAY - 7).ward_code == BELMONT


def test_a_week_has_one_focus_ward_and_it_may_be_named(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY, ward_code="E05013558")
    assert (focus.week(store, number).area, focus.week(store, number).ward) == ("West", "Roxbourne")
    with pytest.raises(Conflict, match="The week of 16/11/2026 has a focus ward, Roxbourne"):
        focus.propose(store, MODEL, MONDAY + 1, area="East")
    with pytest.raises(Problem, match="no area 'North'"):
        focus.propose(store, MODEL, MONDAY + 7, area="North")
    with pytest.raises(NotFound, match="no focus week 99"):
        focus.week(store, 99)
    assert len(focus.weeks(store)) == 1


def test_items_are_changed_and_left_out_and_the_hours_follow(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    before = focus.week(store, number)
    item = _item(store, number)
    focus.change_item(store, item.id, 10, " Station Road ")
    changed = _item(store, number)
    assert (changed.planned, changed.words, changed.hours) == (10, "Station Road", 15)
    assert focus.week(store, number).hours_planned == before.hours_planned - item.hours + 15
    focus.leave_out(store, [item.id], "no premises")
    assert _item(store, number).state == LEFT_OUT
    assert focus.week(store, number).hours_planned == before.hours_planned - item.hours
    for planned, words, sentence in ((-1, "x", "-1 planned cannot be"), (100_000, "x", "cannot be"), (1, " ", "words")):
        with pytest.raises(Problem, match=sentence):
            focus.change_item(store, item.id, planned, words)
    with pytest.raises(Conflict, match="no longer in the store"):
        focus.change_item(store, 999, 1, "x")


def test_weekly_tasking_agrees_items_and_with_the_first_the_week(store: Store, at: Callable[[datetime], None]) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    first, second, third = focus.week(store, number).items[:3]
    weekly = open_meeting(store, "weekly", "Chair", NOW.date()).id
    at(NOW + timedelta(hours=1))
    focus.agree(store, [first.id, second.id], by=" Chair ", meeting_id=weekly)
    at(NOW + timedelta(hours=2))
    focus.agree(store, [third.id], by="Deputy")
    found = focus.week(store, number)
    assert (found.agreed_by, found.agreed_at, found.meeting_id) == ("Chair", NOW + timedelta(hours=1), weekly)
    assert [item.state for item in found.items] == [AGREED] * 3 + [OFFERED] * 5
    focus.change_item(store, first.id, 9, "Fewer")
    assert focus.week(store, number).items[0].state == OFFERED


def test_who_and_what_may_agree(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    item = _item(store, number)
    with pytest.raises(Problem, match="A person agrees"):
        focus.agree(store, [item.id], by=" ")
    daily = open_meeting(store, "daily", "Chair", NOW.date()).id
    with pytest.raises(Conflict, match="Only the weekly tasking meeting"):
        focus.agree(store, [item.id], by="Chair", meeting_id=daily)
    focus.change_item(store, item.id, 0, item.words)
    with pytest.raises(Conflict, match="nothing planned"):
        focus.agree(store, [focus.week(store, number).items[1].id, item.id], by="Chair")
    found = focus.week(store, number)
    assert (found.agreed_at, {one.state for one in found.items}) == (None, {OFFERED})


def test_officers_work_only_agreed_items(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    item = _item(store, number)
    for state in (OFFERED, LEFT_OUT):
        assert _item(store, number).state == state
        with pytest.raises(Conflict, match="officers work only what weekly tasking has agreed"):
            focus.record(store, item.id, 3, "Served")
        if state == OFFERED:
            focus.leave_out(store, [item.id], "no premises")
    focus.agree(store, [item.id], by="Chair")
    with pytest.raises(Problem, match="-1 done cannot be"):
        focus.record(store, item.id, -1, "Served")
    focus.record(store, item.id, 3, "Served")
    focus.record(store, item.id, 4, " Served, one late ")
    assert (_item(store, number).done, _item(store, number).result) == (4, "Served, one late")
    refused: list[Callable[[], None]] = [
        lambda: focus.change_item(store, item.id, 1, "x"),
        lambda: focus.leave_out(store, [item.id], "no premises"),
    ]
    for change in refused:
        with pytest.raises(Conflict, match="has its outcome already, 4 done"):
            change()
    with pytest.raises(Conflict, match="has its outcome already"):
        focus.agree(store, [item.id], by="Chair")


def test_nothing_is_added_to_a_sealed_meeting(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    item = _item(store, number)
    focus.agree(store, [item.id], by="Chair")
    sealed = open_meeting(store, "weekly", "Chair", NOW.date()).id
    with store.change("Seal", kind="seal", meeting=None) as writing:
        writing.update("meeting", sealed, sealed_at=writing.now)
    refused: list[Callable[[], object]] = [
        lambda: focus.propose(store, MODEL, MONDAY + 7, meeting_id=sealed),
        lambda: focus.change_item(store, item.id, 1, "x", meeting_id=sealed),
        lambda: focus.agree(store, [item.id], by="Chair", meeting_id=sealed),
        lambda: focus.leave_out(store, [item.id], "no premises", meeting_id=sealed),
        lambda: focus.record(store, item.id, 1, "x", meeting_id=sealed),
        lambda: focus.summarise(store, number, "x", meeting_id=sealed),
        lambda: comment(store, ward_code=CANONS, week_id=None, councillor="C", words="x", meeting_id=sealed),
        lambda: read_measure(store, HMOS, MONDAY, 1, "x", meeting_id=sealed),
    ]
    for change in refused:
        with pytest.raises(Conflict, match="sealed"):
            change()


def test_a_week_is_summed_up(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY)
    with pytest.raises(Problem, match="The summary is empty"):
        focus.summarise(store, number, " ")
    focus.summarise(store, number, " Quieter now. ")
    assert focus.week(store, number).summary == "Quieter now."
    with pytest.raises(Conflict, match="no longer in the store"):
        focus.summarise(store, 99, "x")


def test_councillors_comment_and_what_is_missing_is_asked_for(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY, ward_code=CANONS)
    first = comment(store, ward_code=CANONS, week_id=number, councillor=" Cllr Testcase ", words=" More patrols ")
    second = _nominate(store, BELMONT)
    assert [one.id for one in comments(store)] == [second, first]
    (found,) = comments(store, CANONS)
    assert (found.ward_code, found.week_id, found.councillor, found.words, found.nominates, found.at) == (
        CANONS, number, "Cllr Testcase", "More patrols", "", NOW,
    )  # fmt: skip
    with pytest.raises(Problem, match="needs the councillor and the ward"):
        comment(store, ward_code=CANONS, week_id=None, councillor=" ", words="x")
    with pytest.raises(Problem, match="needs words or a place"):
        comment(store, ward_code=CANONS, week_id=None, councillor="C", words=" ")
    with pytest.raises(Problem, match="That week's focus ward is Canons"):
        comment(store, ward_code=BELMONT, week_id=number, councillor="C", words="x")
    with pytest.raises(NotFound, match="no focus week 99"):
        comment(store, ward_code=BELMONT, week_id=99, councillor="C", words="x")
    assert len(comments(store)) == 2


def test_a_nomination_is_open_until_a_week_in_its_ward_is_agreed(store: Store, at: Callable[[datetime], None]) -> None:
    first, other = _nominate(store, CANONS), _nominate(store, BELMONT)
    number = focus.propose(store, MODEL, MONDAY, ward_code=CANONS)
    assert [one.id for one in nominations(store)] == [first, other]
    at(NOW + timedelta(minutes=1))
    focus.agree(store, [_item(store, number).id], by="Chair")
    assert [one.id for one in nominations(store)] == [other]
    at(NOW + timedelta(minutes=2))
    later = _nominate(store, CANONS)
    assert [one.id for one in nominations(store)] == [other, later]


def test_need_is_open_nominations_and_open_sites(store: Store) -> None:
    _nominate(store, CANONS)
    comment(store, ward_code=CANONS, week_id=None, councillor="C", words="No place named")
    with store.change("Sites", meeting=None) as writing:
        for code, closed in ((CANONS, None), (BELMONT, None), (BELMONT, None), (BELMONT, MONDAY)):
            writing.insert(
                "fly_tip_site", place="x", ward_code=code, reports=1, since=1, closed_on=closed, closed_reason=""
            )
    assert needs(store) == {BELMONT: Need(0, 2), CANONS: Need(1, 1)}


def test_what_is_done_adds_up_month_by_month(store: Store) -> None:
    """The soft launch of the source: fly-tip FPNs 62, 18 and 6 in three weeks (DOMAIN.md section 5)."""
    for monday, done in ((date(2026, 11, 2), 62), (date(2026, 11, 9), 18), (date(2026, 11, 16), 6)):
        _done(store, monday.toordinal(), done)
    focus.propose(store, MODEL, MONDAY + 7)
    fpns, hmos = measures(store, MODEL, date(2026, 11, 30).toordinal())
    assert fpns.points == (Point(date(2026, 11, 1).toordinal(), 86),)
    assert fpns.progress.words == "86 in November 2026, 65 above the baseline of 21 a month"
    assert measures(store, MODEL, MONDAY - 1)[0].progress.value == 80
    assert (hmos.points, hmos.progress.value) == ((), None)


def test_a_stock_is_read_on_days(store: Store) -> None:
    for day, value in ((MONDAY, 139), (MONDAY - 30, 151), (MONDAY, 131), (MONDAY + 9, 90)):
        read_measure(store, HMOS, day, value, "Analyst")
    found = measures(store, MODEL, MONDAY)[1]
    assert found.points == (Point(MONDAY - 30, 151), Point(MONDAY, 131))
    assert found.progress.standing == "better"
    with pytest.raises(Problem, match="added up from what is done"):
        read_measure(store, FPNS, MONDAY, 3, "Analyst")
    for wrong in (-1, float("nan")):
        with pytest.raises(Problem, match="is no reading"):
            read_measure(store, HMOS, MONDAY, wrong, "Analyst")
    with pytest.raises(Problem, match="needs the person"):
        read_measure(store, HMOS, MONDAY, 3, " ")


def test_the_letter_holds_the_week_and_the_next_but_nobody_by_name(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY, ward_code=CANONS)
    first, second, third = focus.week(store, number).items[:3]
    focus.agree(store, [first.id, second.id], by="Nameofchair")
    focus.leave_out(store, [third.id], "no premises")
    focus.record(store, first.id, 2, "Two served")
    focus.summarise(store, number, "A quiet week.")
    read_measure(store, HMOS, MONDAY, 131, "Nameofreader")
    comment(store, ward_code=CANONS, week_id=number, councillor="Nameofcouncillor", words="Saidword", nominates="Lane")
    text = markdown(letter(store, MODEL, MONDAY + 4))
    for told in ("Two served", "A quiet week.", "131 on 16/11/2026", "Next focus ward: Greenhill", "| 2 FPNs |"):
        assert told in text
    for kept_back in ("Nameof", "Saidword", "Lane", "OFFICIAL"):
        assert kept_back not in text
    ended, coming = text.split("## Next focus ward")
    assert [option.title in ended for option in MODEL.options] == [True, True] + [False] * 6
    assert all(option.title in coming for option in MODEL.options)
    assert len(focus.weeks(store)) == 1
    after = focus.propose(store, MODEL, MONDAY + 7)
    assert markdown(letter(store, MODEL, MONDAY)) == text  # what the rota gave is what is proposed
    focus.leave_out(store, [item.id for item in focus.week(store, after).items], "no premises")
    assert "Nothing is on the menu yet." in markdown(letter(store, MODEL, MONDAY))


def test_a_council_puts_its_model_beside_the_store(store: Store, tmp_path: Path) -> None:
    assert focus.model_of(store) == MODEL
    file = tmp_path / "focus.toml"
    file.write_text((files("core") / "data" / "focus.toml").read_text(encoding="utf-8").replace("= 21", "= 30"))
    assert focus.model_of(store).measures[0].baseline == 30
    file.write_text("borough = 3")
    with pytest.raises(Refused, match=r"Focus file focus\.toml has no areas"):
        focus.model_of(store)
    file.write_bytes(b"\xff")
    with pytest.raises(Problem, match="not UTF-8"):
        focus.model_of(store)

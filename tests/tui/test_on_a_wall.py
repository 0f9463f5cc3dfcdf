"""The projector: every list, page, form and toast there is, over a store in which whatever may name someone says so.

The walks go by what is declared: a new column of the store, view, page or verb is walked by being there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from core.cohorts import COHORTS
from core.meetings import views
from core.templates import agendas
from db import actions, decisions, memberships, rankings
from db.actions import Subject
from db.rankings import Ranked
from db.scoring import RankingRequest
from db.store import Store, open_store
from tests.tui.conftest import CHAIR
from tests.tui.declared import classes
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tests.tui.people import TODAY, mark, top
from tests.tui.places import something_happened
from tests.tui.quick import paint_every_frame
from tests.tui.test_verb import HOMES
from tui.cli import open as opening
from tui.dialogs.form import Form
from tui.dialogs.pick import Pick
from tui.opening import Open
from tui.screens.registry import PAGES
from tui.screens.room import MeetingRoom
from tui.verb import Rows, Verb
from tui.views.base import View
from tui.views.column import IDENTITY, ListColumn
from tui.views.ranked import RankedSource
from tui.views.registers import RegisterRow
from tui.views.source import Record
from tui.wall import HIDDEN, Holds, called, only_numbers, told, without

UNSAID = "Quixotry"
"""What stands in every column that may name someone."""
NO_WORDS = {
    "activity", "addendum", "alembic_version", "attendance", "batch", "census", "circumstance", "edition_file",
    "incident", "incident_mark", "incident_series", "report_detail", "tension",
    "journal", "kept", "kept_closed", "kept_measure", "kept_step", "lfr_deployment", "lookup_map", "lsoa_ward",
    "meeting_item",
    "meeting_note", "offence",
    "officer_plan", "officer_post", "paper_copy", "patrol", "person", "place", "quarantined", "release",
    "release_facts", "report_row", "run", "run_entry", "setting", "stop", "stop_edition", "street_count",
    "row_digest",
    "street_point", "account", "restriction", "viewing", "unsafe_place", "ward_reference", "ward_series", "weighing",
}  # fmt: skip
"""Tables of figures, places, codes and staff, or of which no list shows the words; of the journal none on a wall."""
PLAIN = {
    "at", "by", "set_at", "due_at", "closed_at", "closed_by", "made_at", "decided_at", "decided_by", "adopted_at",
    "adopted_by", "reviewed_at", "reviewed_by", "left_by", "dropped_by", "agreed_at", "agreed_by", "read_by",
    "opened_at", "sealed_at", "chair", "starts", "ends", "as_of", "meeting_kind", "kind", "title", "item", "scope",
    "escalated_to", "subject_kind", "subject_ref", "status", "outcome", "bcu", "facts", "agenda", "seal",
    "sealed_over", "state", "cohort", "person_ref", "proposed_by", "ward_code", "unit", "base", "found", "place",
    "option", "area", "chosen_because", "measure", "subject", "review_on", "risk_until", "expected_on", "risk_by",
    "written_by", "priority", "source", "template", "shown",
    "over_at", "entered_at", "measure_until", "measure_by", "stopped_at", "stopped_by", "left_at", "asked_at", "answer",
    "answered_at", "compared", "authority", "skills", "shift", "team", "away_from", "away_until", "starts_at",
    "ends_at", "result_due", "answers", "confidence", "scored_by", "result_by", "owning_bcu", "home_ward_code", "home",
}  # fmt: skip
"""Columns of dates, codes, staff and places. What an action or a decision is about is written below, by its kind."""
_MOST = 400
"""Rows of a list that are walked."""
PERSONS = ("action", "decision")


@pytest.fixture(scope="module")
def told_of_everyone(london: Path, tmp_path_factory: pytest.TempPathFactory, module_clock: MovedClock) -> Path:
    """The synthetic London, its people furnished, with the secret wherever someone might be named."""
    path = tmp_path_factory.mktemp("wall") / "wall.db"
    path.write_bytes(london.read_bytes())
    return furnish(path, module_clock)


def furnish(path: Path, clock: MovedClock) -> Path:
    """Furnish the people of a synthetic London, and put the secret wherever someone might be named."""
    with closing(open_store(path, CHAIR, clock)) as store:
        people = top(store)
        mark(store, people[0].person, "order", "SHPO", -200, 9)
        mark(store, people[0].person, "breach", "SHPO", -6, None, "told his mother")
        mark(store, people[0].person, "wanted", "rape", -6, None)
        entry = memberships.members(store, "v100")[0]
        memberships.review(store, [entry.id], TODAY + 9, "still", on=TODAY, meeting_id=None)
        actions.raise_actions(store, [Subject("person", people[0].person, "x")], "x", "x", store.now())
    with closing(sqlite3.connect(path)) as past_the_program, past_the_program:
        past_the_program.execute(
            "DELETE FROM ward_series WHERE ward_code NOT IN (SELECT ward_code FROM priority_ward) "
            "AND ward_code NOT IN (SELECT ward_code FROM deployment) AND SUBSTR(ward_code, 8) <> '50'"
        )
        for table, columns in _words_of(past_the_program):
            written = ", ".join(f'"{column}" = ?' for column in columns)
            past_the_program.execute(f'UPDATE "{table}" SET {written}', [UNSAID] * len(columns))  # noqa: S608
        for table in PERSONS:
            past_the_program.execute(
                f"UPDATE {table} SET subject = ? WHERE subject_kind NOT IN ('ward', 'unit')",  # noqa: S608
                [f"{UNSAID.upper()}, {UNSAID}"],
            )
        past_the_program.execute("UPDATE marker SET note = ?", [UNSAID])
        past_the_program.execute("UPDATE marker SET value = ? WHERE kind = 'wanted'", [UNSAID])
    return path


@pytest.fixture(scope="module")
def module_clock() -> MovedClock:
    """Nine in the morning, as in every test of the room."""
    from core.days import at_clock
    from tests.tui.conftest import AS_OF

    return MovedClock(at_clock(AS_OF, 9))


def _words_of(store: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Every table with those of its columns that may hold words."""
    tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in set(tables) - NO_WORDS:
        if table.startswith("sqlite_"):
            continue
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})") if "CHAR" in row[2]]
        words = [column for column in columns if column not in PLAIN and not (table == "marker" and column == "value")]
        if words:
            yield table, words


@pytest.fixture
def city(tmp_path: Path, told_of_everyone: Path, moved: MovedClock) -> Iterator[Store]:
    """This test's own copy."""
    path = tmp_path / "wall.db"
    path.write_bytes(told_of_everyone.read_bytes())
    with closing(open_store(path, CHAIR, moved)) as store:
        yield store


async def nothing_shown(chair: Chair, where: str) -> None:
    """Neither the screen nor what was said in passing names anyone."""
    text = await chair.screen_text()
    assert UNSAID.casefold() not in text.casefold(), f"{where}:\n{text}"
    assert not any(UNSAID.casefold() in words.casefold() for words in chair.toasts()), f"{where}: {chair.toasts()}"


def everything(view: View, *, hidden: bool) -> list[tuple[list[str], Record]]:
    """Every row of a list with its record."""
    source = view.source
    keys = source.order(None, False, "")[:_MOST]
    cells = [[str(cell) for cell in row] for row in source.cells(keys, hidden=hidden)]
    return list(zip(cells, [source.record(key) for key in keys], strict=True))


async def list_hides(chair: Chair, where: str) -> bool:
    """Nothing is shown in any row, in sight or out of it; what verbs write is the same. Gives whether there was any."""
    with pytest.MonkeyPatch.context() as patch:  # what a row says of its moves is read when it is painted
        paint_every_frame(patch)
        chair.app.screen.refresh()
        await chair.settled()
    view, session = chair.view(), chair.tasking().session
    rows = everything(view, hidden=True)
    for cells, record in rows:
        assert UNSAID.casefold() not in " ".join(cells).casefold(), (where, cells)
        assert UNSAID.casefold() not in record.told(hidden=True).casefold(), (where, record.made_of)
    assert UNSAID.casefold() not in chair.heading().casefold(), where
    for key in view.source.order(None, False, UNSAID, hidden=True):
        raise AssertionError(f"{where}: a filter finds what is hidden in {key}")
    await nothing_shown(chair, where)
    session.projector = False
    source, _ = view.read()
    session.projector = True
    if isinstance(source, RankedSource) and isinstance(view.source, RankedSource):
        source.moves.say(view.source.moves.letters)  # what moved people is found out beside
    written = [_written(source.record(key)) for key in source.order(None, False, "")[:_MOST]]
    assert written == [_written(record) for _, record in rows], f"{where}: a verb would write something else"
    return any(UNSAID.casefold() in " ".join(cells).casefold() for cells, _ in everything(view, hidden=False))


def _written(record: Record) -> tuple[Any, ...]:
    return record.subject, record.facts, record.made_of, record.opens, record.detail


async def verb_hides(chair: Chair, verb: Verb) -> None:
    """What a verb opens shows nothing, nor does what it says."""
    if verb.rows is Rows.TWO:
        return  # the page it opens is walked below
    before = len(entries(chair.tasking().session.store))
    await chair.press("list.first", verb.known_as)
    for _ in range(10):
        if not any(toast.severity == "error" for toast in chair.app._notifications):
            break
        assert not any(UNSAID.casefold() in words.casefold() for words in chair.toasts()), verb.name
        chair.app.clear_notifications()
        await chair.press("list.down", verb.known_as)
    await nothing_shown(chair, verb.name)
    if isinstance(chair.app.screen, Pick):
        await chair.keys("enter")
        await nothing_shown(chair, verb.name)
    if isinstance(chair.app.screen, Form):
        await chair.press("form.save")
        await nothing_shown(chair, f"{verb.name}, saved or refused")
    while not isinstance(chair.app.screen, MeetingRoom):
        chair.app.pop_screen()
        await chair.settled()
    if len(entries(chair.tasking().session.store)) > before:
        await chair.press("room.undo")
        await nothing_shown(chair, f"{verb.name}, undone")
    chair.app.clear_notifications()


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_every_list_and_every_verb_of_a_meeting(kind: str, make_app: MakeApp) -> None:
    app = make_app(kind)
    something_happened(app.session.store, UNSAID)
    app.session.projector = True
    async with seated(app, size=(110, 30)) as chair:
        assert app.session.meeting is not None
        hidden = set()
        for number, item in enumerate(app.session.meeting.agenda.items, 1):
            await chair.press(f"meeting.item_{number}")
            for name in item.views:
                if await list_hides(chair, name):
                    hidden.add(name)
                for verb in HOMES[name] if kind == "weekly" or name not in _weekly() else ():
                    if verb.name not in ("seal", "tick"):  # neither says a word of what was written
                        await verb_hides(chair, verb)
                if len(item.views) > 1:
                    await chair.press("meeting.view")
    assert hidden >= SPOKEN & {name for item in agendas()[kind].items for name in item.views}, "it was there"


def test_no_other_template_has_a_list_that_these_two_have_not() -> None:
    assert set().union(*(one.views for one in agendas().values())) == agendas()["daily"].views | _weekly()


SPOKEN = {"tension", "suspects", "cohorts", "actions", "bids", "deployments", "focus"}
"""Lists in which there is something to hide."""


def _weekly() -> set[str]:
    return {name for item in agendas()["weekly"].items for name in item.views}


async def test_every_other_list(make_app: MakeApp) -> None:
    for name in set(views()) - {name for kind in agendas() for item in agendas()[kind].items for name in item.views}:
        app = make_app(view=name)
        app.session.projector = True
        async with seated(app, size=(110, 30)) as chair:
            await chair.settled()
            await list_hides(chair, name)


def pages_of(store: Store, run: int) -> dict[str, list[tuple[Any, ...]]]:
    """What each page is opened on; a page that is not here fails the walk."""
    first, second = (Record(_person(entry)) for entry in rankings.entries(store, run, 2)[:2])
    [action] = [one for one in actions.open_actions(store, store.now()) if one.action == UNSAID][:1]
    about = Record(Subject("action", str(action.id), action.action), {}, action.action, action.subject)
    code = store.read.rows("SELECT ward_code FROM priority_ward WHERE dropped_on IS NULL LIMIT 1")[0][0]
    ward, site = Record(Subject("ward", code, "A ward")), store.read.rows("SELECT id FROM fly_tip_site LIMIT 1")[0][0]
    sealed = store.read.rows("SELECT id FROM meeting WHERE sealed_at IS NOT NULL LIMIT 1")[0][0]
    head = rankings.run(store, run)
    decided = [replace(one, subject=_person(rankings.entries(store, run, 1)[0])) for one in decisions.decisions(store)][
        :1
    ]
    [(bid,)] = store.read.rows("SELECT MAX(id) FROM bid")
    behind = [
        Record(Subject("bid", str(bid), "A bid")),
        Record(Subject("site", str(site), "A site")),
        replace(ward, why="composite"),
        *(replace(first, why="rule", detail=RegisterRow(group=key)) for key in COHORTS),
    ]
    return {
        "person": [(first,), (second,)],
        "ward": [(ward,)],
        "site": [(Record(Subject("site", str(site), "A site")),)],
        "meeting": [(Record(Subject("meeting", str(sealed), "A meeting")),)],
        "so_far": [(Record(Subject("meeting", str(sealed), "A meeting")),)],
        "why": [(record,) for record in (first, ward, about, *behind)],
        "map": [()],
        "borough": [("Hackney",)],
        "compare": [(first, second)],
        "timeline": [(first,)],
        "backtest": [("wards",), ("people",)],
        "disagreement": [(head, RankingRequest(TODAY, method="css"), 0)],
        "qualifying": [("v100",), ("dauntless",), ("wanted",)],
        "rundown": [([first, second],)],
        "shown": [(first, one, run) for one in decided],
    }


def _person(entry: Ranked) -> Subject:
    return Subject("person", entry.person, entry.name)


async def test_every_page(make_app: MakeApp, city: Store) -> None:
    app = make_app(view="suspects")
    app.session.projector = True
    async with seated(app, size=(120, 40)) as chair:
        await chair.settled()
        assert app.session.run_id is not None
        wanted = pages_of(city, app.session.run_id)
        seen_without = set()
        for page in PAGES:
            for about in wanted[page.name]:
                chair.app.screen.post_message(View.PageWanted(Open(page.name, about)))
                await chair.settled()
                await nothing_shown(chair, page.name)
                if "born" in await chair.screen_text():
                    raise AssertionError("a birth date")
                for view in chair.app.screen.query(View):
                    for cells, record in everything(view, hidden=True):
                        assert UNSAID.casefold() not in " ".join([*cells, record.told(hidden=True)]).casefold(), cells
                await chair.press("room.projector")
                if UNSAID.casefold() in (await chair.screen_text()).casefold():
                    seen_without.add(page.name)
                app.session.projector = True
                chair.app.pop_screen()
                await chair.settled()
        assert seen_without >= {"person", "why", "meeting", "compare", "timeline", "ward", "qualifying"}, "it was there"


def test_every_column_says_what_it_holds_or_is_hidden() -> None:
    for view in classes(View):
        for column in getattr(view, "columns", ()):
            assert isinstance(column, ListColumn), (view, column)
            assert column.holds is not IDENTITY or column.instead is not None, f"{view.__name__}: {column.key}"
            assert column.plain or column.holds is not Holds.PLAIN


async def test_what_is_written_is_the_same_and_what_is_said_names_no_one(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    async with seated(app, size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        record = chair.view().under_cursor()
        assert record is not None
        name = record.subject.label
        assert UNSAID.upper() in name
        await chair.press("room.projector", "act.action")
        assert record.subject.ref in await chair.screen_text(), "in the title of the form"
        await chair.fill(action="Visit the mother of Quixotry", owner="Ward team (Quixotry)", due="17:00")
        await nothing_shown(chair, "raised")
        await chair.press("room.undo", "room.redo")
        assert chair.toasts()[-2:] == [f"{way}: {record.subject.ref} (action)" for way in ("Undone", "Done again")]
        await chair.press("list.first", "act.decision")
        await chair.fill(decision="Quixotry first", reason="Quixotry")
        await nothing_shown(chair, "decided")
    [raised] = actions.raised_in(city, app.session.meeting_id or 0, city.now())
    assert (raised.subject.label, raised.subject.ref) == (name, record.subject.ref)
    assert entries(city)[-1] == f"Decision on {name} recorded: Quixotry first"


async def test_a_filter_finds_what_is_shown_and_is_dots(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("room.projector", "meeting.item_4", "list.filter")
        await chair.keys(*"quixotry")
        assert chair.view().records.count == 0, "it does not say that someone is called so"
        await nothing_shown(chair, "the filter")
        assert "filter ••••••••: 0 of" in chair.heading()
        ref = "N" + "0"
        chair.view().query_one(".filter", Input).value = ref
        await chair.settled()
        assert chair.view().records.count > 0
        await chair.keys("enter")
        await chair.press("room.projector")
        assert f"filter {ref}: " in chair.heading(), "off the wall it is read again"
        await chair.press("list.back", "list.sort_right", "list.sort_right", "list.sort_right", "room.projector")
        assert chair.column("name")[:9] == sorted(chair.column("name"))[:9], "not in the order of the names"
        await chair.press("list.yank")
        assert UNSAID.casefold() not in chair.app.clipboard.casefold()


async def test_words_are_shown_record_by_record_until_the_cursor_moves_on(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        assert not chair.commands()["room.free_text"].enabled, "nothing is hidden"
        await chair.press("room.projector")
        assert HIDDEN in await chair.screen_text()
        view = chair.view()
        records = [(key, view.source.record(key)) for key in view.records.keys]
        number, person = next((key, one.opens) for key, one in records if one.opens and one.opens.kind == "person")
        view.records.move_to_key(number)
        await chair.settled()
        await chair.press("room.free_text")
        assert f"{UNSAID}; about {person.ref}" in await chair.screen_text(), "the words, and still no name"
        await chair.press("list.down")
        await nothing_shown(chair, "the next record")
        await chair.press("room.free_text", "room.free_text")
        await nothing_shown(chair, "hidden again")
        await chair.press("room.free_text", "room.projector", "room.projector")
        await nothing_shown(chair, "switched off and on")
        await chair.press("act.edit")
        await nothing_shown(chair, "a form")
        assert chair.typed()["action"] == UNSAID, "it stands in the field all the same"
        await chair.press("form.free_text")
        assert UNSAID in await chair.screen_text()


async def test_the_mark_stands_in_every_head(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4")
        assert "PROJECTOR" not in await chair.screen_text()
        await chair.press("room.projector")
        assert "OFFICIAL-SENSITIVE   PROJECTOR" in await chair.screen_text()
        await chair.press("list.choose")
        assert "PROJECTOR" in await chair.screen_text()


async def test_it_is_kept_over_a_restart(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("room.projector")
    again = make_app()
    opening.as_wanted(again.session, None)
    assert again.session.projector
    opening.as_wanted(again.session, False)
    assert not again.session.projector
    later = make_app()
    opening.as_wanted(later.session, None)
    assert not later.session.projector, "--no-projector is kept, too"
    later.session.remembered.path.write_text("no JSON")
    opening.as_wanted(later.session, None)
    assert later.session.projector, "what cannot be read may have been on"
    async with seated(later) as chair:
        await chair.settled()
        assert "cannot be read. p turns it off." in chair.toasts()[-1]


async def test_what_cannot_be_kept_is_said(make_app: MakeApp) -> None:
    app = make_app()
    app.session.remembered.path.mkdir()
    async with seated(app) as chair:
        await chair.press("room.projector")
        assert "For this sitting only" in chair.toasts()[-1]
        assert app.session.projector


def test_what_things_are_called() -> None:
    person, ward = Subject("person", "N1", "SMITH, A"), Subject("ward", "E1", "Dalston")
    action = Subject("action", "5", "x")
    assert [called(one, hidden=False) for one in (person, ward, action)] == ["SMITH, A", "Dalston", "x"]
    assert [called(one, hidden=True) for one in (person, ward, action)] == ["N1", "Dalston", "action 5"]
    assert called(Subject("person", "N1", ""), hidden=False) == "N1"
    assert called(Subject("new kind", "7", "SMITH"), hidden=True) == "new kind 7", "of a new kind nothing is known"
    assert without("SMITH, A and SMITH, A 2 in Dalston", [ward, person]) == "N1 and N1 2 in Dalston"
    assert told("plain", hidden=True) == "plain"


def test_numbers_days_and_times_name_no_one() -> None:
    assert all(map(only_numbers, ("", "12", "+24h", "+28d", "17:00", "22/11/2026 09:00", "3.5 %")))
    assert not any(map(only_numbers, ("a", "N1", "dd", "1 Smith")))


@pytest.mark.parametrize(
    ("words", "typed", "shown"),
    [
        ("Action 40 changed: ask JANE DOE at 12 High St", "ask JANE DOE at 12 High St", f"Action 40 changed: {HIDDEN}"),
        ("Action 40 changed: at home", "at home", f"Action 40 changed: {HIDDEN}"),
        ("ask JANE DOE closed: JANE", "JANE", f"action 40 closed: {HIDDEN}"),
        ("ask JANE DOE, ask JANE DOE and more", "DOE and more", f"action 40, {HIDDEN}"),
        ("Closed: -", "", "Closed: -"),
    ],
)
def test_typed_words_and_what_records_are_called_are_hidden_in_one_look(words: str, typed: str, shown: str) -> None:
    assert without(words, [Subject("action", "40", "ask JANE DOE")], [typed]) == shown
    assert without(words, [Subject("action", "40", "ask JANE DOE")], [typed]).count("JANE") == 0

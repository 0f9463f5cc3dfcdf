"""Every column of every list: it shows each row, and the list is sorted by what the column says, blanks last."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import iter_modules

import pytest
from rich.console import Console
from rich.style import Style
from rich.text import Text

import tui.views
from core.days import at_clock
from core.meetings import views as agenda_views
from db import actions, decisions, fly_tips, focus, focus_comments, incident_series, meetings, rankings
from db.actions import Subject
from db.part_sources import SHIPPED
from db.scoring import RankingRequest
from db.store import open_store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.declared import bindings_of
from tests.tui.keyboard import MovedClock
from tests.tui.people import TODAY, adopted, as_victim, mark, top
from tests.tui.places import ranked, something_happened
from tui.session import Session
from tui.views.activity import ActivityView
from tui.views.base import View
from tui.views.cohorts import CohortsView
from tui.views.column import ListColumn, SortValue, in_order
from tui.views.counts import CountsView
from tui.views.disagreement import DisagreementSource, DisagreementView
from tui.views.fly_tip import PlanView
from tui.views.history import HistoryView, PersonHistoryView
from tui.views.list_head import HeadWords, in_lines
from tui.views.loop import LoopView
from tui.views.night import NightView
from tui.views.performance import PerformanceView
from tui.views.qualifying import QualifyingView
from tui.views.ranked import RankedSource
from tui.views.registry import SOURCE, WHY, view_named, why_view
from tui.views.source import Lines, Record, Source
from tui.views.timeline import TimelineView
from tui.views.ward import WardHistoryView, WardPeopleView
from tui.views.why import AllegationsView, CategoriesView
from tui.views.why_action import UpdatesView
from tui.views.why_composite import PartsView
from tui.views.why_incident import CountView, IncidentView
from tui.views.why_journal import JournalView, LoopRowsView
from tui.views.why_measure import ReportsView, ReturnsView
from tui.views.why_rule import RuleView
from tui.widgets.columns import lay_out, row_segments, widest
from tui.widgets.figures import TOO_WIDE


@dataclass(frozen=True)
class Room:
    """A daily meeting in the synthetic London, and what some views are about."""

    session: Session
    person: Subject
    ward: Subject
    site: Subject
    action: Subject


def _point(_day: int | None) -> None:
    """Nothing is pointed at."""


def _apart(room: Room) -> DisagreementView:
    session = room.session
    assert session.run_id is not None
    return DisagreementView(
        session, rankings.run(session.store, session.run_id), RankingRequest(TODAY, method="rfh"), 3
    )


def first_of(view: View) -> Record:
    """The first row of a list."""
    source = view.read()[0]
    return source.record(source.order(None, False, "")[0])


ABOUT: dict[type[View], Callable[[Room], View]] = {
    AllegationsView: lambda room: AllegationsView(room.session, Record(room.person)),
    DisagreementView: _apart,
    CategoriesView: lambda room: CategoriesView(room.session, Record(room.ward)),
    HistoryView: lambda room: HistoryView(room.session, Record(room.person), ""),
    PersonHistoryView: lambda room: PersonHistoryView(room.session, Record(room.person), ""),
    PlanView: lambda room: PlanView(room.session, Record(room.site), ""),
    QualifyingView: lambda room: QualifyingView(room.session, "dauntless"),
    TimelineView: lambda room: TimelineView(room.session, room.person, _point),
    IncidentView: lambda room: IncidentView(room.session, first_of(NightView(room.session))),
    CountView: lambda room: CountView(room.session, first_of(CountsView(room.session))),
    JournalView: lambda room: JournalView(room.session, Record(room.site)),
    LoopRowsView: lambda room: LoopRowsView(room.session, first_of(LoopView(room.session))),
    PartsView: lambda room: PartsView(room.session, Record(room.ward)),
    ReportsView: lambda room: ReportsView(room.session, first_of(PerformanceView(room.session))),
    ReturnsView: lambda room: ReturnsView(room.session, first_of(ActivityView(room.session))),
    RuleView: lambda room: RuleView(room.session, first_of(CohortsView(room.session))),
    UpdatesView: lambda room: UpdatesView(room.session, Record(room.action)),
    WardHistoryView: lambda room: WardHistoryView(room.session, Record(room.ward), ""),
    WardPeopleView: lambda room: WardPeopleView(room.session, room.ward),
}
"""How the views are made that need more than the session."""


def _views() -> list[type[View]]:
    modules = [import_module(f"tui.views.{module.name}") for module in iter_modules(tui.views.__path__)]
    views = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, View) and value.__module__ == module.__name__
    }
    return sorted((view for view in views if view.read is not View.read), key=lambda view: view.__name__)


@pytest.fixture(scope="module")
def room(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("columns")
    clock = MovedClock(at_clock(AS_OF, 9))
    with closing(open_store(Path(shutil.copy(london, folder / "london.db")), CHAIR, clock)) as store:
        session = Session(store, CHAIR, AS_OF, "daily", clock, folder)
        session.meeting = meetings.open_meeting(store, "daily", CHAIR, AS_OF)
        session.run_id = session.meeting.run_id
        yield _furnished(session)


def _furnished(session: Session) -> Room:
    """Actions, decisions, markers and comments, so that every list has rows of every kind."""
    store, entry, composite = session.store, top(session.store)[0], ranked(session.store)[0].ward
    person = Subject("person", entry.person, entry.name)
    ward = Subject("ward", composite.ward_code, composite.ward)
    as_victim(store, person.ref)
    mark(store, person.ref, "order", "SHPO", -200, 9)
    mark(store, person.ref, "breach", "SHPO", -6, None)
    adopted(store, "dauntless-plus", person.ref, since=-20, review=-1)
    for about in (person, ward):
        due = session.now() + timedelta(days=2)
        actions.raise_actions(store, [about], "Go", "Ward team", due, meeting_id=session.meeting_id)
        decisions.decide(
            store, [(about, {"rank": "1"})], "Yes", "So it is", decided_by=CHAIR, meeting_id=session.meeting_id,
            item="next",
        )  # fmt: skip
    week = focus.weeks(store)[0]
    focus_comments.comment(
        store, ward_code=week.ward_code, week_id=week.id, councillor="Cllr A", words="Lights", nominates="The park"
    )
    something_happened(store)
    incident_series.accept_series(store, ["N1", "X1"], "One weapon", accepted_by=CHAIR, meeting_id=session.meeting_id)
    number = actions.open_actions(store, session.now())[0].id
    actions.carry_actions(store, [number], session.now() + timedelta(days=1), "Later")
    actions.escalate(store, [number], "weekly", "No unit is free")
    site = next(site for site in fly_tips.sites(store, TODAY) if site.steps)
    return Room(
        session, person, ward, Subject("site", str(site.id), site.place), Subject("action", str(number), "an action")
    )


@pytest.fixture
def source(room: Room, view: type[View]) -> Source:
    made = ABOUT[view](room) if view in ABOUT else view(room.session)
    return made.read()[0]


pytestmark = pytest.mark.in_turn("view", 4)
"""Every test tries half of the views, each other test the other half; with --whole all."""
every_view = pytest.mark.parametrize("view", _views(), ids=lambda view: view.__name__)


def test_the_views_of_the_agendas_are_among_them() -> None:
    assert {view_named(name) for name in agenda_views()} <= set(_views())


@every_view
def test_every_column_shows_every_row(source: Source) -> None:
    columns = source.columns
    assert all(isinstance(column, ListColumn) for column in columns)
    assert len({column.key for column in columns}) == len(columns) > 0
    keys = source.order(None, False, "")
    rows = source.cells(keys)
    assert len(rows) == source.total() > 0
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert [type(cell) in (str, Text) for cell in row] == [True] * len(columns)
    assert all(isinstance(source.record(key), Record) for key in keys[:20])


@every_view
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_by_its_value_blanks_last(source: Source, descending: bool) -> None:
    keys = sorted(source.order(None, False, ""))
    for index, column in enumerate(source.columns):
        order = source.order(column.key, descending, "")
        assert sorted(order) == keys, column.key
        if isinstance(source, Lines):
            values = [source.line(key).sort_value(index) for key in order]
            assert values == _sorted(values, descending), column.key


@every_view
def test_a_column_that_the_store_sorts_by_is_known_to_it(source: Source) -> None:
    if isinstance(source, RankedSource):
        assert {column.key for column in source.columns if not column.picture} <= set(rankings.SORTS)
    elif isinstance(source, DisagreementSource):
        here = {column.key for column in source.columns if column.sort is not None}
        assert {column.key for column in source.columns} <= here | {"why"} | set(rankings.SORTS)
    else:
        assert isinstance(source, Lines)


NUMBERS = re.compile(r"[-+£]?[\d,.]*\d[\d,.%]*(?: ?[A-Za-z]{1,2})?")
LARGE = ("1,085,710", "+12,345 S", "677,512-1,085,900", "12,345.67")
WIDTHS = range(40, 201, 5)


@every_view
def test_a_column_of_numbers_is_known_as_one(source: Source) -> None:
    rows = source.cells(source.order(None, False, ""))
    for index, column in enumerate(source.columns):
        cells = [str(row[index]) for row in rows if str(row[index])]
        if cells and all(NUMBERS.fullmatch(cell) for cell in cells) and column.key != "ref":
            assert column.whole, f"{column.key}: put it on the right, or say what it is sorted by"


@every_view
def test_no_number_is_cut_at_any_width(source: Source) -> None:
    columns = source.columns
    real = source.cells(source.order(None, False, "")[:16])
    made = [[large if column.whole else "Words 12,345 and more words" for column in columns] for large in LARGE]
    rows = [*made, *real]
    needs, console = widest(columns, rows), Console()
    for width in WIDTHS:
        placed = lay_out(columns, width, needs)
        assert sum(shown.width + 1 for shown in placed) - 1 <= width, "the list is no wider than its room"
        for row, shown in product(rows, placed):
            cell = "".join(one.text for one in row_segments([shown], row, Style(), console))
            if any(character.isdigit() for character in str(row[shown.place])):
                assert not (shown.column.whole and "…" in cell), (width, shown.column.key, cell)
            assert not re.search(r"\d…", cell), (width, shown.column.key, cell)


@every_view
@pytest.mark.parametrize("width", [57, 77, 117])
def test_what_the_demo_holds_fits_without_a_filled_cell(source: Source, width: int) -> None:
    rows = source.cells(source.order(None, False, "")[:640])
    placed, console = lay_out(source.columns, width, widest(source.columns, rows)), Console()
    for row, shown in product(rows, placed):
        cell = "".join(one.text for one in row_segments([shown], row, Style(), console))
        assert set(cell.strip()) != {TOO_WIDE}, (shown.column.key, str(row[shown.place]))


def _sorted(values: Sequence[SortValue], descending: bool) -> list[SortValue]:
    numbers = sorted((value for value in values if isinstance(value, int | float)), reverse=descending)
    words = [value for value in values if isinstance(value, str) and value]
    words.sort(key=str.casefold, reverse=descending)
    blank = [value for value in values if value is None or value == ""]
    return [*words, *numbers, *blank] if descending else [*numbers, *words, *blank]


def test_equal_rows_keep_their_order_and_words_are_sorted_in_any_case() -> None:
    rows: list[tuple[int, SortValue]] = [(1, "b"), (2, None), (3, "B"), (4, "a"), (5, ""), (6, 10), (7, 9.5), (8, 0)]
    up = [number for number, _ in in_order(rows, lambda row: row[1], False)]
    down = [number for number, _ in in_order(rows, lambda row: row[1], True)]
    assert up == [8, 7, 6, 4, 1, 3, 2, 5]
    assert down == [1, 3, 4, 6, 7, 8, 2, 5]


def test_a_column_sorts_by_its_words_where_nothing_else_is_said() -> None:
    column: ListColumn[str] = ListColumn("name", "name", 5, show=lambda row: Text(row, style="bold"))
    assert column.sort_value("Ward") == "Ward"
    assert ListColumn("name", "name", 5, show=lambda row: str(row)) == column, "they look alike"


def test_cells_are_made_for_the_rows_that_are_asked_for() -> None:
    shown: list[int] = []

    def show(row: int) -> str:
        shown.append(row)
        return str(row)

    column: ListColumn[int] = ListColumn("n", "n", 3, show=show, sort=lambda row: -row)
    lines = Lines.of([column], range(100), key=lambda row: row, record=lambda row: Record(Subject("n", str(row), "")))
    assert list(lines.order("n", False, ""))[:2] == [99, 98]
    assert shown == []
    assert lines.cells([5, 7]) == [["5"], ["7"]]
    assert shown == [5, 7]
    assert list(lines.order(None, False, "98")) == [98]
    assert list(lines.order(None, False, "9")) == [9], "a number is looked for as a whole"
    assert len(shown) == 102, "the words are kept for the next letter"


@every_view
def test_w_ends_at_a_line_of_a_file_or_at_an_entry_of_the_journal(room: Room, view: type[View]) -> None:
    made = ABOUT[view](room) if view in ABOUT else view(room.session)
    source = made.read()[0]
    if SOURCE in {column.key for column in view.columns}:
        _ends(source)
        return
    assert "act.why" in {binding.id for binding in bindings_of(view)}, "its rows do not answer to w"
    asked: dict[str, Record] = {}
    for key in source.order(None, False, ""):
        record = source.record(key)
        assert record.behind in WHY, f"nothing is behind {record.subject}"
        asked.setdefault(record.behind, record)
    for behind, record in asked.items():
        _ends(why_view(behind)(room.session, record).read()[0])


ENDS = re.compile(r"entry \d+|\S:\d+|^\d+(, \d+)*$")


def _ends(source: Source) -> None:
    """Every row says where it was read; a part of a score that is not known has been read nowhere."""
    place = [column.key for column in source.columns].index(SOURCE)
    cells = [str(row[place]) for row in source.cells(source.order(None, False, ""))]
    assert all(ENDS.search(cell) or cell in NOWHERE_READ for cell in cells), cells


MOST_LINES = {80: 3, 120: 2}
"""How many lines of the screen the words above a list may take, by the width of the screen."""


@every_view
@pytest.mark.parametrize("width", MOST_LINES)
def test_the_words_above_a_list_are_whole_and_few(room: Room, view: type[View], width: int) -> None:
    made = ABOUT[view](room) if view in ABOUT else view(room.session)
    made.source, heading = made.read()
    words = heading if isinstance(heading, str) else heading(made.source.order(None, False, ""))
    head = HeadWords(words, made.noun, total=1_234, below=made.below())
    lines = in_lines(head.text, Console(width=width), width - 2)
    assert " ".join(" ".join(line.plain for line in lines).split()) == " ".join(head.text.plain.split())
    assert all(line.cell_len <= width - 1 for line in lines)
    assert len(lines) <= MOST_LINES[width], f"shorten: {head.text.plain}"


NOWHERE_READ = ("none", SHIPPED)
"""What stands for a figure that is not known, and for one of a table that ships with the program."""

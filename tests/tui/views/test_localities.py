"""BCU and borough: every list whose rows have a place shows them, filters by them and is narrowed to one by a key.

The walk goes by what is declared: a new list has the two columns, or is named here with the reason why not.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.geography import bcu_of, bcus
from core.meetings import views
from db import actions, deployments, localities, rankings
from db.actions import Subject
from db.store import Store
from tests.tui.declared import classes
from tests.tui.keyboard import Chair, MakeApp, seated
from tests.tui.people import top
from tests.tui.places import something_happened
from tui.dialogs.pick import Pick
from tui.views.base import View
from tui.views.list_head import FilterLine
from tui.views.localities import BCU, BOROUGH, has_localities
from tui.views.registry import view_named

NO_PLACE = {
    "ActivityView": "a row is a measure, with a column for each BCU",
    "AttendanceView": "roles",
    "BidsView": "bids",
    "DecisionsView": "decisions, each about a record with a place of its own",
    "PromisesView": "what a meeting promised, by action, decision and deployment",
    "LoopView": "what came of promises, by week, owner and item",
    "SeriesView": "several incidents, each with a place of its own",
    "MeetingsView": "meetings",
    "PerformanceView": "measures of London",
    "ReadbackView": "entries of the record",
    "CategoriesView": "the records behind a ward",
    "UpdatesView": "the updates of an action",
    "HistoryView": "what was done about one record",
    "PersonHistoryView": "what was done about one person",
    "WardHistoryView": "what was done about one ward",
    "CountView": "the lines that one count of a night is made of",
    "CountsView": "counts of the night of one scope, by kind",
    "AboutView": "what is behind one row",
    "SubjectView": "what is behind one subject",
    "AboutSubjectView": "what is behind one person or one ward",
    "IncidentView": "the lines that tell of one incident",
    "LoopRowsView": "the entries of the journal behind one line of the loop",
    "JournalView": "the entries of the journal about one record",
    "PartsView": "the parts of the score of one ward",
    "ReportsView": "the reports that one figure counts",
    "ReturnsView": "the returns that one figure adds up, with the BCU of each",
    "RuleView": "what makes one person meet a rule",
    "PlanView": "the steps of one site",
    "TimelineView": "the year of one person",
}
"""Lists whose rows have no place of their own."""
AGENDA = [name for name in views() if has_localities(view_named(name).columns)]


def test_every_list_has_both_columns_or_says_why_not() -> None:
    lists = [kind for kind in classes(View) if issubclass(kind, View) and kind is not View]
    bare = {kind.__name__ for kind in lists if not has_localities(kind.columns)}
    by_methods = {"DisagreementView"}  # its columns are made for two methods; walked below
    assert bare - by_methods <= set(NO_PLACE), "a list without BCU and borough must say why"
    assert {
        "night",
        "tension",
        "suspects",
        "cohorts",
        "wards",
        "priority",
        "officers",
        "focus",
        "fly_tips",
        "deployments",
        "actions",
    } == set(AGENDA)


_LOOKED_AT = 60


def shown(chair: Chair, key: str) -> list[str]:
    """What the first rows of the list show in a column, fetched at once."""
    view = chair.view()
    place = [column.key for column in view.source.columns].index(key)
    return [str(row[place]) for row in view.source.cells(view.records.keys[:_LOOKED_AT])]


async def _narrows(chair: Chair, way: str) -> None:
    """b begins at the BCU of the row under the cursor and narrows to it, together with the filter; b shows all."""
    view = chair.view()
    records, every = view.records, view.records.count
    row = next(row for row, code in enumerate(shown(chair, BCU)) if code)
    records.move_to_key(records.keys[row])
    code, borough = shown(chair, BCU)[row], shown(chair, BOROUGH)[row]
    await chair.press("list.locality")
    assert isinstance(chair.app.screen, Pick)
    await chair.keys("enter")
    count = records.count
    assert chair.heading().startswith(f" {code}: {count:,} of {view.source.total():,} "), way
    assert set(shown(chair, BCU)) == {code}, way
    line = view.query_one(FilterLine)
    line.value = borough.partition(" ")[0]
    await chair.settled()
    assert 0 < records.count <= count, f"{way}: together with the filter"
    assert set(shown(chair, BCU)) == {code}
    line.value = ""
    await chair.press("list.locality")
    assert records.count == every, f"{way}: b again shows all"
    line.value = code
    await chair.settled()
    assert records.count == count, f"{way}: /{code} finds the BCU and nothing else"


async def test_esc_takes_the_filter_then_the_place_then_goes_back(make_app: MakeApp) -> None:
    async with seated(make_app(view="deployments")) as chair:
        await chair.settled()
        every = chair.view().records.count
        await chair.press("list.locality")
        await chair.keys("down", "enter")
        narrowed = chair.view().records.count
        await chair.press("list.filter")
        await chair.keys("q", "x", "enter")
        assert chair.view().records.count == 0
        await chair.keys("escape")
        assert chair.view().records.count == narrowed < every
        await chair.keys("escape")
        assert chair.view().records.count == every


@pytest.mark.parametrize("name", AGENDA)
async def test_every_list_with_places_is_narrowed(name: str, make_app: MakeApp, city: Store) -> None:
    person = top(city)[0]
    actions.raise_actions(city, [Subject("person", person.person, person.name)], "Visit", "x", city.now())
    something_happened(city)
    async with seated(make_app(view=name), size=(120, 30)) as chair:
        await chair.settled()
        if not chair.view().records.count:
            assert name == "officers"
            await chair.press("officers.place")
            await chair.fill()
        await _narrows(chair, name)


async def test_the_lists_of_pages_are_narrowed_too(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(120, 30)) as chair:
        await chair.press("list.disagree")
        await chair.fill()
        await _narrows(chair, "disagreement")
    async with seated(make_app(view="cohorts"), size=(120, 30)) as chair:
        await chair.press("cohort.qualify")
        await chair.keys("j", "j", "enter")
        await chair.settled()
        await _narrows(chair, "qualifying")


async def test_nw_finds_the_bcu_and_not_greenwich_and_small_letters_are_text(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects"), size=(120, 30)) as chair:
        found = {}
        for typed in ("NW", "bcu:nw", "nw"):
            chair.view().query_one(FilterLine).value = typed
            await chair.settled()
            found[typed] = chair.view().records.count
            if typed != "nw":
                assert set(shown(chair, BCU)) == {"NW"}
        assert found["NW"] == found["bcu:nw"] < found["nw"], "Greenwich and Nwosu hold the letters, too"


def test_the_store_narrows_the_ranked_as_the_rule_says(city: Store) -> None:
    head = rankings.latest_run(city)
    assert head is not None
    entries = [
        entry
        for start in range(1, head.people + 1, 1000)
        for entry in rankings.entries_at(city, head.id, range(start, start + 1000)).values()
    ]
    whole = 0
    for code in bcus():
        found = rankings.order(city, head.id, within=code)
        assert list(found) == [entry.position for entry in entries if bcu_of(entry.borough) == code]
        assert found == rankings.order(city, head.id, needle=code)
        whole += len(found)
    assert whole <= head.people
    assert list(rankings.order(city, head.id, within="Brent", needle="SE")) == [], "both must hold"
    by_bcu = [bcu_of(entry.borough) for entry in _at(city, head.id, rankings.order(city, head.id, "bcu"))]
    assert by_bcu == sorted(by_bcu)


def _at(store: Store, run_id: int, positions: Sequence[int]) -> list[rankings.Ranked]:
    keys = list(positions)[:2000]
    page = rankings.entries_at(store, run_id, keys)
    return [page[key] for key in keys]


def test_the_place_of_a_person_is_the_same_in_every_list(city: Store) -> None:
    people = top(city)[:50]
    head = rankings.latest_run(city)
    assert head is not None
    of_run = localities.of_people(city, head.id, [one.person for one in people])
    assert {ref: where.borough for ref, where in of_run.items()} == {one.person: one.borough for one in people}
    of_records = localities.of_people(city, None, [one.person for one in people])
    assert set(of_records) == set(of_run), "who is in no run has the place of the latest allegation"
    assert localities.of_people(city, head.id, ["no one"]) == {}


def test_an_action_is_where_what_it_is_about_is(city: Store) -> None:
    [unit] = [one for one in deployments.units(city) if one.ward][:1]
    person = top(city)[0]
    about = {
        "unit": Subject("unit", unit.unit, unit.unit),
        "ward": Subject("ward", unit.ward_code, unit.ward),
        "person": Subject("person", person.person, person.name),
        "meeting": Subject("meeting", "1", "Grip & Pace"),
    }
    head = rankings.latest_run(city)
    where = localities.of_subjects(city, head.id if head else None, set(about.values()))
    assert where[about["unit"]] == where[about["ward"]] == (unit.on.bcu if unit.on else "", unit.borough)
    assert where[about["person"]].borough == person.borough
    assert where[about["meeting"]] == ("", "")

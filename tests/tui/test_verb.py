"""Verbs: whatever is declared of one holds. The tests walk the declarations, so a new verb is tested by being there."""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.screen import ModalScreen

from core.days import at_clock
from core.meetings import views
from core.templates import agendas
from db import composite, deployments, officers
from db.composite_weights import weights_of
from db.store import Store, open_store
from tests.db.sending import deploy
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.declared import bindings_of, classes, declared, keys_of
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tests.tui.places import something_happened
from tui.app import TaskingApp
from tui.commands import FILTER, HELP, LEAVE, MORE, ROWS, TO_ITEM, TO_VIEW, UNDO, Foot
from tui.screens.base import RoomScreen
from tui.screens.room import MeetingRoom
from tui.verb import VERBS, Rows, Verb, verb_named, verbs
from tui.verbs.context import function_of
from tui.views.base import View
from tui.views.registry import view_named
from tui.widgets.record_list import RecordList

_PRESSES = re.compile(r"verb\('(\w+)'\)")
LAYERED = {"escape"}
"""Escape goes back by one step, whatever the step is."""
ON_PAGES = {"finish_step", "export", "addendum"}
"""Verbs that no view of an agenda has; the tests of their pages press them."""


@cache
def bound(kind: type[DOMNode]) -> set[str]:
    """The names of the verbs that a class binds."""
    return {found[1] for binding in bindings_of(kind) if (found := _PRESSES.fullmatch(binding.action))}


def home(verb: Verb) -> str | None:
    """The first view of the agendas that has a verb."""
    return next((name for name in views() if verb.name in bound(view_named(name))), None)


HOMES = {name: [verb for verb in VERBS if home(verb) == name] for name in views()}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_function_carries_out_every_verb(verb: Verb) -> None:
    (context,) = inspect.signature(function_of(verb)).parameters.values()
    assert context.name == "context"
    assert inspect.getmodule(function_of(verb)).__name__ == f"tui.verbs.{verb.does.split('.')[0]}"  # type: ignore[union-attr]


def test_every_public_function_of_a_verb_module_that_takes_a_context_is_declared() -> None:
    from importlib import import_module

    declared_functions = {verb.does for verb in VERBS}
    for module in {verb.does.split(".")[0] for verb in VERBS}:
        for name, function in inspect.getmembers(import_module(f"tui.verbs.{module}"), inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if takes == ["context"] and not name.startswith("_"):
                assert f"{module}.{name}" in declared_functions


def test_names_are_unique() -> None:
    for first, second in combinations(VERBS, 2):
        assert first.name != second.name
        assert first.known_as != second.known_as
        assert first.does != second.does


def test_every_declared_verb_is_bound_and_every_bound_verb_is_declared() -> None:
    names = {found[1] for _, binding in declared() if (found := _PRESSES.fullmatch(binding.action))}
    assert names == {verb.name for verb in VERBS}
    with pytest.raises(KeyError):
        verbs("dance")


def test_what_is_bound_is_what_is_declared() -> None:
    for _, binding in declared():
        if found := _PRESSES.fullmatch(binding.action):
            verb = verb_named(found[1])
            assert (binding.key, binding.description, binding.tooltip) == (verb.key, verb.label, verb.help)
            assert (binding.id, binding.group) == (verb.known_as, verb.foot)


@pytest.mark.parametrize("kind", [*classes(View), *classes(RoomScreen)], ids=lambda kind: kind.__name__)
def test_no_two_commands_of_a_view_share_a_key_nor_one_with_the_room(kind: type[DOMNode]) -> None:
    around: list[type[DOMNode]] = [RecordList, MeetingRoom, TaskingApp] if issubclass(kind, View) else [TaskingApp]
    claimed: dict[str, str | None] = {}
    for owner in [kind, *around]:
        for binding in bindings_of(owner):
            for key in keys_of(binding) - LAYERED:
                assert claimed.setdefault(key, binding.id) == binding.id, f"{key}: {claimed[key]}, {binding.id}"


def test_a_verb_that_needs_no_row_is_never_dimmed_and_handles_none() -> None:
    for verb in VERBS:
        assert verb.enabled(has_rows=True)
        assert verb.enabled(has_rows=False) == (verb.rows is Rows.NONE)
        assert not (verb.handles_rows and verb.stays)


def test_a_sealed_meeting_allows_these_verbs_and_no_more() -> None:
    """Said here once more, so that no verb is allowed by a slip: one that asks first is not seen to write by a walk."""
    assert {verb.name for verb in VERBS if verb.reads} == {
        "why", "papers", "papers_held", "live_minutes", "compare", "timeline", "disagree", "as_shown",
    }  # fmt: skip
    assert {verb.name for verb in VERBS if verb.after_seal} == {"export", "addendum"}


def test_the_foot_has_an_order() -> None:
    order = [ROWS, TO_ITEM, TO_VIEW, FILTER, UNDO, HELP, LEAVE, MORE]
    assert [foot.place for foot in order] == list(range(len(order)))
    for _, binding in declared():
        assert isinstance(binding.group, Foot) or not binding.show, binding.id


@pytest.fixture(scope="module")
def busy(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic London in which there is something for every verb to be done to."""
    path = Path(shutil.copy(london, tmp_path_factory.mktemp("busy") / "london.db"))
    with closing(open_store(path, CHAIR, MovedClock(at_clock(AS_OF, 9)))) as store:
        place_everywhere(store)
        something_happened(store)
        ask_for_a_unit(store)
    return path


@pytest.fixture
def city(tmp_path: Path, busy: Path, moved: MovedClock) -> Iterator[Store]:
    """This test's own copy."""
    with closing(open_store(Path(shutil.copy(busy, tmp_path / "london.db")), CHAIR, moved)) as store:
        yield store


def _way_to(name: str) -> tuple[str, list[str]]:
    """A meeting that has a view, and what is pressed to see it there; the view itself where none has."""
    for kind in ("weekly", "daily"):
        for number, item in enumerate(agendas()[kind].items, 1):
            if name in item.views:
                return kind, [f"meeting.item_{number}", *["meeting.view"] * item.views.index(name)]
    return name, []


def _walks() -> dict[str, list[tuple[str, list[str]]]]:
    """Each meeting with those views that are walked in it, and what is pressed to see each; a view of none is alone."""
    walks: dict[str, list[tuple[str, list[str]]]] = {}
    for name in (name for name, found in HOMES.items() if found):
        kind, way = _way_to(name)
        walks.setdefault(kind, []).append((name, way))
    return walks


_WALKS = _walks()


@pytest.mark.parametrize("kind", _WALKS)
async def test_a_verb_asks_reads_and_writes_as_it_says(kind: str, make_app: MakeApp, city: Store) -> None:
    app = make_app(kind) if kind in agendas() else make_app(view=kind)
    async with seated(app, size=(120, 40)) as chair:
        if kind in agendas():
            await chair.press("meeting.item_1", "roll.call")  # the read-back is empty until something was done
        for name, way in _WALKS[kind]:
            await chair.press(*way)
            assert chair.view().name_in_record == name
            for verb in HOMES[name]:
                await _walk(chair, verb, city)
            if way:  # each item shows its first view when it is left and seen again as it was left
                item = next(item for item in agendas()[kind].items if name in item.views)
                await chair.press(*["meeting.view"] * (-item.views.index(name) % len(item.views)))


async def _walk(chair: Chair, verb: Verb, city: Store) -> None:
    before = len(entries(city))
    await _press(chair, verb)
    assert not _refused(chair), f"{verb.name}: {chair.toasts()[-1]}"
    assert isinstance(chair.app.screen, ModalScreen) == verb.asks, verb.name
    assert (len(entries(city)) > before) == (not verb.reads and not verb.asks), verb.name
    while not isinstance(chair.app.screen, MeetingRoom):
        chair.app.pop_screen()
        await chair.settled()
    if len(entries(city)) > before:
        await chair.press("room.undo")
    chair.app.clear_notifications()


def test_the_verbs_of_pages_alone_are_few() -> None:
    assert {verb.name for verb in VERBS if home(verb) is None} == ON_PAGES


def place_everywhere(store: Store) -> None:
    """Place extra officers so that there is room for one more, and one fewer, in some ward."""
    figures = composite.parts(store)
    officers.keep(store, officers.proposed(figures, weights_of(store), "harm", 300), CHAIR)


def ask_for_a_unit(store: Store) -> None:
    """Ask for a unit that is not ours to send, so that there is something to answer."""
    unit = next(unit for unit in deployments.units(store) if unit.whom)
    now = store.now()
    deploy(store, unit.id, "E05013806", "joint operation", now, now + timedelta(hours=4), why="asked here")


async def _press(chair: Chair, verb: Verb) -> None:
    """Press a verb with as many rows marked as it takes, on the first row that it can be done to."""
    if verb.rows is Rows.TWO:
        await chair.press("list.mark", "list.mark")
    await chair.press("list.first", verb.known_as)
    for _ in range(chair.view().records.count if isinstance(chair.app.screen, MeetingRoom) else 0):
        if not _refused(chair):
            break
        chair.app.clear_notifications()
        await chair.press("list.down", verb.known_as)


def _refused(chair: Chair) -> bool:
    return any(toast.severity == "error" for toast in chair.app._notifications)


async def test_a_sealed_meeting_refuses_every_verb_that_writes_and_no_other(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_7", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", "meeting.item_4")
        before = len(entries(city)), len(entries(city, "clock"))
        here = bound(type(chair.view()))
        for verb in (verb for verb in VERBS if not verb.when_sealed or verb.name in here):
            chair.app.clear_notifications()
            chair.view().post_message(View.VerbPressed(verb, chair.view()))
            await chair.settled()
            refused = any(words.startswith("Sealed at 09:00") for words in chair.toasts())
            assert refused != verb.reads, verb.name
            assert verb.reads or isinstance(chair.app.screen, MeetingRoom), verb.name
            while not isinstance(chair.app.screen, MeetingRoom):
                chair.app.pop_screen()
                await chair.settled()
        assert (len(entries(city)), len(entries(city, "clock"))) == before
        assert "act.action" in chair.commands()

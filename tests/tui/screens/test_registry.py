"""Pages: each is registered once, and whatever asks for one names one that is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui
from db.actions import Subject
from tests.tui.declared import classes
from tests.tui.keyboard import MakeApp, seated
from tui.opening import OF_SUBJECTS, Open
from tui.screens.base import RoomScreen
from tui.screens.map import MapPage
from tui.screens.page import FactsPage, Page, SubjectPage
from tui.screens.registry import PAGES, NamedPage, page_behind, page_named
from tui.screens.room import MeetingRoom
from tui.views.base import View
from tui.views.registry import WHY, why_view
from tui.views.source import Record

BASES = {RoomScreen, Page, FactsPage, SubjectPage, MeetingRoom}
"""Screens that are no page of their own."""


def asked_for() -> Iterator[tuple[str, str]]:
    """The name of every page that some module asks for, and the module."""
    for path in Path(tui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Open":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    yield str(name.value), path.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_there(page: NamedPage) -> None:
    made_by = page.load()
    assert isinstance(made_by, type)
    assert issubclass(made_by, RoomScreen)
    assert page_named(page.name) is page


def test_every_page_is_registered() -> None:
    assert {page.load() for page in PAGES} == set(classes(RoomScreen)) - BASES


def test_whatever_is_asked_for_is_registered_and_every_page_is_asked_for() -> None:
    names = dict(asked_for())
    assert names.keys() <= {page.name for page in PAGES}
    assert {page.name for page in PAGES if not page.of_subject} <= names.keys()


def test_what_enter_opens() -> None:
    assert {page.name for page in PAGES if page.of_subject} == set(OF_SUBJECTS)
    person, ward = Record(Subject("person", "P1", "SURNAME, A")), Subject("ward", "E05000001", "A ward")
    assert page_behind(person) == Open("person", (person,))
    assert page_behind(Record(Subject("action", "1", "Go"), opens=ward)) == Open("ward", (Record(ward),))
    for kind in ("unit", "map", "why", "compare"):
        assert page_behind(Record(Subject(kind, "1", "one"))) is None


@pytest.mark.parametrize("kind", WHY)
def test_the_records_behind_a_subject_have_a_view(kind: str) -> None:
    made_by = why_view(kind)
    assert isinstance(made_by, type)
    assert issubclass(made_by, View)


async def test_the_map_never_stands_on_itself(make_app: MakeApp) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.press("wards.map", "map.open", "wards.map")
        assert isinstance(chair.app.screen, MapPage)
        assert sum(isinstance(screen, MapPage) for screen in chair.app.screen_stack) == 1

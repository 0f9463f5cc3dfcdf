"""A field of an action is declared once: papers, the list and the forms say the same of it."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from core.actions import OWNERS
from db import actions, meetings, papers
from db.actions import FIELDS, ActionView, Subject
from db.store import Store
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MakeApp, MovedClock
from tui.verbs.actions import form_fields
from tui.views.actions import ACTION_COLUMNS

LATER = {"result"}
"""What is asked when an action is closed."""


def test_minutes_have_a_column_for_every_field(city: Store, moved: MovedClock) -> None:
    meeting = meetings.open_meeting(city, "daily", CHAIR, AS_OF)
    due = moved() + timedelta(days=1)
    actions.raise_actions(city, [Subject("item", "next", "Next")], "Go", OWNERS[0], due, meeting_id=meeting.id)
    [action] = actions.raised_in(city, meeting.id, moved())
    lines = papers.minutes(city, meeting, moved()).splitlines()
    heads = lines[lines.index("## New actions, read back") + 2]
    row = lines[lines.index("## New actions, read back") + 4]
    assert heads == "| No. | RAG | About | Action | Owner | Due | Status | Result |"
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [field.words(action) for field in FIELDS.values()]


def test_the_list_heads_its_columns_as_the_papers_do() -> None:
    columns = {column.key: column.title for column in ACTION_COLUMNS}
    assert {"no", "rag", "subject", "action", "owner", "due"} <= columns.keys()
    assert {key: title for key, title in columns.items() if key in FIELDS} == {
        key: field.title for key, field in FIELDS.items() if key in columns
    }


def test_forms_ask_for_every_field_that_has_a_label(make_app: MakeApp) -> None:
    asked = {field.key: field.label for field in form_fields(make_app().session, "Go", OWNERS[0], due="+24h")}
    assert asked == {key: field.label for key, field in FIELDS.items() if field.label and key not in LATER}
    written = {field.name for field in fields(ActionView)}
    assert asked.keys() - {"due"} <= written

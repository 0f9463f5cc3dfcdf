"""A force's own templates: files in a folder beside the store, read when they are asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound, Refused
from db import meetings, rankings, templates
from db.loading.importing import import_file
from db.store import Store
from tests.conftest import WriteExtract

OWN = """title = "Local"
minutes = 1
roles = ["Chair", "Partner"]
pool = "violent-crime"
names = ["suspects"]
[[items]]
key = "opening"
title = "Opening"
prompt = "Roll-call"
minutes = 1
views = ["attendance"]
"""


def write(store: Store, name: str, text: str) -> Path:
    folder = store.path.parent / templates.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / f"{name}.toml"


def test_a_meeting_is_held_by_a_template_of_one_s_own_as_it_was_then(store: Store) -> None:
    write(store, "local", OWN)
    assert templates.names(store.path)[-1] == "local"
    held = meetings.open_meeting(store, "local", "Chair", date(2026, 11, 21), scope="NW")
    write(store, "local", OWN.replace("Local", "Later").replace('names = ["suspects"]', "names = []"))
    again = meetings.meeting(store, held.id)
    assert (again.title, again.scope, again.agenda.pool) == ("Local", "NW", "violent-crime")
    assert (again.agenda.names, again.agenda.is_masked) == (("suspects",), False)
    assert [role.role for role in meetings.attendance(store, held.id)] == ["Chair", "Partner"]


def test_one_of_a_name_that_ships_goes_before_it_and_a_bad_one_stops_no_other(store: Store) -> None:
    write(store, "weekly", OWN)
    bad = write(store, "daily-2", OWN.replace("violent-crime", "gangs"))
    assert templates.template(store.path, "weekly").title == "Local"
    assert templates.template(store.path, "daily").title == "Grip & Pace"
    with pytest.raises(Refused) as refused:
        templates.template(store.path, "daily-2")
    assert refused.value.sentence.startswith(f"{bad}, line 4: there is no pool 'gangs'")


@pytest.mark.parametrize("name", ["moon", "../local", "", "Daily", "x" * 300])
def test_a_name_that_no_file_has_is_refused_with_those_there_are(store: Store, name: str) -> None:
    with pytest.raises(NotFound, match="daily, weekly, bcu-daily"):
        templates.template(store.path, name)


def test_what_is_no_text_or_no_file_is_refused(store: Store) -> None:
    file = write(store, "local", OWN)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not UTF-8"):
        templates.template(store.path, "local")
    file.unlink()
    file.mkdir()
    with pytest.raises(Refused, match="is no file"):
        templates.template(store.path, "local")


def test_a_template_says_what_the_meeting_ranks(store: Store, write_extract: WriteExtract) -> None:
    ranked = store
    import_file(store, write_extract([{"crime_ref": "1", "ho_code": "105/01"}, {"crime_ref": "2"}]))
    day = date(2026, 11, 21)
    daily, force = (meetings.open_meeting(ranked, kind, "Chair", day) for kind in ("daily", "task-force"))
    council = meetings.open_meeting(ranked, "council-focus", "Chair", day, scope="Harrow")
    assert daily.run_id
    assert force.run_id
    assert rankings.run(ranked, daily.run_id).pool == "vawg"
    assert rankings.run(ranked, force.run_id).pool == "violent-crime"
    assert council.run_id is None, "nobody is named in it"


def test_whose_a_meeting_is() -> None:
    from core.templates import agendas

    kinds = agendas()
    assert templates.scope_for(kinds["daily"], None) == "force"
    assert templates.scope_for(kinds["bcu-daily"], None) == "force"
    assert templates.scope_for(kinds["bcu-daily"], "nw") == "NW"
    with pytest.raises(NotFound):
        templates.scope_for(kinds["daily"], "moon")

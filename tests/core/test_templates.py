"""Templates of meetings: those that ship, and what is said of a file that is none (DOMAIN.md sections 2, 5, 7)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.meetings import Agenda
from core.templates import agendas, read

LINES = """title = "Local"
minutes = 5
roles = ["Chair"]
scope = "NW"
method = "rfg"
pool = "knife"
since = "24 hours"
names = []

[[items]]
key = "opening"
title = "Opening"
prompt = "Roll-call"
minutes = 2
views = ["attendance"]

[[items]]
key = "people"
title = "People"
prompt = "Movers"
minutes = 3
views = [
    "suspects",
    "cohorts",
]
""".splitlines()


def with_line(number: int, text: str) -> str:
    """The file with one line, from 1, in place of what stood there."""
    return "\n".join([*LINES[: number - 1], text, *LINES[number:]])


def test_those_that_ship() -> None:
    assert list(agendas()) == [
        "daily", "weekly", "bcu-daily", "bcu-weekly", "council-focus", "task-force", "v100-monthly",
    ]  # fmt: skip
    assert all(sum(item.minutes for item in one.items) == one.minutes for one in agendas().values())
    assert [name for name, one in agendas().items() if one.is_masked] == ["council-focus"]
    assert not {"suspects", "cohorts"} & agendas()["council-focus"].views
    force = agendas()["task-force"]
    assert (force.pool, force.scope, force.items[2].title) == ("violent-crime", "force", "Violence and knife crime")
    assert force.items[1].views == ("night", "counts", "tension", "series")
    assert [one.scope for one in agendas().values()].count("bcu") == 2


def test_a_file_of_a_force_s_own() -> None:
    own = read("\n".join(LINES), "local", "local.toml")
    assert (own.kind, own.title, own.minutes, own.scope, own.method, own.pool) == (
        "local", "Local", 5, "NW", "rfg", "knife",
    )  # fmt: skip
    assert own.items[1].views == ("suspects", "cohorts")
    assert own.is_masked
    assert own.looks_back == timedelta(hours=24)
    assert Agenda("x", "X", 1, (), ()).looks_back is None


@pytest.mark.parametrize(
    ("line", "written", "said"),
    [
        (23, '    "cohort",', "there is no view 'cohort'"),
        (15, 'views = ["moon"]', "there is no view 'moon'"),
        (15, "views = []", "views is a list"),
        (5, 'method = "best"', "there is no method 'best'. Use one of: v100"),
        (6, 'pool = "gangs"', "there is no pool 'gangs'. Use one of: vawg"),
        (4, 'scope = "moon"', "There is no scope 'moon'"),
        (7, 'since = "yesterday"', "since is 'yesterday'"),
        (8, 'names = ["everyone"]', "names is a list"),
        (2, "minutes = 6", "the items take 5 minutes together"),
        (2, "minutes = true", "minutes is 'True'"),
        (14, "minutes = 0", "minutes is '0'"),
        (1, "title = 7", "title is '7'"),
        (1, 'title = "\\u001b[31m"', "printable"),
        (3, 'roles = ["Chair", "Chair "]', "twice"),
        (18, 'key = "opening"', "'opening' is that of another item"),
        (18, 'key = "Two words"', "is none"),
        (9, "colour = 1", "'colour' is not known here"),
        (16, "colour = 1", "'colour' is not known here"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: int, written: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(with_line(line, written), "local", "templates/local.toml")
    sentence = refused.value.sentence
    assert sentence.startswith(f"templates/local.toml, line {line}: "), sentence
    assert said in sentence


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(Refused, match=r"not readable as TOML.*line 4"):
        read(with_line(3, "roles = ["), "local", "local.toml")
    with pytest.raises(Refused, match=r"\[\[items\]\] for each"):
        read("\n".join(LINES[:9]), "local", "local.toml")


@given(st.text(max_size=80), st.integers(1, len(LINES)))
def test_any_line_is_taken_or_refused(text: str, number: int) -> None:
    with suppress(Refused):
        read(with_line(number, text), "local", "local.toml")

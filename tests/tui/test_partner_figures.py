"""What a partner is told: of cohorts the figures of everyone and nothing of why, of ages that they are hidden.

It walks every cohort that is declared: a new one is held to it by being there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.backtest_words import Beside
from core.characteristics import AGE
from core.children import AGES_HIDDEN
from core.cohorts import COHORTS, Case, Cohort
from core.cohorts.cohort import BIRTH_DATE
from core.days import years_before
from core.incidents import COUNTED, OF_PEOPLE, YOUNG
from core.markers import Marker
from core.roles import ROLES, Rights
from core.small_counts import UNDER, is_small
from db import backtest_people, cohorts, markers, people, proportionality, users
from db.store import Store, access
from db.store.lens import HIDDEN
from tests.tui.conftest import AS_OF
from tui import exits
from tui.cli.stability import _who
from tui.main import app
from tui.night_shown import how_many_of, observed
from tui.small_counts import SMALL_COUNTS

DAY = AS_OF.toordinal()


@pytest.fixture(scope="module")
def whole(london: Path) -> Iterator[Store]:
    with closing(Store(london, "x")) as store:
        yield store


@pytest.fixture(scope="module")
def partner(london: Path) -> Iterator[Store]:
    with closing(Store(london, "x")) as store:
        store.rights = Rights("p", "", ROLES["partner"])
        yield store


@pytest.fixture(scope="module")
def cases(whole: Store) -> list[Case]:
    numbers = [number for (number,) in whole.read.rows("SELECT id FROM person ORDER BY id")]
    return [case for _, _, case in cohorts._cases(whole, numbers, markers.of_everyone(whole))]


@pytest.mark.parametrize("cohort", COHORTS.values(), ids=list(COHORTS))
def test_a_partner_is_told_the_figures_of_everyone(cohort: Cohort, whole: Store, partner: Store) -> None:
    true, told = cohorts.qualifying(whole, cohort, DAY), cohorts.qualifying(partner, cohort, DAY)
    assert [one.person for one in told] == [one.person for one in true]
    assert [[due.day for due in one.due] for one in told] == [[due.day for due in one.due] for one in true]
    assert [bool(one.fault) for one in told] == [bool(one.fault) for one in true]
    assert {one.name for one in told} <= {""}
    if cohort.reads:
        assert {one.sentence for one in told} <= {HIDDEN}
        assert {due.what for one in told for due in one.due} <= {HIDDEN}


def test_data_faults_are_those_of_everyone(whole: Store, partner: Store) -> None:
    assert cohorts.data_faults(partner, DAY) == cohorts.data_faults(whole, DAY)


def test_the_walk_meets_every_kind_of_rule(whole: Store) -> None:
    found = cohorts.qualifying_each(whole, COHORTS.values(), DAY)
    assert {"v100", "serial", "iom-flex", "mappa", "rso", "wanted-high-harm", "orders"} <= {
        key for key, those in found.items() if those
    }
    assert any(one.due for those in found.values() for one in those)


@pytest.mark.parametrize("cohort", COHORTS.values(), ids=list(COHORTS))
def test_a_rule_reads_what_it_says_that_it_reads(cohort: Cohort, cases: list[Case]) -> None:
    """What is declared decides what is hidden: a rule that read more would tell a partner of it."""
    for case in cases:
        shown = replace(
            case,
            born_on=case.born_on if BIRTH_DATE in cohort.reads else None,
            markers=tuple(one for one in case.markers if one.kind in cohort.reads),
        )
        assert cohort.qualifies(shown, DAY) == cohort.qualifies(case, DAY), case.ref
        if cohort.due is not None:
            assert cohort.due(shown, DAY) == cohort.due(case, DAY), case.ref


def test_a_birth_date_decides_and_is_not_told(whole: Store, partner: Store, cases: list[Case]) -> None:
    serial = COHORTS["serial"]
    [old, *_] = [case for case in cases if serial.qualifies(case, DAY) and case.born_on is not None]
    young = replace(old, born_on=years_before(DAY, 15))
    assert serial.qualifies(young, DAY) is None, "the rule goes by it"
    assert cohorts.case_of(partner, old.ref) == old
    assert people.person(partner, old.ref).born_on is None


def test_values_of_markers_are_shown_to_no_partner(whole: Store, partner: Store) -> None:
    found: dict[str, list[Marker]] = markers.of_everyone(whole)
    for ref in sorted(found)[:20]:
        assert markers.decisive(partner, ref) == markers.of_person(whole, ref)
        assert {one.value for one in markers.of_person(partner, ref)} <= {"", HIDDEN}
    told = cohorts.meets(partner, COHORTS["orders"], cohorts.case_of(partner, _first(whole, "orders")), DAY)
    assert told is not None
    assert json.dumps(told.facts) == json.dumps({"why": HIDDEN})


def _first(store: Store, key: str) -> str:
    return cohorts.qualifying(store, COHORTS[key], DAY)[0].person


def test_what_stands_beside_a_hidden_name_stands_alone() -> None:
    assert _who("", child=False, victim=True) == "also victim"
    assert _who("SMITH, A", child=True, victim=True) == "SMITH, A; child; also victim"


@pytest.fixture(scope="module")
def shared(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The London with an owner and a partner."""
    path = tmp_path_factory.mktemp("shared") / "tasking.db"
    path.write_bytes(london.read_bytes())
    with closing(Store(path, "o")) as store:
        store.rights = Rights(access.machine_user(), "", ROLES["owner"])
        users.add(store, "o", "owner")
        users.add(store, "p", "partner")
    return path


def told(login: str, path: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command prints to someone."""
    monkeypatch.setattr(access, "machine_user", lambda: login)
    try:
        done = CliRunner().invoke(app, words.split(), env={"TASKING_STORE": str(path), "COLUMNS": "300"})
    finally:
        SMALL_COUNTS.for_user(None)
    assert done.exit_code == exits.OK, done.output
    return done.stdout


LISTS = {"rank": "rank --as-of 2026-11-21 --top 20", "stability": "stability --as-of 2026-11-21 --top 20"}


@pytest.mark.parametrize("name", LISTS)
def test_who_is_a_child_is_told_as_hidden(name: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = {login: told(login, shared, f"{LISTS[name]} --json", monkeypatch) for login in "op"}
    entries = {login: json.loads(text)["entries"] for login, text in printed.items()}
    assert [one["person"] for one in entries["p"]] == [one["person"] for one in entries["o"]]
    assert {one["child"] for one in entries["o"]} <= {True, False, None}
    assert {one["child"] for one in entries["p"]} == {"hidden"}
    assert AGES_HIDDEN in told("p", shared, LISTS[name], monkeypatch)
    assert AGES_HIDDEN not in told("o", shared, LISTS[name], monkeypatch)


def test_explaining_says_that_ages_are_hidden(shared: Path, whole: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"explain {_first(whole, 'v100')} --as-of 2026-11-21"
    assert json.loads(told("p", shared, f"{words} --json", monkeypatch))["child"] == "hidden"
    assert AGES_HIDDEN in told("p", shared, words, monkeypatch)


def test_age_bands_are_hidden_and_not_called_unrecorded(whole: Store, partner: Store) -> None:
    true, shown = proportionality.make_up(whole), proportionality.make_up(partner)
    assert AGE in {group.characteristic for group in true.groups}
    assert shown.groups == tuple(group for group in true.groups if group.characteristic != AGE)
    assert any("Age bands are hidden" in note for note in shown.notes)
    assert (shown.list_size, shown.pool_size) == (true.list_size, true.pool_size)


def test_a_backtest_says_that_ages_are_hidden() -> None:
    known = Beside("v100", 100, 9, 9, 100, 9, 0.1, 0, 3, 4, 2)
    assert "none is a child (the age of 3 people is not known)" in known.sentences[2]
    hidden = replace(known, children=None, age_unknown=None)
    assert "who is a child is hidden from you" in hidden.sentences[2]
    assert "none is a child" not in hidden.sentences[2]


def test_a_backtest_of_a_partner_has_no_ages(whole: Store, partner: Store) -> None:
    asked = replace(backtest_people.usual(whole), as_of=DAY - 60)
    true, shown = (backtest_people.backtest(store, asked).beside for store in (whole, partner))
    assert [replace(one, children=None, age_unknown=None) for one in true] == list(shown)
    assert all(one.children is not None for one in true)


def test_a_night_tells_a_partner_no_age_and_no_few_people(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "night --as-of 2026-11-21 --since 2026-11-14 --json"
    true, shown = (json.loads(told(login, shared, words, monkeypatch)) for login in "op")
    ages = [one["victim_age"] for one in true["incidents"]]
    assert any(isinstance(age, int) for age in ages), "they were there to be hidden"
    assert [one["victim_age"] for one in shown["incidents"]] == [None if age is None else "hidden" for age in ages]
    assert any(YOUNG in one["counts_as"] for one in true["incidents"])
    assert not any(YOUNG in one["counts_as"] for one in shown["incidents"])
    small = 0
    for one, other in zip(true["usual"], shown["usual"], strict=True):
        few = one["kind"] in OF_PEOPLE and is_small(one["observed"])
        assert other["observed"] == (UNDER if few else one["observed"]), one["kind"]
        assert other["refs"] == ([] if one["kind"] == YOUNG else one["refs"])
        small += few
    assert small, "it was there to be hidden"
    table = told("p", shared, words.removesuffix(" --json"), monkeypatch)
    assert UNDER in table
    assert "aged" not in table


@pytest.mark.parametrize("kind", sorted(COUNTED))
def test_what_a_night_counts_is_a_number_in_json_unless_it_is_a_small_one_of_people(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    assert [(observed(kind, many), how_many_of(kind, many)) for many in (3, 1234)] == [(3, "3"), (1234, "1,234")]
    monkeypatch.setattr(SMALL_COUNTS, "hidden", True)
    small = UNDER if kind in OF_PEOPLE else 3
    assert (observed(kind, 3), observed(kind, 1234), how_many_of(kind, 1234)) == (small, 1234, "1,234")

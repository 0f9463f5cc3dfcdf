"""What a run leaves to ``--whole``: the same pairs each time, no member and no test altogether."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]
_FILE = """
import pytest

pytestmark = pytest.mark.in_turn("member", 4, always=("a",))
EACH = pytest.mark.parametrize("member", "abcdefgh")

@EACH
def test_first(member): pass

@EACH
def test_second(member): pass

@pytest.mark.parametrize("member", "hz")
def test_third(member): pass

@pytest.mark.parametrize("case", [1, pytest.param(2, marks=pytest.mark.whole)])
def test_case(case): pass
"""
_CONFTEST = """
from tests.whole import *
pytest_addoption, pytest_configure = add_option, add_markers
def pytest_collection_modifyitems(config, items): leave(config, items)
"""


@pytest.fixture
def tried(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makeconftest(_CONFTEST)
    pytester.makepyfile(test_it=_FILE)
    return pytester


def _ran(pytester: pytest.Pytester, *words: str) -> set[str]:
    heard = pytester.inline_run(*words, "--collect-only", "-p", "no:xdist", "-p", "no:cacheprovider")
    [finished] = heard.getcalls("pytest_collection_finish")
    return {item.nodeid.partition("::test_")[2] for item in finished.session.items}


COVERING = {
    "first[a]", "first[e]", "second[a]", "second[d]", "second[h]", "case[1]",
    "first[b]", "first[c]", "first[f]", "first[g]", "third[h]", "third[z]",
}  # fmt: skip


def test_a_covering_part_is_tried(tried: pytest.Pytester) -> None:
    assert _ran(tried) == COVERING


def test_with_the_option_all_are_and_no_test_and_no_member_only_then(tried: pytest.Pytester) -> None:
    every = _ran(tried, "--whole")
    assert len(every) == 20
    assert {one.partition("[")[0] for one in COVERING} == {one.partition("[")[0] for one in every}
    assert {one.partition("[")[2] for one in COVERING} | {"2]"} == {one.partition("[")[2] for one in every}


def test_what_is_asked_for_by_name_is_tried(tried: pytest.Pytester) -> None:
    assert _ran(tried, "test_it.py::test_case[2]") == {"case[2]"}

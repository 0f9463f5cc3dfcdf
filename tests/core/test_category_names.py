"""Which categories the names that were typed mean, and what is said of a name that means none."""

from __future__ import annotations

import pytest

from core.category_names import categories_meant
from core.errors import Problem

MINORS = {"ROBBERY OF PERSONAL PROPERTY", "ROBBERY OF BUSINESS PROPERTY", "VIOLENCE WITH INJURY", "SHOPLIFTING"}
MAJORS = {
    "ROBBERY": {"ROBBERY OF PERSONAL PROPERTY", "ROBBERY OF BUSINESS PROPERTY"},
    "VIOLENCE AGAINST THE PERSON": {"VIOLENCE WITH INJURY"},
    "THEFT": {"SHOPLIFTING"},
}


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        ([], MINORS),
        (["Violence  against the person"], {"VIOLENCE WITH INJURY"}),
        (["theft"], {"SHOPLIFTING"}),
        (["robbery"], MAJORS["ROBBERY"]),
        (["personal", "THEFT"], {"ROBBERY OF PERSONAL PROPERTY", "SHOPLIFTING"}),
    ],
)
def test_a_text_means_minor_categories_that_hold_it_and_the_major_one_it_names(
    texts: list[str], meant: set[str]
) -> None:
    assert set(categories_meant(texts, MINORS, MAJORS, "202604")) == meant


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["ROBERY", "THEFT"], r"no category like 'ROBERY' \(nearest: ROBBERY\)\. It has: ROBBERY OF BUSINESS"),
        (["ROBERY", "QQQQ"], r"'ROBERY' \(nearest: ROBBERY\) or 'QQQQ'\."),
        (["against the person"], "as a whole: ROBBERY, THEFT, VIOLENCE AGAINST THE PERSON"),
        (["theft", ""], "no category like ''"),
    ],
)
def test_every_text_that_means_nothing_is_named_with_the_nearest(texts: list[str], said: str) -> None:
    with pytest.raises(Problem, match=said):
        categories_meant(texts, MINORS, MAJORS, "202604")

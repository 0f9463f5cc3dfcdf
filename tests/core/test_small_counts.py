"""Small counts of people in sentences, cells and JSON, and what is no count of people."""

from __future__ import annotations

import pytest

from core.small_counts import in_cell, in_json, in_words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("4 allegations, 3 victims", "4 allegations, under 5 victims"),
        ("1 victim in 2 reports", "under 5 victims in 2 reports"),
        ("0 victims, 5 victims, 14 people", "0 victims, 5 victims, 14 people"),
        ("1 person just below", "under 5 people just below"),
        ("1 is a child and 2 in custody", "under 5 are children and under 5 in custody"),
        ("2 of the 300 people", "under 5 of the 300 people"),
        ("1 of 4 people by lot", "under 5 of under 5 people by lot"),
        ("5 people; 2 members, 1 review due.", "5 people; under 5 members, under 5 reviews due."),
        ("Repeat victims in the reports of a year: 1.", "Repeat victims in the reports of a year: under 5."),
        ("something is due of 1.", "something is due of under 5."),
        ("victims 12 (2) + harm 25 (1,855)", "victims 12 (under 5) + harm 25 (1,855)"),
        ("victims 3 gives 18", "victims under 5 gives 18"),
        ("3 or more victims and 3 or more boroughs", "3 or more victims and 3 or more boroughs"),
        ("1,003 people; 2/3 people; no. 4 of 9 reports", "1,003 people; 2/3 people; no. 4 of 9 reports"),
        ("2 actions, 3 units, 4 officers", "2 actions, 3 units, 4 officers"),
        ("(the age of 2 people is not known)", "(the age of under 5 people is not known)"),
        ("1 named suspect reported here (tab)", "under 5 named suspects reported here (tab)"),
    ],
)  # fmt: skip
def test_a_sentence_says_under_5_of_people_and_of_nothing_else(words: str, shown: str) -> None:
    assert in_words(words) == shown
    assert in_words(shown) == shown


@pytest.mark.parametrize(
    ("name", "cell", "shown"),
    [
        ("victims", "3", "<5"), ("victims", "3>", "<5>"), ("victims", "0", "0"), ("victims", "5", "5"),
        ("victims", "31", "31"), ("named\nagain", "2", "<5"), ("reports", "3", "3"), ("due", "1 d", "1 d"),
        ("made of", "3 victims", "under 5 victims"), ("age not\nknown", "2", "<5"), ("in custody", " 4", "<5"),
    ],
)  # fmt: skip
def test_a_cell_of_a_column_that_counts_people(name: str, cell: str, shown: str) -> None:
    assert in_cell(name, cell, "<5") == shown


def test_json_has_it_as_words_and_a_weight_as_it_is() -> None:
    told = {
        "people": 3, "list_size": 4, "victims": 0, "reports": 2, "more": [{"repeat_victims": 1, "child": True}],
        "weights": {"repeat_victims": 2}, "unknown": {"repeat_victims": 3}, "says": "2 victims",
        "parts": [{"part": "repeat_victims", "value": 2, "ratio": 1.2, "adds": 1}, {"measure": "harm", "value": 2}],
    }  # fmt: skip
    assert in_json(told) == {
        "people": "under 5", "list_size": "under 5", "victims": 0, "reports": 2,
        "more": [{"repeat_victims": "under 5", "child": True}],
        "weights": {"repeat_victims": 2}, "unknown": {"repeat_victims": 3}, "says": "under 5 victims",
        "parts": [
            {"part": "repeat_victims", "value": "under 5", "ratio": "under 5", "adds": 1},
            {"measure": "harm", "value": 2},
        ],
    }  # fmt: skip

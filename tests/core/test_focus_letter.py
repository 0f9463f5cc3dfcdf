from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.focus_letter import Letter, LetterItem, LetterWeek, markdown, title

MONDAY = date(2026, 11, 16).toordinal()
ENDED = LetterWeek(
    MONDAY,
    "East",
    "Canons",
    36,
    "Its turn.",
    [
        LetterItem("Fly-tip enforcement", "FPNs", 20, 30, agreed=True, done=18, result="Two sites clear"),
        LetterItem("Suspected HMO visits", "visits", 4, 6, agreed=True),
    ],
    "Eighteen notices were served.",
)
COMING = LetterWeek(
    MONDAY + 7, "Central", "Greenhill", 48, "Next in the rota.", [LetterItem("Patrol", "hours", 8, 8, agreed=False)]
)
LETTER = Letter("Harrow", MONDAY + 4, ENDED, COMING, [("Fly-tip FPNs served", "18 in November 2026 so far")])


def test_the_letter_tells_what_was_done_and_what_is_next() -> None:
    text = markdown(LETTER)
    assert title(LETTER) == "Focus ward of the week: Greenhill, Harrow"
    assert text.splitlines()[:5] == [
        "# Focus ward of the week: Greenhill, Harrow", "", "20/11/2026", "",
        "To the ward councillors of Canons and of Greenhill",
    ]  # fmt: skip
    order = [
        "## What was done in Canons, week of 16/11/2026",
        "| Fly-tip enforcement | 20 FPNs | 18 FPNs | 30 | Two sites clear |",
        "| Suspected HMO visits | 4 visits | not recorded | 6 |  |",
        "Eighteen notices were served.",
        "## Next focus ward: Greenhill (Central), week of 23/11/2026",
        "48 officer-hours. Next in the rota.",
        "This is the proposed menu.",
        "| Patrol | 8 hours | 8 | proposed |",
        "## Measures",
        "| Fly-tip FPNs served | 18 in November 2026 so far |",
        "## What do you think?",
        "Please reply before 23/11/2026: is this the right menu for Greenhill?",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_it_carries_no_marking() -> None:
    assert "OFFICIAL" not in markdown(LETTER)
    assert "policing purposes" not in markdown(LETTER)


def test_the_first_letter_of_all_has_only_the_next_week() -> None:
    text = markdown(replace(LETTER, ended=None, measures=()))
    assert "To the ward councillors of Greenhill\n" in text
    assert "What was done" not in text
    assert "## Measures" not in text


def test_a_week_without_agreed_items_and_a_menu_without_any_say_so() -> None:
    text = markdown(replace(LETTER, ended=replace(ENDED, items=(), summary=""), coming=replace(COMING, items=())))
    assert "No action was agreed for this week." in text
    assert "Nothing is on the menu yet." in text


def test_a_menu_that_is_agreed_says_what_was() -> None:
    items = [replace(COMING.items[0], agreed=True), LetterItem("Letters", "letters", 9, 0.9, agreed=False)]
    text = markdown(replace(LETTER, coming=replace(COMING, items=items)))
    assert "has agreed the actions marked so" in text
    assert "| Patrol | 8 hours | 8 | agreed |\n| Letters | 9 letters | 0.9 | proposed |" in text


def test_one_ward_twice_is_addressed_once() -> None:
    assert "To the ward councillors of Greenhill\n" in markdown(replace(LETTER, ended=replace(ENDED, ward="Greenhill")))


def test_what_was_typed_is_shown_literally() -> None:
    hostile = "x | y\n# <b>bold</b> [link](http://x) \x1b[31m"
    ended = replace(
        ENDED, ward=hostile, summary=hostile, items=[replace(ENDED.items[0], words=hostile, result=hostile)]
    )
    coming = replace(COMING, ward=hostile, area=hostile, because=hostile)
    text = markdown(Letter(hostile, MONDAY, ended, coming, [(hostile, hostile)]))
    assert "\x1b" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert text.count("x \\| y") == text.count("x ")
    assert sum(line.startswith("# ") for line in text.splitlines()) == 1

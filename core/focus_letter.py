"""The letter to ward councillors: what was done in the focus ward of the week, and the menu of the next one.

Source: DOMAIN.md section 5, S3: at the end of the week a summary goes to the ward's councillors together with the
proposed menu of the next focus week; they comment on it and nominate places.

The letter goes out of the meeting, so it carries no marking, and it is made of wards, numbers and the words of the menu
alone: no councillor, no comment, nobody who agreed or read anything, no crime report goes into it. What was typed as an
item's words, its result or the summary does, as it stands: whoever sends the letter reads it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.days import uk
from core.focus_measures import figure
from core.minutes import escaped, table_lines


@dataclass(frozen=True)
class LetterItem:
    """One item of a week: how many were planned and done, in its unit, the hours planned, and what came of it."""

    words: str
    unit: str
    planned: int
    hours: float
    agreed: bool
    done: int | None = None
    result: str = ""


@dataclass(frozen=True)
class LetterWeek:
    """A focus week as the letter tells it. ``monday`` is a day number, ``hours`` are officer-hours.

    items: those that were agreed in a week that has ended, the whole menu in one that is to come.
    """

    monday: int
    area: str
    ward: str
    hours: float
    because: str
    items: Sequence[LetterItem]
    summary: str = ""


@dataclass(frozen=True)
class Letter:
    """What a letter holds. ``ended`` is None where no week has been worked; measures are (title, sentence)."""

    borough: str
    day: int
    ended: LetterWeek | None
    coming: LetterWeek
    measures: Sequence[tuple[str, str]]


def title(letter: Letter) -> str:
    """The heading of a letter, as plain text."""
    return f"Focus ward of the week: {letter.coming.ward}, {letter.borough}"


def markdown(letter: Letter) -> str:
    """Write a letter as Markdown; everything that was typed is escaped."""
    wards = [letter.coming.ward]
    if letter.ended is not None and letter.ended.ward not in wards:
        wards.insert(0, letter.ended.ward)
    parts = [f"# {escaped(title(letter))}", uk(letter.day)]
    parts.append(f"To the ward councillors of {' and of '.join(escaped(ward) for ward in wards)}")
    if letter.ended is not None:
        parts += _ended(letter.ended)
    parts += _coming(letter.coming)
    if letter.measures:
        rows = [(escaped(name), escaped(sentence)) for name, sentence in letter.measures]
        parts += ["## Measures", table_lines(("measure", "where it stands"), rows)]
    parts += ["## What do you think?", _asking(letter.coming)]
    return "\n\n".join(parts) + "\n"


def _ended(week: LetterWeek) -> list[str]:
    parts = [f"## What was done in {escaped(week.ward)}, week of {uk(week.monday)}"]
    if week.items:
        heads = ("action", "planned", "done", "hours planned", "result")
        rows = [
            (
                escaped(item.words),
                _many(item.planned, item),
                _many(item.done, item),
                figure(item.hours),
                escaped(item.result),
            )
            for item in week.items
        ]
        parts.append(table_lines(heads, rows))
    else:
        parts.append("No action was agreed for this week.")
    if week.summary:
        parts.append(escaped(week.summary))
    return parts


def _many(number: int | None, item: LetterItem) -> str:
    return "not recorded" if number is None else f"{number:,} {escaped(item.unit)}".strip()


def _coming(week: LetterWeek) -> list[str]:
    agreed = any(item.agreed for item in week.items)
    menu = (
        "The weekly tasking meeting has agreed the actions marked so; officers will work on those alone."
        if agreed
        else "This is the proposed menu. The weekly tasking meeting agrees what is done; officers work on that alone."
    )
    heads = ("action", "planned", "hours planned", "state")
    rows = [
        (escaped(item.words), _many(item.planned, item), figure(item.hours), "agreed" if item.agreed else "proposed")
        for item in week.items
    ]
    return [
        f"## Next focus ward: {escaped(week.ward)} ({escaped(week.area)}), week of {uk(week.monday)}",
        f"{figure(week.hours)} officer-hours. {escaped(week.because)}",
        menu,
        table_lines(heads, rows) if rows else "Nothing is on the menu yet.",
    ]


def _asking(coming: LetterWeek) -> str:
    return (
        f"Please reply before {uk(coming.monday)}: is this the right menu for {escaped(coming.ward)}? Name any place "
        "in your ward that needs priority enforcement, too: what happens there, where and when, without names of "
        "people. What you nominate stays open, and counts towards the hours of your ward, until a focus week there is "
        "agreed."
    )

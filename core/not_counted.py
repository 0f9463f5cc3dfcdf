"""What is left out of ward numbers, each a sentence with its figures: for whoever shows a number made of counts.

Rule: nothing is left out of a number without saying so where the number is used. Every user of ward counts (lists,
papers, commands, the opening of a meeting) takes these sentences from one place, ``db.not_counted``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.allegations import HISTORIC_AFTER
from core.text import counted, plain

_NAMED = 3
"""How many runs of lines, and how many categories, are named in a sentence."""


@dataclass(frozen=True)
class NotCounted:
    """One thing that is left out. kind: ``no_ward``, ``lookup``, ``fragment``, ``unknown_month``, ``no_weight``,
    ``historic``, ``quarantined``, ``naming``, ``repeats``; or, counted with doubt, ``weak_months`` and
    ``another_reference``: months far below those before, and reports that may count twice.

    count, of: incidents, reports or rows, as the sentence says, and of how many; None where it is no number of these.
    days: days of harm, and *days_of* of how many. short: the same for the heading of a list, empty where that says it
    otherwise. where: the batch and its file, and the lines if they are known. batches: number and rows of each batch
    that the sentence is about, where it is about some.
    """

    kind: str
    sentence: str
    count: int | None = None
    of: int | None = None
    days: float | None = None
    days_of: float | None = None
    short: str = ""
    where: str = ""
    batches: tuple[tuple[int, int], ...] = ()

    @property
    def of_a_month(self) -> bool:
        """Whether it is a month that is not counted as a whole: a fragment, one that is not held, or weak ones."""
        return self.kind in ("fragment", "unknown_month", "weak_months")

    @property
    def share(self) -> float | None:
        """Its share of the number, 0 to 1; None where it is no number."""
        return self.count / self.of if self.count is not None and self.of else None

    @property
    def placed(self) -> str:
        """The sentence with batch and lines before it."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence

    def as_json(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "count": self.count,
            "of": self.of,
            "share": None if self.share is None else round(self.share, 4),
            "days": None if self.days is None else round(self.days, 1),
            "days_of": None if self.days_of is None else round(self.days_of, 1),
            "where": self.where,
            "batches": [{"batch": batch, "rows": rows} for batch, rows in self.batches],
        }


def no_ward(count: int, of: int, days: float, days_of: float, *, of_what: str = "incident") -> NotCounted:
    """Incidents without a ward, and the days of harm they hold."""
    share = f" ({100 * count / of:.1f}%)" if of else ""
    has = "has" if count == 1 else "have"
    sentence = (
        f"{count:,} of {counted(of, of_what)}{share} {has} no ward: {days:,.0f} of {days_of:,.0f} days of harm, in no "
        "ward's figure, rank or share."
    )
    short = f"{count:,} of {counted(of, of_what)}{share} without a ward, {days:,.0f} of {days_of:,.0f} d"
    return NotCounted("no_ward", sentence, count, of, days, days_of, short)


def no_weight(found: Mapping[str, int], of: int, *, of_what: str = "incident") -> NotCounted:
    """Categories or codes without a weight: found, how many each has, of so many in all."""
    count = min(of, sum(found.values()))
    names = most_frequent(found)
    if count >= of:
        sentence = (
            f"{count:,} of {counted(of, of_what)} have no weight, so there is no ranking by harm; most frequent: "
            f"{names}."
        )
    else:
        has = "has" if count == 1 else "have"
        sentence = f"{count:,} of {counted(of, of_what)} {has} no weight, which is not 0 days: {names}."
    return NotCounted("no_weight", sentence, count, of, short=f"{count:,} of {counted(of, of_what)} without a weight")


def historic(count: int, of: int, days: float) -> NotCounted:
    """Reports made long after the offence: a series of their own in the total of an area (DOMAIN.md section 1)."""
    reports, are = counted(of, "report"), "is" if count == 1 else "are"
    sentence = (
        f"{count:,} of {reports} {are} historic, committed more than {HISTORIC_AFTER} days before: set apart with "
        f"{days:,.0f} days of harm, in no ward's count, harm or rank."
    )
    short = f"{count:,} historic of {reports} apart, {days:,.0f} d"
    return NotCounted("historic", sentence, count, of, days, short=short)


def most_frequent(found: Mapping[str, int], named: int = 5) -> str:
    """The most frequent of some names with how many each has, and how many names more there are."""
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    words = ", ".join(f"{name} ({many:,})" for name, many in ordered[:named])
    return words + (f" and {len(ordered) - named:,} more" if len(ordered) > named else "")


def quarantined(batches: Sequence[tuple[int, str, int]], of: int) -> NotCounted:
    """Rows in quarantine: number, file and rows of each batch, of so many rows read in all."""
    count = sum(rows for _, _, rows in batches)
    sentence = (
        f"{counted(count, 'row is', 'rows are')} in quarantine and not counted: {_of_batches(batches)}. "
        "'tasking quarantine' lists them."
    )
    short = f"{counted(count, 'row')} in quarantine"
    return NotCounted("quarantined", sentence, count, of, short=short, batches=_numbers(batches))


def rows_naming(ref: str, lines: Sequence[tuple[int, str, int]], of: int) -> NotCounted:
    """Which rows in quarantine have a reference as a value: batch, file and line of each, of so many that are there."""
    by_file: dict[tuple[int, str], list[int]] = {}
    for batch, file, line in lines:
        by_file.setdefault((batch, file), []).append(line)
    files = [f"{lines_in_words(there)} of batch {batch} ({plain(file)})" for (batch, file), there in by_file.items()]
    more = f" and {counted(len(files) - _NAMED, 'more batch', 'more batches')}" if len(files) > _NAMED else ""
    have = "has" if len(lines) == 1 else "have"
    sentence = f"{len(lines):,} of these {have} the value {plain(ref)}: {'; '.join(files[:_NAMED])}{more}."
    batches = tuple((batch, len(there)) for (batch, _), there in by_file.items())
    return NotCounted("naming", sentence, len(lines), of, batches=batches)


def repeats(
    count: int, of: int, batches: Sequence[tuple[int, str, int]] = (), *, every_category: bool = False
) -> NotCounted:
    """Rows of a file that repeat an earlier row of it.

    batches: as :func:`quarantined` has them, where they are to be named. every_category: the number is narrower.
    """
    are = counted(count, "row repeats", "rows repeat")
    read = f"{counted(of, 'row')} read{', of all categories' if every_category else ''}"
    named = f": {_of_batches(batches)}" if batches else ""
    sentence = f"{are} an earlier row of the same file ({read}), counted once{named}."
    short = f"{are} an earlier one, counted once"
    return NotCounted("repeats", sentence, count, of, short=short, batches=_numbers(batches))


def another_reference(count: int, of: int, batches: Sequence[tuple[int, str, int]]) -> NotCounted:
    """New reports that repeat others under another reference and were taken: they may count twice."""
    are = counted(count, "report repeats another", "reports repeat others")
    taken = f"under another reference and {'was' if count == 1 else 'were'} taken"
    twice = "What is no report of its own counts twice."
    sentence = f"{are} {taken}, of {counted(of, 'new row')}: {_of_batches(batches)}. {twice}"
    return NotCounted("another_reference", sentence, count, of, batches=_numbers(batches))


def _of_batches(batches: Sequence[tuple[int, str, int]]) -> str:
    """Rows by batch and file, the first few named."""
    named = ", ".join(f"{rows:,} of batch {batch} ({plain(file)})" for batch, file, rows in batches[:_NAMED])
    rest = batches[_NAMED:]
    more = f" and {sum(rows for _, _, rows in rest):,} of {counted(len(rest), 'more batch', 'more batches')}"
    return named + (more if rest else "")


def _numbers(batches: Sequence[tuple[int, str, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((batch, rows) for batch, _, rows in batches)


def lines_in_words(lines: Sequence[int]) -> str:
    """Lines of a file, short enough to be read: ``lines 11 to 16``, ``lines 2, 5, 7 and 40 more``."""
    ordered = sorted(set(lines))
    if not ordered:
        return ""
    runs = [[ordered[0], ordered[0]]]
    for before, line in pairwise(ordered):
        if line == before + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    words = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs[:_NAMED])
    more = sum(last - first + 1 for first, last in runs[_NAMED:])
    return f"{'line' if len(ordered) == 1 else 'lines'} {words}{f' and {more:,} more' if more else ''}"

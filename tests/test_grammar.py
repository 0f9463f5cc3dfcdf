"""Numbers are told with their nouns: one by its singular, a change of nought without a sign."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core.text import by_percent, counted, figure, signed, spans

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "db", "tui")
VERBS = frozenset(
    re.findall(
        r"\w+",
        "is has was gives goes ends lies holds leaves stands maps names looks needs takes differs stops says does adds "
        "scores proposes knows begins this its plus less makes clocks times",
    )
)
"""Words with an s behind something that is no number."""
CONSTANT = re.compile(r"_?[A-Z][A-Z_]+( \* officers)?")
"""A number that the program states, which is more than one."""
SEVERAL = {
    ("core/cohorts/wanted.py", "days"): "365 or more",
    ("core/editions.py", "days"): "a refusal of a weight in a file of an edition",
    ("core/patrols.py", "officers"): "the most hours of so many officers",
    ("core/allegations.py", "days"): "the length of a window, as the rule says it",
    ("core/applying.py", "number"): "more than one, where one did not apply",
    ("core/not_counted.py", "days"): "days of harm, rounded",
    ("core/street_series.py", "months"): "more than a few editions",
    ("core/weak_months.py", "offences"): "the median of a month, rounded",
    ("db/loading/bundles.py", "files"): "more than the most that are read",
    ("db/releases.py", "files"): "a series of several files",
    ("db/releases.py", "notes"): "more than are listed",
    ("tui/cli/officers.py", "days"): "days of harm, rounded",
    ("tui/cli/stability.py", "days"): "windows of many days",
    ("tui/screens/base.py", "windows"): "one more than at least one other",
    ("tui/verbs/choosing.py", "names"): "none, or more than one",
    ("tui/views/ranked.py", "reports"): "2+ reports",
    ("tui/widgets/row_pages.py", "rows"): "a fault of the program",
    ("tui/widgets/weeks.py", "weeks"): "the weeks of a year",
    ("core/text.py", ""): "the helper itself",
}
"""What is never one, and why, by file and noun."""


class Piece(NamedTuple):
    """A value in an f-string with the noun that follows it."""

    file: str
    line: int
    value: str
    noun: str


def pieces() -> Iterator[Piece]:
    """Every value that a plural stands behind."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    yield from _of(node, path.relative_to(ROOT).as_posix())


def _of(node: ast.JoinedStr, file: str) -> Iterator[Piece]:
    for value, after in zip(node.values, node.values[1:], strict=False):
        if not isinstance(value, ast.FormattedValue) or not isinstance(after, ast.Constant):
            continue
        found = re.match(r"\+? (?:[a-z-]+ )?([a-z]+s)\b", str(after.value))
        shown = ast.unparse(value.value)
        if found and found[1] not in VERBS and "counted(" not in shown and not _is_words(value):
            yield Piece(file, node.lineno, shown, found[1])


def _is_words(value: ast.FormattedValue) -> bool:
    """Whether a value is plainly no number: words are given without a form, and not as a length."""
    shown = ast.unparse(value.value)
    return value.format_spec is None and not re.search(
        r"len\(|sum\(|\.(crimes|victims|allegations|reports|days)$", shown
    )


def test_no_number_has_a_fixed_plural_behind_it() -> None:
    wrong = [
        piece for piece in pieces() if not CONSTANT.fullmatch(piece.value) and (piece.file, piece.noun) not in SEVERAL
    ]
    assert not wrong, "counted() of core.text says one by its singular"


SIGNED = re.compile(r":\+[,.\d]*[dfge]?\}")
GUARDED = {
    "core/ranking.py", "tui/views/disagreement.py", "tui/views/officers.py", "tui/cli/priority_moves.py",
    "tui/cli/ward_changes.py", "tui/cli/disagreement.py", "tui/cli/officers.py",
    "tui/screens/map_words.py", "core/text.py",
}  # fmt: skip
"""Where a sign is written only beside a change that is none: they say = or nothing for no change."""


def test_a_change_is_signed_by_the_helper_that_never_says_plus_nought() -> None:
    signs = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if SIGNED.search(path.read_text(encoding="utf-8"))
    }
    assert signs <= GUARDED, "signed() of core.text"


ONE_WEIGHT = {
    "core/text.py": "the helper itself",
    "core/cohorts/wanted.py": "the days of one offence",
    "core/toml_part.py": "a limit of what may be written",
}
"""Where a figure with thousands is written by hand, and why it never has more than six digits."""


def test_a_figure_is_written_by_the_helper_that_knows_no_powers_of_ten() -> None:
    by_hand = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if ",g}" in path.read_text(encoding="utf-8")
    }
    assert by_hand == set(ONE_WEIGHT), "figure() of core.text"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (1825.0, "1,825"), (7973.39, "7,973.39"), (999_999.4, "999,999"), (999_999.5, "1,000,000"),
        (1_277_500.0, "1,277,500"), (2_067_058.24, "2,067,058"), (-1_277_500.0, "-1,277,500"), (0.00002, "0.00002"),
    ],
)  # fmt: skip
def test_figure(value: float, shown: str) -> None:
    assert figure(value) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 days"), (1, "1 day"), (1.0, "1 day"), (1.5, "1.5 days"), (1_234, "1,234 days")]
)
def test_counted(number: float, shown: str) -> None:
    assert counted(number, "day") == shown


@pytest.mark.parametrize(("change", "shown"), [(0, "0"), (3, "+3"), (-1_234, "-1,234"), (0.4, "0"), (-0.4, "0")])
def test_signed(change: float, shown: str) -> None:
    assert signed(change) == shown


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [(5, 5, "no change"), (6, 4, "+50%"), (1_372, 1_375, "-0.2%"), (1, 3, "-67%"), (10_001, 10_000, "+0.01%")],
)
def test_by_percent(now: float, before: float, shown: str) -> None:
    assert by_percent(now, before) == shown


def test_spans() -> None:
    assert spans([3, 12, 13, 14, 61, 62]) == "3, 12-14, 61-62"
    assert spans([]) == ""

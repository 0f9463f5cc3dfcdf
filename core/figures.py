"""Figures as other programs write them: ``3.0`` of pandas, ``1,203`` of Excel, ``1.203`` and ``7,5`` of a German sheet.

Rule: of two marks the last is the decimal one. A single mark is the decimal one unless exactly three digits stand
behind it, one to three before it and no leading zero: then the file decides, by its decimal mark (a comma where columns
are parted by semicolons, else a point). Spaces and apostrophes may part thousands. A whole number may end in zeros
behind its decimal mark. A figure may have a plus, blanks about it and an exponent (``1.203E3``); nothing parts the
thousands of one with an exponent. What is written in no such way is left as it stands, for whoever checks it to refuse
with :func:`why_no_count`.

Some words and marks say that nothing is known (:func:`is_unknown`): only a column that may be empty takes them.
"""

from __future__ import annotations

import re
from functools import lru_cache

COMMA, POINT = ",", "."
MARKS = (COMMA, POINT)
_BLANKS = " \u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f"
_APOSTROPHES = "'\u2019\u02bc"
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+")
_OPEN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PARTED = re.compile(
    rf"[1-9][0-9]{{0,2}}(?:([.,{_APOSTROPHES}{_BLANKS}])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:(?!\1)[.,][0-9]+)?"
)
_POWER = re.compile(r"([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)[eE]([+-]?[0-9]{1,2})")
_DEGREES = re.compile(r"([+\-\u2212]?)([0-9]{1,3})(?:[.,]([0-9]*))?([eE]-[0-9]{1,2})?")
_BETWEEN = re.compile(f"[{_APOSTROPHES}{_BLANKS}]")
_AROUND = "\ufeff\u200b"
"""What stands about a figure and is not seen; Python's own strip leaves it."""

_UNKNOWN = frozenset(
    (
        *("", "-", "--", "---", "–", "—", "−", "?", ".", "..", "...", "…", ":", "*", "**", "n/a", "#n/a"),
        *("na", "n.a.", "n.a", "n. a.", "nan", "none", "null", "(null)", "tba", "tbc", "[x]", "[c]", "[z]"),
        *("unknown", "not known", "not available", "not recorded", "not applicable", "not stated", "no data"),
        *("missing", "blank", "(blank)", "suppressed", "unbekannt", "k.a.", "k. a.", "keine angabe"),
    )
)
_MONEY = re.compile(r"[£$€¥₹]|\b(?:GBP|EUR|USD|CAD|AUD|CHF)\b")


_BY_PROFILE_FILE = ', or name the decimal mark in a profile file, as decimal = "," or decimal = "."'
"""The other way out of a figure that could be either; there is none for the one kind that no such file maps to."""


def decimal_mark(delimiter: str) -> str:
    """The decimal mark of a file whose columns are parted by *delimiter*, where no profile file names one."""
    return COMMA if delimiter == ";" else POINT


@lru_cache(maxsize=4096)
def plain_figure(text: str, decimal: str, *, whole: bool = False) -> str:
    """A figure in digits, with a point before its fraction: ``1203``, ``7.5``; *text* where it is written otherwise.

    decimal: the decimal mark of the file. whole: the figure is a count, so that three digits behind its decimal mark
    are no fraction; ``12.000`` could be twelve or twelve thousand, and is left as it stands.
    """
    written = _bare(text)
    if _OPEN.fullmatch(written):
        if whole and decimal in written:
            return text
        digits = written.replace(decimal, ".") if decimal in written else re.sub("[.,]", "", written)
    elif _PLAIN.fullmatch(written):
        digits = written.replace(",", ".")
    elif _PARTED.fullmatch(written):
        digits = _without_thousands(written)
    elif power := _POWER.fullmatch(written):
        digits = _multiplied(power[1].replace(",", "."), int(power[2]))
    else:
        return text
    before, _, behind = digits.partition(".")
    return f"{before or '0'}.{behind}" if behind.strip("0") else before or "0"


def _bare(text: str) -> str:
    """A figure without what stands about it: blanks, also those that are not seen, and a plus."""
    written = text.strip().strip(_AROUND).strip()
    return written[1:] if written[:1] == "+" and written[1:2].isdigit() else written


def _without_thousands(written: str) -> str:
    marks = _BETWEEN.sub("", written)
    last = max(marks.rfind("."), marks.rfind(","))
    between = _BETWEEN.search(written)
    alone = len(re.findall("[.,]", marks)) == 1
    if last < 0 or (not between and len(set(re.findall("[.,]", marks))) == 1 and not alone):
        return re.sub("[.,]", "", marks)
    return f"{re.sub('[.,]', '', marks[:last])}.{marks[last + 1 :]}"


def _multiplied(digits: str, power: int) -> str:
    """A figure times a power of ten, by moving its point, so that no digit is rounded away."""
    before, _, behind = digits.partition(".")
    place = len(before) + power
    every = "0" * -place + (before + behind).ljust(place, "0")
    place = max(place, 0)
    return f"{every[:place].lstrip('0')}.{every[place:]}"


def is_unknown(text: str) -> bool:
    """Whether a cell says that nothing is known: it is blank, or holds a mark or word that stands for a blank."""
    return " ".join(_bare(text).casefold().split()) in _UNKNOWN


def why_no_figure(text: str, most: str = "", *, by_profile: bool = True) -> str:
    """Why a text is no figure, and what to write, in words for a refusal; empty where nothing particular is wrong.

    most: where whole numbers alone are taken, the largest, as it is to be shown. by_profile: whether a profile file
    could tell how the column is read.
    """
    written = _bare(text)
    if not written:
        return "nothing stands here, and a figure is needed; write it, 0 for none"
    if is_unknown(written):
        return "it says that the figure is not known, and one is needed here; write it, 0 for none"
    if _MONEY.search(written):
        return "a currency sign stands with it; take the sign out, as in 1203"
    if re.match(r"[<>~\u2264\u2265\u2248]", written):
        return "it says less or more than a figure, or about; write the figure itself, or take out a row without it"
    if written[-1:] == "%":
        return "a percentage; write how many, without the sign"
    if _OPEN.fullmatch(written) and most:
        before, behind = re.split("[.,]", written)
        return (
            f"it could mean thousands ({before},{behind}) or a fraction ({before}.{behind}); write it without a mark"
            f"{_BY_PROFILE_FILE if by_profile else ''}"
        )
    if re.fullmatch(r"[-\u2212\u2013] ?[0-9].*", written):
        return "less than 0; write a figure of 0 or more"
    if most and re.fullmatch(r"[0-9]{10,}", written):
        return f"more than {most}, the most that is taken"
    return ""


def why_no_count(text: str, *, by_profile: bool = True) -> str:
    """Why a text is no whole number of 0 to 999,999,999, and what would be read, in words for a refusal.

    by_profile: as :func:`why_no_figure` has it.
    """
    particular = why_no_figure(text, most="999,999,999", by_profile=by_profile)
    return f"not a count: {particular}" if particular else "not a count; write a whole number, as 1203, 0 for none"


def plain_degrees(text: str) -> str:
    """Degrees with a point in place of a decimal comma, a hyphen in place of a minus sign; others as they stand."""
    match = _DEGREES.fullmatch(text.strip())
    if match is None:
        return text
    sign = "-" if match[1] == "\u2212" else match[1]
    power = match[4] or ""
    return f"{sign}{match[2]}.{match[3]}{power}" if match[3] else f"{sign}{match[2]}{power}"

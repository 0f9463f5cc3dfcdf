"""Figures as other programs write them: ``3.0`` of pandas, ``1,203`` of Excel, ``1.203`` and ``7,5`` of a German sheet.

Rule: of two marks the last is the decimal one. A single mark is the decimal one unless exactly three digits stand
behind it, one to three before it and no leading zero: then the file decides, by its decimal mark (a comma where columns
are parted by semicolons, else a point). Spaces and apostrophes may part thousands. A whole number may end in zeros
behind its decimal mark. What is written in no such way is left as it stands, for whoever checks it to refuse.
"""

from __future__ import annotations

import re
from functools import lru_cache

COMMA, POINT = ",", "."
MARKS = (COMMA, POINT)
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+")
_OPEN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PARTED = re.compile(r"[0-9]{1,3}(?:([.,' \u00a0\u2009\u202f\u2019])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_DEGREES = re.compile(r"([+-]?[0-9]{1,3}),([0-9]+)")
_BETWEEN = re.compile(r"[' \u00a0\u2009\u202f\u2019]")


def decimal_mark(delimiter: str) -> str:
    """The decimal mark of a file whose columns are parted by *delimiter*, where no profile file names one."""
    return COMMA if delimiter == ";" else POINT


@lru_cache(maxsize=4096)
def plain_figure(text: str, decimal: str, *, whole: bool = False) -> str:
    """A figure in digits, with a point before its fraction: ``1203``, ``7.5``; *text* where it is written otherwise.

    decimal: the decimal mark of the file. whole: the figure is a count, so that three digits behind its decimal mark
    are no fraction; ``12.000`` could be twelve or twelve thousand, and is left as it stands.
    """
    written = text.strip()
    if _OPEN.fullmatch(written):
        if whole and decimal in written:
            return text
        digits = written.replace(decimal, ".") if decimal in written else re.sub("[.,]", "", written)
    elif _PLAIN.fullmatch(written):
        digits = written.replace(",", ".")
    elif _PARTED.fullmatch(written):
        marks = _BETWEEN.sub("", written)
        last = max(marks.rfind("."), marks.rfind(","))
        between = _BETWEEN.search(written)
        alone = len(re.findall("[.,]", marks)) == 1
        if last < 0 or (not between and len(set(re.findall("[.,]", marks))) == 1 and not alone):
            digits = re.sub("[.,]", "", marks)
        else:
            digits = f"{re.sub('[.,]', '', marks[:last])}.{marks[last + 1 :]}"
    else:
        return text
    before, _, behind = digits.partition(".")
    return f"{before or '0'}.{behind}" if behind.strip("0") else before or "0"


def plain_degrees(text: str) -> str:
    """Degrees with a point in place of a decimal comma; as they stand where there is none."""
    match = _DEGREES.fullmatch(text.strip())
    return f"{match[1]}.{match[2]}" if match else text

"""How a file writes its dates, where a profile file says so: ``mm/dd/yyyy``, ``dd.mm.yyyy``, ``mmm d yyyy``.

A format is words for day, month and year with what stands between them: ``d`` or ``dd``, ``m`` or ``mm`` for a month in
figures, ``mmm`` or ``mmmm`` for one in words (of :data:`LANGUAGES`, whole or short), ``yyyy`` or ``yy``; ``ddd`` is a
weekday, which is passed over. A figure may lack its leading zero where something stands around it. A time of day may
follow. What ISO 8601 writes is read beside every format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from core.days import CLOCK, NoDate, day_in_london, parse_iso
from core.errors import Refused
from core.toml_part import shown

PIVOT = 50
"""Years of two digits below this are 20yy, the others 19yy, unless a profile file states another; a project default."""
_SHORT = {"month-first": "mm/dd/yyyy", "day-first": "dd/mm/yyyy", "year-first": "yyyy/mm/dd"}
_TOKEN = re.compile(r"y{4}|yy|m{1,4}|d{1,4}", re.IGNORECASE)
_TIME = re.compile(r"[ ,t]+h.*$", re.IGNORECASE)
_MONTHS = (
    ("january", "januar", "jänner", "janvier", "enero", "gennaio", "januari", "stycznia", "styczeń", "janeiro"),
    ("february", "februar", "février", "fevrier", "febrero", "febbraio", "februari", "lutego", "luty", "fevereiro"),
    ("march", "märz", "maerz", "mars", "marzo", "maart", "mrt", "marca", "marzec", "março", "marco"),
    ("april", "avril", "abril", "aprile", "kwietnia", "kwiecień"),
    ("may", "mai", "mayo", "maggio", "mei", "maja", "maj", "maio"),
    ("june", "juni", "juin", "junio", "giugno", "czerwca", "czerwiec", "junho"),
    ("july", "juli", "juillet", "julio", "luglio", "lipca", "lipiec", "julho"),
    ("august", "août", "aout", "agosto", "augustus", "sierpnia", "sierpień"),
    ("september", "septembre", "septiembre", "setiembre", "settembre", "września", "wrzesień", "setembro"),
    ("october", "oktober", "octobre", "octubre", "ottobre", "października", "październik", "outubro"),
    ("november", "novembre", "noviembre", "listopada", "listopad", "novembro"),
    ("december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "grudnia", "grudzień", "dezembro"),
)
LANGUAGES = "English, German, French, Spanish, Italian, Dutch, Polish or Portuguese"
"""The languages of the month names."""
_LEAST = 3
_ZEROS = r"(?:\.0+)?"  # pandas writes the whole numbers of a column with a gap so
"""Letters that a short name of a month has at least; all are told apart by as many."""


class NoMonth(NoDate):
    """A word stands where the month does and is the name of none that is known."""


@dataclass(frozen=True)
class DateFormat:
    """A format as it was named, and what reads it. ``pivot`` is for years of two digits."""

    named: str
    pattern: re.Pattern[str]
    pivot: int = PIVOT

    @property
    def in_figures(self) -> bool:
        """Whether day and month are both figures, so that one could be taken for the other."""
        return "(?P<word>" not in self.pattern.pattern

    @property
    def short_years(self) -> bool:
        """Whether its years have two digits."""
        return "(?P<yy>" in self.pattern.pattern

    def parts(self, text: str) -> tuple[int, int] | None:
        """Day and month as figures, where a text is of this format and writes both so, whether they exist or not."""
        match = self.pattern.fullmatch(text.strip())
        return (int(match["d"]), int(match["m"])) if match and self.in_figures else None

    def read(self, text: str) -> int:
        """The day number of a date of this format, or of one in ISO 8601. Raises NoDate."""
        try:
            return self._read(text)
        except NoMonth:
            raise
        except NoDate:
            other = self.pattern.fullmatch(text.strip()) is None and any(map(str.isdigit, text))
            marks = ", and a value is to have its marks and as many digits of the year" if other else ""
            raise NoDate(f"no such date; the profile names {self.named}{marks}") from None

    def _read(self, text: str) -> int:
        match = self.pattern.fullmatch(text.strip())
        if match is None:
            return parse_iso(text)
        given = match.groupdict()
        year = int(given["y"]) if given.get("y") else self._century(int(given["yy"]))
        month = int(given["m"]) if given.get("m") else month_named(given["word"])
        return day_in_london(year, month, int(given["d"]), given["clock"], given["half"], given["zone"])

    def _century(self, year: int) -> int:
        return year + (2000 if year < self.pivot else 1900)


THREE_COLUMNS = DateFormat(
    "year, month and day in three columns",
    re.compile(
        rf"(?P<y>[0-9]{{4}}){_ZEROS}-(?:(?P<m>[0-9]{{1,2}}){_ZEROS}|(?P<word>[^\W\d_]+\.?))-(?P<d>[0-9]{{1,2}}){_ZEROS}"
        + CLOCK,
        re.IGNORECASE,
    ),
)
"""Reads what three columns hold, put together with hyphens; the month in figures or in words."""


def month_named(word: str) -> int:
    """The number of a month by its name or the beginning of it, where that is no other's. Raises NoMonth."""
    name = word.strip().casefold().rstrip(".")
    name = {"mrz": "märz", "sept": "september"}.get(name, name)
    fitting = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if len(name) >= _LEAST and any(known.startswith(name) for known in names)
    ]
    if len(fitting) == 1:
        return fitting[0]
    raise NoMonth(f"no month is known as '{word.strip()[:20]}'; months in words are read in {LANGUAGES}")


@cache
def date_format(named: str, where: str, pivot: int = PIVOT) -> DateFormat:
    """The format that words of a profile file name; *where* begins a sentence on it. Raises Refused."""
    words = _TIME.sub("", _SHORT.get(named.strip().casefold(), named.strip()))
    pieces, kinds, at = [], [], 0
    for token in _TOKEN.finditer(words):
        pieces.append(_between(words[at : token.start()]))
        at = token.end()
        tight = bool(words[at : at + 1].isalpha() or (token.start() and words[token.start() - 1].isalpha()))
        kind, piece = _piece(token[0].casefold(), tight)
        kinds.append(kind)
        pieces.append(piece)
    rest = words[at:]
    if sorted(kind for kind in kinds if kind != "weekday") != ["day", "month", "year"] or re.search(r"\w", rest):
        raise Refused(
            f"{where}: {shown(named)} is no format of dates. Write day, month and year as in mm/dd/yyyy, dd.mm.yyyy, "
            "d mmm yyyy or m/d/yy."
        )
    return DateFormat(named.strip(), re.compile("".join(pieces) + re.escape(rest) + CLOCK, re.IGNORECASE), pivot)


def _piece(token: str, tight: bool) -> tuple[str, str]:
    """What a token stands for, and the pattern of it; *tight*: nothing stands between it and the next."""
    two = r"[0-9]{2}" if tight else r"[0-9]{1,2}"
    if token[0] == "y":
        return "year", r"(?P<y>[0-9]{4})" if len(token) == 4 else r"(?P<yy>[0-9]{2})"
    if token[0] == "m":
        return "month", rf"(?P<m>{two})" if len(token) < 3 else r"(?P<word>[^\W\d_]+\.?)"
    return ("day", rf"(?P<d>{two})(?:st|nd|rd|th)?") if len(token) < 3 else ("weekday", r"[^\W\d_]+\.?")


def _between(text: str) -> str:
    """What stands between two tokens: spaces of any number, a comma that may be left out, or as it is written."""
    patterns = {",": ",?"}
    pieces = _SPACES.split(text)
    return "".join(r",?\s+" if piece.isspace() else patterns.get(piece, re.escape(piece)) for piece in pieces)


_SPACES = re.compile(r"(\s+|,)")

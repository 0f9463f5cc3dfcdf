"""How the dates of each column of a file are read: the file decides, and what it does not decide is said.

Rule: one value that proves a column month first (``03/25/2024``) means that none of it is read day first. Without a
format that a profile file names, such a file is refused. A column in which no value proves anything (``03/04/2024``
throughout) is read day first where a published profile or a format that is named says so, and this is noted; by a
profile file that names no format it is refused. ISO 8601 is always read. A value proves what it proves even where its
row is kept out for another reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.date_formats import DateFormat
from core.days import NoDate, clock_in_london, date_and_clock, day_written, iso, parse_iso, uk_date
from core.errors import Refused
from core.extract import BadValue

_LAST_MONTH = 12
_PRIVATE = frozenset(("born_on",))
"""Columns whose values no sentence may show."""


class Proof(NamedTuple):
    """A value that proves which of its figures is the day, and the line that it stands on."""

    line: int
    value: str


class OtherOrder(Refused):
    """A column is proved to be in another order than it is read in.

    Holds the column, so that whoever has the file can look up what else its values prove, and on which lines.
    """

    def __init__(self, sentence: str, column: DateColumn) -> None:
        super().__init__(sentence)
        self.column = column


class DateColumn:
    """One column of dates, and what its values have told so far.

    column: our name. file: for sentences. form: the format that a profile file names, None where none does. settled:
    whether the profile itself says that its dates are day first. kind: the profile that a profile file must name.
    """

    def __init__(
        self, column: str, file: str, form: DateFormat | None, *, settled: bool, kind: str = "extract"
    ) -> None:
        self.name = column
        self._file = file
        self._form = form
        self._settled = settled
        self._named = "" if kind == "extract" else f'profile = "{kind}" and '
        self._proof = self._against = ""
        self._open = self._met = False

    def read(self, text: str) -> int:
        """The day number of one value. Raises NoDate; Refused where it proves the column to be month first."""
        if self._form is not None:
            return self._by_format(self._form, text)
        written = uk_date(text)
        if written is None:
            return parse_iso(text)
        self._weigh((int(written["d"]), int(written["m"])), text)
        if self._against:
            raise OtherOrder(self._month_first(self._against, ""), self)
        return day_written(written)

    def as_iso(self, text: str) -> str:
        """A value as ISO 8601 has it; an empty one as it is. Raises BadValue, and Refused as :meth:`read`."""
        if not text.strip():
            return text
        try:
            return iso(self.read(text)) or ""
        except NoDate as fault:
            raise BadValue(self.name, text, str(fault)) from None

    def as_moment(self, text: str) -> str:
        """A date with its time as London has it, ``2024-07-01 00:30``; else as :meth:`as_iso`. Raises BadValue."""
        parts = date_and_clock(text)
        if parts is None:
            return self.as_iso(text)
        words, clock, half, zone = parts
        try:
            return f"{clock_in_london(self.read(words), clock, half, zone):%Y-%m-%d %H:%M}"
        except NoDate as fault:
            raise BadValue(self.name, text, str(fault)) from None

    def witness(self, text: str) -> None:
        """Let a value prove the order of the column whose row is kept out: what it says of the others is as true."""
        if self.proves(text) is True:
            self._proof = self._proof or text
        elif self.proves(text) is False:
            self._against = self._against or text

    def note(self) -> str:
        """What must be said of the column once the file is read, empty for nothing.

        Raises Refused where nothing says how the column is to be read, or where it goes against its format.
        """
        form = self._form
        if form is None:
            if self._against:
                raise OtherOrder(self._month_first(self._against, ""), self)
            if not self._open or self._proof:
                return ""
            if not self._settled:
                raise Refused(
                    f"{self._file}: no value of '{self.name}' proves whether day or month comes first, and the "
                    f"profile does not say. Name it there{self._how('dd/mm/yyyy or mm/dd/yyyy')}"
                )
            return f"{self.name}: read day first (dd/mm/yyyy); no value proves it."
        if self._against and not self._proof:
            raise OtherOrder(self._against_its_format(form, self._against, ""), self)
        said = []
        if self._open and not self._proof:
            said.append(f"read as {form.named}, as the profile says; no value proves it")
        if form.short_years and self._met:
            said.append(f"years of two digits below {form.pivot:02d} are read as 20yy, the others as 19yy")
        return f"{self.name}: {'; '.join(said)}." if said else ""

    def proves(self, text: str) -> bool | None:
        """Whether a value proves the order in which the column is read (True) or another (False); None for neither."""
        written = uk_date(text)
        parts = self._form.parts(text) if self._form else written and (int(written["d"]), int(written["m"]))
        if not parts:
            return None
        day, month = parts
        if day > _LAST_MONTH:
            return True if _is_day(day, month) else None
        return False if month > _LAST_MONTH and _is_day(month, day) else None

    def refused(self, proof: Proof | None, against: Proof) -> Refused:
        """What to say once the lines are known: the first that proves the order read, and the first against it."""
        on = f" on line {against.line:,}"
        if proof is None:
            if self._form is None:
                return Refused(self._month_first(against.value, on))
            return Refused(self._against_its_format(self._form, against.value, on))
        first, second = self._shown(proof.value), self._shown(against.value)
        return Refused(
            f"{self._file} has both orders of day and month in '{self.name}': line {proof.line:,} has{first}, with the "
            f"day first, and line {against.line:,} has{second}, with the month first. So no value says how the others "
            "are meant. Mend the lines that are wrong; or say in a profile file which order holds"
            f"{self._how('dd/mm/yyyy or mm/dd/yyyy')} Rows of the other order then go to quarantine."
        )

    def _by_format(self, form: DateFormat, text: str) -> int:
        self._met = True
        parts = form.parts(text)
        if parts is not None:
            self._weigh(parts, text)
        return form.read(text)

    def _weigh(self, parts: tuple[int, int], text: str) -> None:
        """Keep what a value tells: which of its figures is the day, or nothing where both could be."""
        day, month = parts
        if day > _LAST_MONTH:
            self._proof = self._proof or (text if month <= _LAST_MONTH else "")
        elif month > _LAST_MONTH:
            self._against = self._against or (text if _is_day(month, day) else "")
        elif day != month:
            self._open = True

    def _month_first(self, value: str, on: str) -> str:
        return (
            f"{self._file} has month first in '{self.name}',{self._shown(value)}{on}, so no date of that "
            f"column is read day first. Name its format in a profile file{self._how('mm/dd/yyyy')}"
        )

    def _against_its_format(self, form: DateFormat, value: str, on: str) -> str:
        return (
            f"{self._file}: the profile says that '{self.name}' is {form.named}, but{self._shown(value)}{on}"
            " has day and month the other way round, and no value proves the profile right. Mend it there."
        )

    def _how(self, form: str) -> str:
        first, _, second = form.partition(" or ")
        other = f' or dates = "{second}"' if second else ""
        return f', as {self._named}dates = "{first}"{other}, and give that with --profile.'

    def _shown(self, text: str) -> str:
        return " one value" if self.name in _PRIVATE else f" '{text.strip()[:20]}'"


class DateColumns:
    """The columns of dates of one file, by our names."""

    def __init__(self, columns: Iterable[DateColumn], names: Iterable[str]) -> None:
        self._columns = dict(zip(names, columns, strict=True))

    def __getitem__(self, column: str) -> DateColumn:
        return self._columns[column]

    def __contains__(self, column: object) -> bool:
        return column in self._columns

    def __iter__(self) -> Iterator[DateColumn]:
        return iter(self._columns.values())

    def notes(self) -> Iterator[str]:
        """What must be said of the columns once the file is read. Raises Refused as :meth:`DateColumn.note`."""
        return filter(None, [column.note() for column in self._columns.values()])


def _is_day(day: int, month: int) -> bool:
    """Whether a day can be one of a month of some year."""
    return 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31) and 1 <= month <= _LAST_MONTH

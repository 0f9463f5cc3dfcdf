"""How the dates of each column of a file are read: the file decides, and what it does not decide is said.

Rule: one value that proves a column month first (``03/25/2024``) means that none of it is read day first. Without a
format that a profile file names, such a file is refused. A column in which no value proves anything (``03/04/2024``
throughout) is read day first where a published profile or a format that is named says so, and this is noted; by a
profile file that names no format it is refused. ISO 8601 is always read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.date_formats import DateFormat
from core.days import NoDate, clock_in_london, date_and_clock, day_written, iso, parse_iso, uk_date
from core.errors import Refused
from core.extract import BadValue

_LAST_MONTH = 12
_PRIVATE = frozenset(("born_on",))
"""Columns whose values no sentence may show."""


class DateColumn:
    """One column of dates, and what its values have told so far.

    column: our name. file: for sentences. form: the format that a profile file names, None where none does. settled:
    whether the profile itself says that its dates are day first.
    """

    def __init__(self, column: str, file: str, form: DateFormat | None, *, settled: bool) -> None:
        self._column = column
        self._file = file
        self._form = form
        self._settled = settled
        self._proof = self._against = ""
        self._open = False

    def read(self, text: str) -> int:
        """The day number of one value. Raises NoDate; Refused where it proves the column to be month first."""
        if self._form is not None:
            return self._by_format(self._form, text)
        written = uk_date(text)
        if written is None:
            return parse_iso(text)
        self._weigh((int(written["d"]), int(written["m"])), text)
        if self._against:
            raise Refused(self._month_first())
        return day_written(written)

    def as_iso(self, text: str) -> str:
        """A value as ISO 8601 has it; an empty one as it is. Raises BadValue, and Refused as :meth:`read`."""
        if not text.strip():
            return text
        try:
            return iso(self.read(text)) or ""
        except NoDate as fault:
            raise BadValue(self._column, text, str(fault)) from None

    def as_moment(self, text: str) -> str:
        """A date with its time as London has it, ``2024-07-01 00:30``; as it is without a time. Raises BadValue."""
        parts = date_and_clock(text)
        if parts is None:
            return text
        words, clock, half, zone = parts
        try:
            return f"{clock_in_london(self.read(words), clock, half, zone):%Y-%m-%d %H:%M}"
        except NoDate as fault:
            raise BadValue(self._column, text, str(fault)) from None

    def note(self) -> str:
        """What must be said of the column once the file is read, empty for nothing.

        Raises Refused where nothing says how the column is to be read, or where it goes against its format.
        """
        form = self._form
        if form is None:
            if not self._open or self._proof:
                return ""
            if not self._settled:
                raise Refused(
                    f"{self._file}: no value of '{self._column}' proves whether day or month comes first, and the "
                    f"profile does not say. Name it there{self._how('dd/mm/yyyy or mm/dd/yyyy')}"
                )
            return f"{self._column}: read day first (dd/mm/yyyy); no value proves it."
        if self._against and not self._proof:
            raise Refused(
                f"{self._file}: the profile says that '{self._column}' is {form.named}, but{self._shown(self._against)}"
                " has day and month the other way round, and no value proves the profile right. Mend it there."
            )
        said = []
        if self._open and not self._proof:
            said.append(f"read as {form.named}, as the profile says; no value proves it")
        if form.short_years:
            said.append(f"years of two digits below {form.pivot:02d} are read as 20yy, the others as 19yy")
        return f"{self._column}: {'; '.join(said)}." if said else ""

    def _by_format(self, form: DateFormat, text: str) -> int:
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

    def _month_first(self) -> str:
        also = f" and day first in{self._shown(self._proof)}" if self._proof else ""
        return (
            f"{self._file} has month first in '{self._column}',{self._shown(self._against)}{also}, so no date of that "
            f"column is read day first. Name its format in a profile file{self._how('mm/dd/yyyy')}"
        )

    def _how(self, form: str) -> str:
        first, _, second = form.partition(" or ")
        other = f" or {second}" if second else ""
        return f', as dates = "{first}"{other}, and give that with --profile.'

    def _shown(self, text: str) -> str:
        return " one value" if self._column in _PRIVATE else f" '{text.strip()[:20]}'"


class DateColumns:
    """The columns of dates of one file, by our names."""

    def __init__(self, columns: Iterable[DateColumn], names: Iterable[str]) -> None:
        self._columns = dict(zip(names, columns, strict=True))

    def __getitem__(self, column: str) -> DateColumn:
        return self._columns[column]

    def __contains__(self, column: object) -> bool:
        return column in self._columns

    def notes(self) -> Iterator[str]:
        """What must be said of the columns once the file is read. Raises Refused as :meth:`DateColumn.note`."""
        return filter(None, [column.note() for column in self._columns.values()])


def _is_day(day: int, month: int) -> bool:
    """Whether a day can be one of a month of some year."""
    return 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31) and 1 <= month <= _LAST_MONTH

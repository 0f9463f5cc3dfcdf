"""Where a file proves the order of its dates: the lines, looked up once a column is refused for it."""

from __future__ import annotations

from core.column_map import ColumnMap
from core.date_columns import OtherOrder, Proof
from core.errors import Refused
from db.loading import textrecords
from db.loading.textfile import TextFile


def with_lines(fault: OtherOrder, file: TextFile, mapping: ColumnMap, header: list[str], delimiter: str) -> Refused:
    """The refusal with the lines of the first value for and the first against the order that is read.

    The file is read again up to them: the loaders read a value once, wherever it stands, and keep no line of it.
    """
    column = fault.column
    pick = mapping.picker(header, (column.name,), file.path.name)
    for_it: Proof | None = None
    against: Proof | None = None
    for line, fields in textrecords.records(file, delimiter, _quiet, _quiet):
        [[value]] = pick([fields])
        proves = column.proves(value)
        if proves is True and for_it is None:
            for_it = Proof(line, value)
        elif proves is False and against is None:
            against = Proof(line, value)
        if for_it and against:
            break
    return fault if against is None else column.refused(for_it, against)


def _quiet(*_: object) -> None:
    """What is wrong with a row is no matter here."""

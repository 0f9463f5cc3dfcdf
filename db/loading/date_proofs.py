"""Where a file proves the order of its dates: by every value of a column, whatever becomes of its row.

A row with another number of values than the header proves nothing but by a value that stands where the column does,
counted from the left, and looks like a date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.column_map import ColumnMap
from core.date_columns import DateColumn, DateColumns, OtherOrder, Proof
from core.errors import Refused
from db.loading import textrecords
from db.loading.textfile import TextFile

Witness = Callable[[Sequence[str]], None]


def witness(dates: DateColumns, mapping: ColumnMap, header: Sequence[str], file: str) -> Witness:
    """What lets the values of a row that is kept out prove the order of their columns."""
    columns = [(column, at) for column in dates if (at := _place(column, mapping, header, file)) is not None]

    def weigh(fields: Sequence[str]) -> None:
        for column, at in columns:
            if at < len(fields):
                column.witness(fields[at])

    return weigh


def _place(column: DateColumn, mapping: ColumnMap, header: Sequence[str], file: str) -> int | None:
    """Where a column stands; None where the file has none of it, or it is refused for that in due course."""
    try:
        [place] = mapping.positions(header, (column.name,), file)
    except Refused:
        return None
    return None if column.name in mapping.fixed else place


def with_lines(fault: OtherOrder, file: TextFile, mapping: ColumnMap, header: list[str], delimiter: str) -> Refused:
    """The refusal with the lines of the first value for and the first against the order that is read.

    The file is read again up to them: the loaders read a value once, wherever it stands, and keep no line of it.
    """
    column = fault.column
    place = _place(column, mapping, header, file.path.name)
    proofs: dict[bool, Proof] = {}

    def look(line: int, _fault: object, fields: Sequence[str]) -> None:
        if place is not None and place < len(fields):
            proves = column.proves(fields[place])
            if proves is not None:
                proofs.setdefault(proves, Proof(line, fields[place]))

    for line, fields in textrecords.records(file, delimiter, look, _quiet):
        look(line, None, fields)
        if len(proofs) > 1:
            break
    return column.refused(proofs.get(True), proofs[False]) if False in proofs else fault


def _quiet(*_: object) -> None:
    """No one watches."""

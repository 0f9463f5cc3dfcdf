"""What a profile of an import is. Each is declared once, as ``PROFILE`` in its module of ``db.loading``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from core.column_map import ColumnMap, folded
from db.loading.load import Load
from db.loading.ways import Way

Header = Sequence[str]


@dataclass(frozen=True)
class Profile:
    """One kind of file that can be taken in.

    kind: its name. says: what such a file is, in one line. rule: the module of core that checks its rows.
    columns, optional: those a file needs and those it may have. load: takes a file in. withdraw: the ways in which a
    batch is taken back; there is always one.

    published: our column names to those of a header that names them as published. lacks: what a header lacks, where
    that is not just its columns; an empty list recognises it. gives_way: of the profiles that recognise a header the
    one that gives way least is taken; it is above 0 where other files have the columns of this one beside their own.
    mapped: whether a profile file of a user may map to it.
    """

    kind: str
    says: str
    rule: ModuleType
    columns: tuple[str, ...]
    load: Callable[[Load], None]
    withdraw: tuple[Way, ...]
    optional: tuple[str, ...] = ()
    published: Callable[[Header], Mapping[str, str]] | None = None
    lacks: Callable[[Header], Sequence[str]] | None = None
    gives_way: int = 0
    mapped: bool = True

    def missing(self, header: Header) -> Sequence[str]:
        """What a header lacks to be one of this profile; nothing where it is recognised."""
        if self.lacks:
            return self.lacks(header)
        names = {folded(name) for name in header} | self.names(header).keys()
        return [column for column in self.columns if column not in names]

    def names(self, header: Header) -> Mapping[str, str]:
        """Our column names to those of a header as published; empty where a profile has but its own names."""
        return self.published(header) if self.published else {}

    def as_named(self) -> ColumnMap:
        """How a file is read whose columns have our names."""
        return ColumnMap(self.kind, self.kind, self.columns, self.optional)

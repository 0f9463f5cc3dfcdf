"""What a profile of an import is. Each is declared once, as ``PROFILE`` in its module of ``db.loading``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from core.column_map import ColumnMap, column_name
from db.loading.load import Reading, Write
from db.loading.ways import Way
from db.store import Store

Header = Sequence[str]


@dataclass(frozen=True)
class Profile:
    """One kind of file that can be taken in.

    kind: its name. says: what such a file is, in one line. rule: the module of core that checks its rows.
    columns, optional: those a file needs and those it may have. load: reads and checks a file, and gives what writes it
    (``db.loading.load``). withdraw: the ways in which a batch is taken back; there is always one.

    published: our column names to those of a header that names them as published. lacks: what a header lacks, where
    that is not just its columns; an empty list recognises it. gives_way: of the profiles that recognise a header the
    one that gives way least is taken; it is above 0 where other files have the columns of this one beside their own.
    mapped: whether a profile file of a user may map to it.

    blank: those of its columns that may be empty in every row, so that a file may be without them. dated: those that
    hold dates. forms: those that hold figures or moments, by how they are read (``db.loading.load``). reference: the
    column that tells reports apart, which a profile file may make of a key.

    proof: the columns that prove a header to be of this profile, so that it is taken unasked; all that it needs where
    none are named. unproved, known: what a header lacks to be proved, and which of the
    columns it has, where that is not just a matter of names. alone: its columns are
    so plain that other files have them too, so a header proves it only where it has no others. common_words: the names
    that it knows as published are words that many files use.

    held: what must be said where the file of a batch comes again, by the number of the batch. words: columns that
    only a few words can fill, with these words.
    """

    kind: str
    says: str
    rule: ModuleType
    columns: tuple[str, ...]
    load: Callable[[Reading], Write]
    withdraw: tuple[Way, ...]
    optional: tuple[str, ...] = ()
    published: Callable[[Header], Mapping[str, str]] | None = None
    lacks: Callable[[Header], Sequence[str]] | None = None
    gives_way: int = 0
    mapped: bool = True
    blank: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    proof: tuple[str, ...] = ()
    unproved: Callable[[Header], Sequence[str]] | None = None
    known: Callable[[Header], Sequence[str]] | None = None
    alone: bool = False
    common_words: bool = False
    held: Callable[[Store, int], Sequence[str]] | None = None
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a file cannot be without."""
        return tuple(column for column in self.columns if column not in self.blank)

    def missing(self, header: Header) -> Sequence[str]:
        """What a header lacks to be read as one of this profile; nothing where it can be."""
        if self.lacks:
            return self.lacks(header)
        return self._without(header, self.needed)

    def lacking_proof(self, header: Header) -> Sequence[str]:
        """What a header lacks to be taken as one of this profile unasked; nothing where it is recognised."""
        if self.unproved:
            return self.unproved(header)
        lacks = self._without(header, self.proof) or self.missing(header)
        if not lacks and self.alone and self.foreign(header):
            return [f"a header without {', '.join(self.foreign(header))}"]
        return lacks

    def foreign(self, header: Header) -> Sequence[str]:
        """The columns of a header that are none of this profile."""
        mine = {column_name(name) for name in (*self.columns, *self.optional, *self.names(header).values())}
        return [name.strip() for name in header if column_name(name) not in mine and name.strip()]

    def present(self, header: Header) -> Sequence[str]:
        """The columns of this profile that a header has by the names that are its own, ours or as published."""
        if self.known:
            return self.known(header)
        names = self._standing(header)
        return [column for column in (*self.columns, *self.optional) if column_name(column) in names]

    def _without(self, header: Header, wanted: Sequence[str]) -> list[str]:
        names = self._standing(header)
        return [column for column in wanted if column_name(column) not in names]

    def _standing(self, header: Header) -> set[str]:
        return {column_name(name) for name in (*header, *self.names(header))}

    def names(self, header: Header) -> Mapping[str, str]:
        """Our column names to those of a header as published; empty where a profile has but its own names."""
        return self.published(header) if self.published else {}

    def as_named(self) -> ColumnMap:
        """How a file is read whose columns have our names."""
        return ColumnMap(
            self.kind,
            self.kind,
            self.columns,
            self.optional,
            blank=self.blank,
            dated=self.dated,
            reference=self.reference,
        )

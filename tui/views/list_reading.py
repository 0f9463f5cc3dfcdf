"""How a list is read: everything, or only the order of its rows, always for the sort and the filter of this moment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from textual.widget import Widget

from core.errors import Problem
from db.store.damage import put_down_to_damage
from tui.reading import Reading
from tui.views.source import Source

_SOON = 0.3
"""Seconds after which what makes sorting quick is read: it is not to hold up the first paint, nor the first keys."""


Heading = str | Callable[[Sequence[int]], str]
"""The words above a list; or what gives them, of the keys of the rows that are shown, where the words count those."""


class Arrangement(NamedTuple):
    """How the rows of a list are sorted and filtered.

    sort: the key of a column, None for the natural order. hidden: by what is shown on a wall alone. within: the BCU or
    borough that the list is narrowed to; empty where it is not. scope: the BCU or borough that the meeting is of, which
    holds where it is narrowed to no other; empty for the force.
    """

    sort: str | None = None
    descending: bool = False
    needle: str = ""
    hidden: bool = False
    within: str = ""
    scope: str = ""

    @property
    def place(self) -> str:
        """The BCU or borough that rows lie in; empty for everywhere."""
        return self.within or self.scope

    def of(self, source: Source) -> array[int]:
        """The keys of a source in this order."""
        return source.order(self.sort, self.descending, self.needle, hidden=self.hidden, within=self.place)


class Loaded(NamedTuple):
    """What was read for a list: its source, the words above it, the keys of its rows as they were arranged."""

    source: Source
    heading: Heading
    keys: array[int]
    arranged: Arrangement


def loaded(source: Source, heading: Heading, wanted: Arrangement) -> Loaded:
    """A source with the keys of its rows as they are to be arranged."""
    return Loaded(source, heading, wanted.of(source), wanted)


class ListReading:
    """Reads a source and the order of its rows, and hands over whatever is to be shown next."""

    def __init__(
        self,
        owner: Widget,
        read: Callable[[], tuple[Source, Heading]],
        wanted: Callable[[], Arrangement],
        show: Callable[[Loaded], None],
        fail: Callable[[Problem], None],
        held: Callable[[], None],
        *,
        beside: bool,
    ) -> None:
        """*read* gives the source and the heading, in a thread; *wanted* says how rows are to be arranged now.

        *held* is told when rows are held that were not when they were shown.

        beside: to read takes seconds, so that keys go on meanwhile.
        """
        self._owner = owner
        self._read = read
        self._wanted = wanted
        self._show = show
        self._fail = fail
        self._latest: Loaded | None = None
        self._all = Reading[Loaded](owner, self._take_all, self._say, beside=beside)
        self._order = Reading[Loaded](owner, self._take, self._say, orders=True)
        self._rest = Reading[Loaded](owner, self._take, self._say)
        self._is_whole = True
        """Whether all rows are shown that are to be; else only the first of them."""
        self._beside = Reading[None](owner, lambda _: held(), beside=True)

    @property
    def has_read(self) -> bool:
        """Whether anything was read yet: until then an empty list says nothing of the store."""
        return self._latest is not None

    def everything(self) -> None:
        """Read the store again."""
        self._all.start(partial(self._read_all, self._wanted()))

    def at_once(self, first: Callable[[Source], array[int]]) -> bool:
        """Read here and now, with the keys of the *first* rows; gives whether there are more, see :meth:`the_rest`."""
        self._all.drop()
        self._order.drop()
        self._rest.drop()
        try:
            source, heading = self._read()
            loaded = Loaded(source, heading, first(source), self._wanted())
        except Problem as problem:
            self._say(problem)
            return False
        self._take(loaded)
        self._is_whole = len(loaded.keys) >= source.total()
        if not self._is_whole:
            self._rest.promise()
        return not self._is_whole

    def the_rest(self) -> None:
        """Order all rows, now that the first were painted; nothing where they have been ordered meanwhile."""
        if self._latest is None or self._is_whole:
            return
        if self._latest.source.at_once:
            self.rearrange()
        else:
            self._rest.start(partial(_arranged, self._latest, self._wanted()))

    def rearrange(self) -> bool:
        """Sort and filter the rows that were read last, here and now where that is quick; gives whether it was.

        So what is pressed next is done to the row that is on the screen. Rows that are still being read are arranged
        when they come.
        """
        latest, wanted = self._latest, self._wanted()
        if latest is None:
            return False
        self._no_rest()
        if not latest.source.at_once:
            self._order.start(partial(_arranged, latest, wanted))
            return False
        self._order.drop()
        try:
            with put_down_to_damage():
                arranged = _arranged(latest, wanted)
        except Problem as problem:
            self._say(problem)
            return False
        self._take(arranged)
        return True

    def take(self, read: Loaded) -> None:
        """Show what was read elsewhere for this list; what is being read for it is dropped."""
        self._all.drop()
        self._take_all(read)

    def _no_rest(self) -> None:
        self._rest.drop()
        self._is_whole = True

    def _read_all(self, wanted: Arrangement) -> Loaded:
        return loaded(*self._read(), wanted)

    def _take_all(self, read: Loaded) -> None:
        """Show what was read, or order it first where the chair has sorted or filtered meanwhile."""
        self._order.drop()
        self._no_rest()
        if read.arranged == self._wanted():
            self._take(read)
        else:
            self._latest = read
            self.rearrange()

    def _take(self, loaded: Loaded) -> None:
        self._is_whole = True
        fresh = self._latest is None or self._latest.source is not loaded.source
        self._latest = loaded
        self._show(loaded)
        if fresh and not loaded.source.at_once:
            self._owner.set_timer(_SOON, partial(self._beside.start, loaded.source.prepare))

    def _say(self, problem: Problem) -> None:
        self._latest = None
        self._no_rest()
        self._fail(problem)


def _arranged(loaded: Loaded, wanted: Arrangement) -> Loaded:
    return loaded._replace(keys=wanted.of(loaded.source), arranged=wanted)

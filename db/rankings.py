"""Ranking runs as they were made: read back a page at a time, never edited."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from core import bands as band_tables
from core.allegations import By, Historic, Window
from core.bands import Bands
from core.children import CHILD, is_child
from core.errors import NotFound
from core.harm import EDITION, Harm, Split
from core.localities import Locality, asked, locality_of
from core.methods import METHODS, Measures, Method, Part, score
from core.pools import POOLS, Pool
from core.text import list_name
from db import editions
from db.kept_state import numbers, state_of
from db.localities import PLACE
from db.placing import Place, first_ranks, places_at, places_of, placing, ranks_before
from db.ranked_filter import JOINS, inside
from db.ranked_filter import SORTS as SORTS
from db.ranked_index import ranked_index
from db.run_records import LOST_NONE, MADE_NOW, RULES
from db.scoring import RankingRequest
from db.store import Store
from db.store.damage import damaged
from db.store.engine import Row
from db.store.rows import field_names, from_row, lookup, maker


@dataclass(frozen=True)
class RunHead:
    """What stands on the head of a run: how it was made, and what it could not weigh.

    historic: allegations (one person in one report) reported more than a year after the offence, counted or apart as
    historic_as says.
    """

    id: int
    method: str
    index: str
    edition: str
    as_of: int
    by: By
    window: int
    min_crimes: int
    pool: str
    made_at: str
    people: int
    ranked: int
    historic: int
    split: Split
    statuses: tuple[str, ...]
    bands_text: str
    weighing: int | None
    earlier: int | None
    batch: int
    historic_as: Historic = "count"
    unweighted: dict[str, int] = field(default_factory=dict)

    @property
    def ranked_in(self) -> Pool:
        """The pool as the rules know it. Raises Damaged for one that they do not know: no run has any."""
        if self.pool not in POOLS:
            raise damaged(f"the pool of run {self.id} is none that there is")
        return POOLS[self.pool]

    @property
    def days(self) -> Window:
        """The window as the rules know it."""
        return Window(self.as_of, self.window, self.by, self.historic_as)

    @property
    def request(self) -> RankingRequest:
        """What the run was made of, editions by the latest that ship; what offences weighed is kept apart."""
        return RankingRequest(
            self.as_of, self.by, self.window, self.min_crimes, self.method, self.ranked_in,
            bands=self.bands, split=self.split, statuses=self.statuses, historic=self.historic_as,
        )  # fmt: skip

    @property
    def how(self) -> Method:
        """The method as the rules know it. Raises Damaged for one that they do not know: no run has any."""
        if self.method not in METHODS:
            raise damaged(f"the method of run {self.id} is none that there is")
        return METHODS[self.method]

    @cached_property
    def bands(self) -> Bands:
        """The bands as they were used."""
        return band_tables.read(self.bands_text, f"run {self.id}") if self.bands_text else band_tables.default()

    def parts(self, entry: Ranked) -> tuple[Part, ...]:
        """What an entry's score is made of."""
        return score(self.how, entry.measures, self.bands)


class Ranked(NamedTuple):
    """One person in a run, as a list shows them. Days of the calendar are day numbers.

    ``score`` is in the method's unit, ``harm`` and ``gravity`` in days. ``victim`` says that the same reference is a
    victim in a report.
    """

    position: int
    rank: int | None
    previous_rank: int | None
    person: str
    surname: str
    forenames: str
    score: float
    recency: int
    gravity: float | None
    harm: float
    allegations: int
    crimes: int
    victims: int
    historic: int
    last_allegation: int
    largest_crime: str | None
    largest_offence: str | None
    largest_days: float | None
    largest_confidence: str
    borough: str
    status: str
    born_on: int | None
    victim: bool
    home: str = ""

    @property
    def lives(self) -> Locality:
        """BCU and borough: of the home where an extract says it, else of the latest report that counts."""
        return locality_of(self.borough or "")

    @property
    def placed_by(self) -> str:
        """What says so: ``home`` or ``latest report``."""
        return "home" if self.home else "latest report"

    @property
    def measures(self) -> Measures:
        """What the score is made of."""
        return Measures(self.recency, self.crimes, self.gravity, self.harm, self.victims)

    @property
    def unweighed(self) -> int:
        """Reports whose offence has no weight: they add nothing, and are not 0 days."""
        return self.crimes - self.allegations

    def child(self, as_of: int) -> bool:
        """Whether the person is under 18 on a day (a day number)."""
        return is_child(self.born_on, as_of)

    def stands(self, as_of: int) -> str:
        """The status with what stands beside it on a day (a day number): ``child; at large; also a victim``."""
        said = (CHILD if self.child(as_of) else "", self.status, "also a victim" if self.victim else "")
        return "; ".join(part for part in said if part)

    @property
    def several_victims(self) -> bool:
        """Whether there are more victims than reports; recording is one crime per victim (DOMAIN.md section 1)."""
        return self.victims > self.crimes

    @property
    def name(self) -> str:
        """Surname in capitals, then forenames, as a briefing writes it."""
        return list_name(self.surname, self.forenames)


_APART = ", historic apart"
"""Follows the day that a run counts by where it sets historic reports apart: such runs are a kind of their own."""


def by_words(by: By, historic: Historic) -> str:
    """The day that a run counts by and what becomes of historic reports, in the words that it is stored under."""
    return by if historic == "count" else f"{by}{_APART}"


def kind_of(request: RankingRequest) -> dict[str, Any]:
    """What makes two rankings comparable from day to day."""
    return {
        "method": request.method,
        "pool": request.ranked_in.words,
        "by": by_words(request.by, request.historic),
        "window": request.window,
        "min": request.at_least,
    }


_HEAD = (
    'SELECT id, method, harm_index AS "index", edition, as_of, by, window_days AS window, min_crimes, pool, made_at, '
    "people, ranked, historic, split, statuses, bands AS bands_text, weighing_id AS weighing, earlier_id AS earlier, "
    "batch_id AS batch, unweighted FROM run "
)


def _run_head(row: Row) -> RunHead:
    return from_row(
        RunHead,
        row,
        by=row["by"].removesuffix(_APART),
        historic_as="apart" if row["by"].endswith(_APART) else "count",
        statuses=tuple(json.loads(row["statuses"])),
        unweighted=json.loads(row["unweighted"]),
    )


def request_again(store: Store, head: RunHead) -> RankingRequest:
    """What a run was made of with the editions that it names; with those that ship where one of them is gone."""
    names = tuple(head.edition.split(" + "))
    return replace(head.request, editions=names) if set(names) <= set(editions.known(store)) else head.request


def weighing(store: Store, head: RunHead) -> dict[int, Harm]:
    """What each offence weighed in a run; empty for a run made before that was kept."""
    rows = store.read.rows("SELECT weights FROM weighing WHERE id = :id", id=head.weighing or 0)
    weights = json.loads(rows[0]["weights"]) if rows else {}
    return {int(number): Harm(days, "", confidence, note) for number, (days, confidence, note) in weights.items()}


def run(store: Store, run_id: int) -> RunHead:
    """The head of a run. Raises NotFound."""
    found = store.read.rows(_HEAD + "WHERE id = :id", id=run_id)
    if not found:
        raise NotFound(f"There is no run {run_id}.")
    return _run_head(found[0])


def latest_run(store: Store, method: str = "v100", as_of: int | None = None) -> RunHead | None:
    """The run of a method made last, or the last as of a day or before it; one by its usual rules before any other.

    It is one in the method's own pool and of every status, of no file that was withdrawn since; None where there is
    none.
    """
    query = (
        f"WHERE {LOST_NONE} AND method = :method AND pool = :pool AND statuses = '[]' AND (:ever OR as_of <= :as_of) "
        "ORDER BY CASE WHEN by = :by AND window_days = :window AND min_crimes = :min AND split = 'default' "
        f"THEN 0 ELSE 1 END, {'' if as_of is None else 'as_of DESC, '}id DESC LIMIT 1"
    )
    usual = kind_of(RankingRequest(as_of or 0, method=method))
    found = store.read.rows(_HEAD + query, **usual, ever=as_of is None, as_of=as_of or 0)
    return _run_head(found[0]) if found else None


def usual_run(store: Store, as_of: int) -> int | None:
    """The number of the V100 run as of a day that is made of the records as they are now, by the usual rules."""
    query = (
        f"SELECT id FROM run WHERE {MADE_NOW} AND as_of = :as_of AND method = 'v100' "  # noqa: S608 - from the code
        "AND by = 'reported' AND window_days = 365 AND min_crimes = 2 AND pool = 'vawg' "
        "AND edition = :edition AND split = 'default' AND statuses = '[]' ORDER BY id DESC LIMIT 1"
    )
    found = store.read.rows(query, as_of=as_of, edition=EDITION, rules=RULES)
    return int(found[0]["id"]) if found else None


def runs(store: Store) -> list[RunHead]:
    """Every run, the latest first."""
    return [_run_head(row) for row in store.read.rows(_HEAD + "ORDER BY id DESC")]


_ENTRIES = (
    "SELECT e.person_id, p.ref AS person, v.surname, v.forenames, e.score, "  # noqa: S608 - our own expressions
    "e.recency, e.gravity, e.harm, e.allegations, e.crimes, e.victims, e.historic, e.last_allegation, "
    "g.crime_ref AS largest_crime, o.title AS largest_offence, e.gravity AS largest_days, "
    "g.offence_id AS largest_confidence, "
    f"{PLACE} AS borough, v.home, v.status, v.born_on, p.victim "
    "FROM ({entries}) e CROSS JOIN person p ON p.id = e.person_id "
    "JOIN person_version v ON v.id = e.person_version_id LEFT JOIN report_row g ON g.id = e.largest_row_id "
    "LEFT JOIN offence o ON o.id = g.offence_id LEFT JOIN report_row t ON t.id = e.last_row_id "
    "LEFT JOIN place l ON l.id = t.place_id"
)
"""Entries by the fields of :class:`Ranked`; for the confidence the number of the offence that it is looked up by."""
_PLACED = ("position", "rank", "previous_rank")
_READ = ("person_id", *(name for name in field_names(Ranked) if name not in _PLACED))
_FEW = 1000
"""So many people are looked up one by one; for more, everyone is read."""


def _entries(store: Store, run_id: int, placed: Sequence[Place], since: int | None) -> list[Ranked]:
    """Entries of a run, each with how sure the weight of its largest report was in it, in the order of the run.

    since: the run that the ranks before are of; the one that it was compared with when it was made if None.
    """
    if not placed:
        return []
    state = state_of(store, run_id)
    where = {one.person: one for one in placed}
    asked, given = (state.some(), {"people": numbers(where)}) if len(where) <= _FEW else (state.everyone(), {})
    rows = store.read.picked(_READ, _ENTRIES.format(entries=asked), **state.values, **given)
    before = ranks_before(store, run_id, where, since)
    confidences = _confidences(store, run_id)
    made = maker(_told, _READ, largest_confidence=lambda offence: confidences.get(offence, ""), victim=bool)
    told = (made((person, *rest)) for person, *rest in rows if person in where)
    found = [Ranked(where[person].position, where[person].rank, before.get(person), *rest) for person, rest in told]
    return sorted(found, key=attrgetter("position"))


def _told(person: int, *rest: Any) -> tuple[int, tuple[Any, ...]]:
    return person, rest


def _confidences(store: Store, run_id: int) -> Mapping[int, str]:
    """How sure the weights of a run were, by the number of the offence: remembered, as a run is never edited."""
    return store.remember(("confidences", run_id), None, lambda: _confidences_of(store, run_id))


def _confidences_of(store: Store, run_id: int) -> Mapping[int, str]:
    weights = weighing(store, run(store, run_id))
    if not weights:  # a run of an earlier version weighed as rows do
        return lookup(store.read.rows("SELECT id, confidence FROM offence"))
    return {number: harm.confidence for number, harm in weights.items()}


def entries(store: Store, run_id: int, top: int | None = None, since: int | None = None) -> list[Ranked]:
    """The ranked entries of a run in order: the first *top* ranks (ties at the end included), or all.

    since: the run that ranks before are of; the one that it was compared with when it was made if None.
    """
    return _entries(store, run_id, first_ranks(store, run_id, top), since)


def entries_at(store: Store, run_id: int, positions: Sequence[int], since: int | None = None) -> dict[int, Ranked]:
    """Some entries of a run by their position: one page of a list. since: as in :func:`entries`."""
    found = _entries(store, run_id, places_at(store, run_id, positions), since)
    return {entry.position: entry for entry in found}


def entry_of(store: Store, run_id: int | None, ref: str) -> Ranked | None:
    """One person's entry in a run, or None where they are not in it."""
    if run_id is None:
        return None
    numbers = [row["id"] for row in store.read.rows("SELECT id FROM person WHERE ref = :ref", ref=ref)]
    found = _entries(store, run_id, list(places_of(store, run_id, numbers).values()), None)
    return found[0] if found else None


def first_page(store: Store, run_id: int, rows: int) -> array[int]:
    """The first *rows* positions of a run: what a screen shows first."""
    return array("q", range(1, min(rows, state_of(store, run_id).people) + 1))


def order(
    store: Store, run_id: int, sort: str = "rank", descending: bool = False, needle: str = "",
    *, by_name: bool = True, within: str = "", since: int | None = None, limit: int | None = None,
) -> array[int]:  # fmt: skip
    """Positions of a run, sorted and filtered: every word of *needle* must stand in some field.

    by_name: whether a word may stand in a name; else a person is only known by the reference. within: the BCU or
    borough that people must be in; a word that is a BCU asks for one, too (``core.localities.asked``). since: as in
    :func:`entries`. By the size of moves those come first, either way, who are or were among the first MOVES_AMONG.
    limit: how many are asked for, all if None; by rank the rest of the run is not looked at.
    """
    asks = asked(needle, within)
    if sort == "rank" and not asks.words and not asks.places:
        everyone = range(1, state_of(store, run_id).people + 1)
        return array("q", (everyone[::-1] if descending else everyone)[:limit])
    if sort == "move" or asks.words:  # ranks are looked at: everyone is held in memory for it
        index = ranked_index(store, run_id, since)
        return index.order(store, sort, descending, needle, by_name=by_name, within=within)[:limit]
    if sort == "rank" and limit is not None and not descending:
        head = places_at(store, run_id, range(1, _LOOKED_AT + 1))
        found = _sorted_by(store, run_id, sort, asks.places, [place.person for place in head])
        if len(found) >= limit:
            return array("q", [place.position for place in head if place.person in found][:limit])
    found = _sorted_by(store, run_id, sort, asks.places)
    places = sorted(
        placing(store, run_id).of(found).values(), key=attrgetter("position"), reverse=sort == "rank" and descending
    )
    if sort != "rank":
        places.sort(key=lambda place: found[place.person], reverse=descending)
    return array("q", [place.position for place in places[:limit]])


_LOOKED_AT = 500
"""Where only some are asked for, so many from the head of the run are looked at before everyone is."""


def _sorted_by(
    store: Store, run_id: int, sort: str, places: Collection[str], people: Collection[int] | None = None
) -> dict[int, tuple[Any, ...]]:
    """What people of a run are sorted by, by their numbers: of those in some places, and of some people or everyone."""
    where, values = inside(store, places)
    columns = [f"k{number}" for number in range(len(SORTS[sort]))]
    keys = "".join(f", {part} AS {column}" for column, part in zip(columns, SORTS[sort], strict=True))
    state = state_of(store, run_id)
    asked, given = (state.everyone(), {}) if people is None else (state.some(), {"people": numbers(people)})
    query = (
        f"SELECT e.person_id{keys} FROM ({asked}) e "  # noqa: S608 - our own expressions
        f"CROSS JOIN person p ON p.id = e.person_id {JOINS} WHERE 1{where}"
    )
    rows = store.read.picked(("person_id", *columns), query, **state.values, **values, **given)
    return {person: tuple(keys) for person, *keys in rows}

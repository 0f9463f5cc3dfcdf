"""How rankings of named suspects held up: every method on one day, against the harm of the days that followed.

Two passes over the rows add up, for everyone, what each method measures on the day, and again at the end of the span
with what was reported in it (:mod:`db.backtest_sums`). What was known on the day is what had been reported and imported
by then. A store that had no report by the day cannot tell when it would have come in: all that was reported by the day
is taken as known, and that is said.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from core.backtest import BANDS, Followed
from core.backtest_words import Backtest, Beside, Step, made, untold
from core.children import is_child
from core.days import iso, uk
from core.errors import Problem
from core.methods import METHODS
from core.methods.v100 import METHOD as V100
from core.not_counted import NotCounted
from core.pools import Pool
from core.roles import names_hidden
from core.text import counted
from db import kept_out, markers
from db.backtest_known import Known, known_on
from db.backtest_sums import Sums, sums
from db.batch_kinds import MARKERS, REPORTS
from db.first import people_first
from db.scoring import RankingRequest, nothing_to_rank, scoring_of
from db.store import Store

FIRST = 10
"""So many are looked at where none is named; fewer where there are fewer."""
_MOST_DAYS = 36_525


@dataclass(frozen=True)
class Asked:
    """What is worked: the day (a day number), how many days follow, and the pool."""

    as_of: int
    days: int
    pool: Pool = V100.pool

    @property
    def until(self) -> int:
        """The last day that is looked at."""
        return self.as_of + self.days


def usual(store: Store, pool: Pool = V100.pool, days: int = 365) -> Asked:
    """The days up to the last report of the store. Raises Problem where it holds none."""
    _, last = _held(store, pool)
    return Asked(last - days, days, pool)


def _held(store: Store, pool: Pool) -> tuple[int, int]:
    """The first and the last day that a report of the pool was made on. Raises Problem where there is none."""
    # "person_id > 0" lets the index that people are ranked by answer.
    query = "SELECT MIN(reported_on), MAX(reported_on) FROM report_row WHERE person_id > 0 AND (leading & :pool) <> 0"
    [(first, last)] = store.read.rows(query, pool=int(pool))
    if first is None:
        raise Problem(
            f"The store holds no report that counts in the pool '{pool.words}'. Choose another --pool, or import an "
            "extract: tasking import FILE."
        )
    return int(first), int(last)


def backtest(
    store: Store,
    what: Asked,
    firsts: Sequence[int] = (),
    *,
    front: str = V100.key,
    methods: Collection[str] = METHODS.keys(),
    step: Step = untold,
) -> Backtest:
    """Rank with every method on a day, and see what the first n of each had to do with what followed.

    firsts: :data:`FIRST` where none is named. front: the method that is told of first. methods: those that are ranked
    with, *front* among them. step: told how far it has come.

    Raises Problem for a day before the records or after them, for no one to rank, and as ``core.backtest_words.made``.
    """
    if not 1 <= what.days <= _MOST_DAYS:
        raise Problem(f"--days {what.days:,} is no span. Choose 1 to {_MOST_DAYS:,} days.")
    known = known_on(store, what.as_of)
    scorings = {
        key: scoring_of(store, RankingRequest(what.as_of, method=key, pool=what.pool))
        for key in sorted(methods, key=front.__ne__)
    }
    every = sums(store, scorings, what.until, known, step)
    first_now, first_then = (_first(store, what, day) for day in (what.as_of, what.until))
    least = {key: scoring.request.at_least for key, scoring in scorings.items()}
    pool, last = len(every.now.people), max(every.then.last, default=0)
    # The days that are held are asked for only where they may matter: to find them takes a pass over all rows.
    if not pool or not every.days or last < what.until:
        first, last = _held(store, what.pool)
        _check(what, first, last)
    if not pool:
        raise Problem(nothing_to_rank(store, scorings[front].request), "Nothing to rank")
    firsts = firsts or (min(FIRST, pool),)
    if (most := max(firsts)) > pool:
        people = counted(pool, "person", "people")
        raise Problem(f"--first {most:,} is more than the {people} in the pool on {uk(what.as_of)}. Choose fewer.")
    new = tuple(every.days[person] for person in every.not_listed)
    # Nothing asks for the order of those far down: neither a band nor a curve goes there.
    in_order = max(BANDS[-1][1], 3 * most)
    lists = {key: every.now.order(key, least[key], first_now, in_order) for key in scorings}
    followed = [Followed(key, every.harm_of(order), new) for key, order in lists.items()]
    later = {key: every.then.order(key, least[key], first_then, most) for key in scorings}
    beside = [one for first_n in firsts for one in _beside(store, what, first_n, lists, later, every)]
    named = {"as_of": iso(what.as_of) or "", "until": iso(what.until) or "", "ranked_in": what.pool.words}
    words = (
        f"ranked on {uk(what.as_of)} in the pool {what.pool.words}",
        f"the {counted(what.days, 'day')} to {uk(what.until)}",
    )
    left_out = [*_left_out(what, every, known, last), *kept_out.of_kind(store, REPORTS, MARKERS)]
    return made("people", named, words, followed, firsts, left_out, beside)


def _check(what: Asked, first: int, last: int) -> None:
    held = f"The reports of the pool run from {uk(first)} to {uk(last)}"
    if what.as_of < first:
        raise Problem(f"--as-of {uk(what.as_of)} lies before the records: nothing had been reported. {held}.")
    if what.as_of >= last:
        raise Problem(f"--as-of {uk(what.as_of)} leaves nothing that followed. {held}: choose an earlier day.")


def _first(store: Store, what: Asked, day: int) -> frozenset[int]:
    """Who stands before all others on a day, as the pool may say."""
    return people_first(store, RankingRequest(day, pool=what.pool))


def _beside(
    store: Store,
    what: Asked,
    first: int,
    lists: Mapping[str, list[int]],
    later: Mapping[str, list[int]],
    every: Sums,
) -> list[Beside]:
    """What else became of the first n of each method."""
    who = _could_not_offend(store, what, {person for order in lists.values() for person in order[:first]})
    total = math.fsum(every.days.values())
    hidden = names_hidden(store.rights)  # of n and of one more it would tell the age of one
    found = []
    for key, order in lists.items():
        listed, below = set(order[:first]), order[first : 2 * first]
        found.append(
            Beside(
                ranking=key,
                first=first,
                named_again=len(listed & every.days.keys()),
                next_new=sum(person not in listed for person in later[key][:first]),
                below=len(below),
                below_named_again=sum(person in every.days for person in below),
                below_captured=math.fsum(every.days.get(person, 0.0) for person in below) / total if total else 0.0,
                children=None if hidden else len(listed & who.children),
                age_unknown=None if hidden else len(listed & who.age_unknown),
                custody=None if who.custody is None else len(listed & who.custody),
                custody_throughout=None if who.custody is None else len(listed & who.throughout),
            )
        )
    return found


@dataclass(frozen=True)
class _CouldNotOffend:
    """Who of some people is a child on the day, or of unknown age; who was in custody for some of the span or for all
    of it, None where no custody is on record."""

    children: AbstractSet[int]
    age_unknown: AbstractSet[int]
    custody: AbstractSet[int] | None
    throughout: AbstractSet[int]


def _could_not_offend(store: Store, what: Asked, people: set[int]) -> _CouldNotOffend:
    marks = ", ".join(str(int(person)) for person in sorted(people)) or "NULL"
    rows = store.read.rows(
        "SELECT p.id, p.ref, v.born_on FROM person p JOIN person_version v ON v.id = p.version_id "  # noqa: S608
        f"WHERE p.id IN ({marks})"
    )
    held = markers.of_everyone(store, ["custody"])
    first, last = what.as_of + 1, what.until
    custody, throughout = set(), set()
    for row in rows:
        spells = [one for one in held.get(row["ref"], []) if one.overlaps(first, last)]
        if spells:
            custody.add(int(row["id"]))
        if any(one.holds(first) and one.holds(last) for one in spells):
            throughout.add(int(row["id"]))
    return _CouldNotOffend(
        {int(row["id"]) for row in rows if is_child(row["born_on"], what.as_of)},
        {int(row["id"]) for row in rows if row["born_on"] is None},
        custody if held else None,
        throughout,
    )


def _left_out(what: Asked, every: Sums, known: Known, last: int) -> list[NotCounted]:
    """What is in no figure, or is taken for what it may not have been."""
    said = []
    if known.all_later:
        said.append(
            NotCounted(
                "import",
                f"No report had been imported by {uk(what.as_of)}; the first came in on {uk(known.first_import)}. "
                "So all that was reported by the day is taken as known on it.",
            )
        )
    elif every.not_yet:
        said.append(
            NotCounted(
                "import",
                f"{counted(every.not_yet, 'row')} of the pool reported by {uk(what.as_of)} had not been imported by "
                "then, or was replaced since: ranked on as it was on the day.",
                every.not_yet,
            )
        )
    if what.until > last:
        days = what.until - last
        said.append(
            NotCounted(
                "days",
                f"The last report of the pool is of {uk(last)}: of the {counted(what.days, 'day')} the last {days:,} "
                "are not held.",
                days,
                what.days,
            )
        )
    if every.unweighed:
        has = "has" if every.unweighed == 1 else "have"
        said.append(
            NotCounted(
                "no_weight",
                f"{counted(every.unweighed, 'report')} of the span {has} no weight, which is not 0 days: in no harm.",
                every.unweighed,
            )
        )
    named = len(every.days)
    if new := len(every.not_listed):
        of = counted(named, "person", "people")
        said.append(
            NotCounted(
                "new",
                f"{new:,} of the {of} named in the span were not in the pool on the day: no list could hold them, and "
                "their harm is in all shares.",
                new,
                named,
            )
        )
    return said

"""Ranks under the alternatives to what was asked: every variant in one pass over the rows. Nothing is kept.

A variant is itself something that can be asked for (:class:`db.scoring.Asked`), and its ranks are those that a
ranking of it gives; tests hold the two equal. The database adds up and ranks, so that a screen beside it keeps its
keys, and hands back only the people who are wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.editions import Edition, edition_named
from core.errors import Problem, Refused
from core.harm import Harm
from core.methods import Recipe
from core.ranking import near_cut
from core.stability import CAPACITY, SPLITS, Band, Cut, Listed, Variant, bands, cut, windows
from db import editions, people
from db.people import PersonView
from db.scoring import (
    Asked,
    banded,
    in_window,
    nothing_to_rank,
    recipe_of,
    values,
    weights,
    with_status,
    without_weight,
)
from db.store import Store

_NEAR_TO = max(rank for rank in range(3 * CAPACITY) if near_cut(rank, CAPACITY))
"""The last rank that is near the line."""


@dataclass(frozen=True)
class Alternative:
    """One variant: how it is shown, what it asks for, how offences weigh in it and what each weighs."""

    variant: Variant
    asked: Asked
    made: Recipe
    weighed: Mapping[int, Harm]


@dataclass(frozen=True)
class Stable:
    """How solid the head of a ranking is.

    made: what was asked for. entries: the band of each person, and their name, in order of rank. left_out: editions
    that were not tried, a sentence each.
    """

    made: Recipe
    variants: tuple[Variant, ...]
    entries: tuple[tuple[Band, str], ...]
    cut: Cut
    left_out: tuple[str, ...]


def stability(store: Store, asked: Asked, top: int | None = 20) -> Stable:
    """The bands of the first *top* ranks (ties at the end included; all where None), and the cut.

    Raises Problem where there is no one to rank, Refused for an edition that is not known, or for an imported one
    that lacks a code which occurs.
    """
    return _stability(store, asked, top, None)


def stability_of(store: Store, asked: Asked, ref: str) -> Stable:
    """The band of one person, by reference or by a name that fits one person only, and the cut.

    Raises as :func:`stability`, and NotFound for a person who is not known.
    """
    return _stability(store, asked, 0, people.person(store, ref))


def band_of(store: Store, asked: Asked, ref: str) -> Band:
    """The band of one person; one without a report in the pool and the window has no rank. Raises as the above."""
    return stability_of(store, asked, ref).entries[0][0]


def _stability(store: Store, asked: Asked, top: int | None, who: PersonView | None) -> Stable:
    tried, left_out = alternatives(store, asked)
    mine = next(turn for turn, one in enumerate(tried) if one.asked == asked)
    rows = _ranked(store, asked, tried, mine, top, who.id if who else 0)
    if not any(row.turn == mine for row in rows) and not _anyone(store, asked):
        raise Problem(nothing_to_rank(store, asked), "Nothing to rank")
    names = [one.variant.name for one in tried]
    people_in = _who(store, {row.person for row in rows})
    ranks: dict[str, dict[str, int]] = {name: {} for name in names}
    for row in rows:
        ranks[names[row.turn]][people_in[row.person].ref] = row.rank
    found = bands(ranks, names[mine])
    head = sorted((row.rank, -row.last, *people_in[row.person], row.score) for row in rows if row.turn == mine)
    if who:
        entries = [(found.get(who.ref) or Band(who.ref, None, dict.fromkeys(names)), who.name)]
    else:
        entries = [(found[ref], name) for rank, _, ref, name, _ in head if top is None or rank <= top]
    line = cut(Listed(rank, ref, score) for rank, _, ref, _, score in head)
    return Stable(tried[mine].made, tuple(one.variant for one in tried), tuple(entries), line, left_out)


def alternatives(store: Store, asked: Asked) -> tuple[list[Alternative], tuple[str, ...]]:
    """The variants of what is asked, itself among them, and why editions are left out.

    Each way of weighing (:func:`_weighings`) in each of ``core.stability.windows``.
    """
    tried: dict[str, Alternative] = {}
    left_out: list[str] = []
    spans = windows(asked.window)
    for one in _weighings(recipe_of(store, asked), asked, editions.known(store)):
        made = recipe_of(store, one)
        weighed = weights(store, made)
        if lacking := _lacking(store, replace(one, window=spans[-1]), made, weighed):
            if one == asked:
                raise Refused(lacking, "Edition not complete")
            left_out.append(lacking)
            continue
        for days in spans:
            variant = Variant(f"{made.edition}, {made.split} split", days)
            tried.setdefault(variant.name, Alternative(variant, replace(one, window=days), made, weighed))
    return list(tried.values()), tuple(dict.fromkeys(left_out))


def _weighings(made: Recipe, asked: Asked, known: Mapping[str, Edition]) -> list[Asked]:
    """What is asked, with each choice for split codes, each other index and each further edition of its indexes.

    What a method puts together of two indexes is also tried by each of them alone. Points are cut for the days of
    one index, so a method that bands its measures keeps its index and its bands.
    """
    mine = {edition.index: edition.name for edition in made.editions}
    found = [replace(asked, split=split) for split in SPLITS]
    if not made.method.measures:
        others = dict.fromkeys(edition.index for edition in known.values() if edition.index not in mine)
        latest = [edition_named(index, known).name for index in others]
        found += [_alone(asked, name) for name in (latest if len(mine) == 1 else mine.values())]
    for edition in known.values():
        if edition.index in mine and edition.name not in mine.values():
            found.append(replace(asked, editions=tuple((mine | {edition.index: edition.name}).values())))
    return found


def _alone(asked: Asked, edition: str) -> Asked:
    """The same people by the plain sum of one edition's weights."""
    return replace(asked, method="v100", pool=asked.ranked_in, min_crimes=asked.at_least, editions=(edition,))


def _lacking(store: Store, asked: Asked, made: Recipe, weighed: Mapping[int, Harm]) -> str:
    """What is wrong with an imported edition that lacks codes which occur and which the index that ships weighs."""
    if all(harm.days is not None for harm in weighed.values()):
        return ""
    rows = store.read.rows(without_weight(asked, weighed), **_given(asked))
    return editions.lacking(store, made, {row[0]: row[1] for row in rows})


def _given(asked: Asked) -> dict[str, object]:
    """The parameters of the queries here."""
    return {name: value for name, value in values(asked).items() if name != "old"}


def _anyone(store: Store, asked: Asked) -> bool:
    """Whether anyone at all is in the pool and the window, ranked or not."""
    among, statuses = with_status(asked, "m")
    query = (
        f"SELECT 1 FROM report_row m {among} WHERE m.person_id > 0 AND {in_window(asked.by)} "  # noqa: S608 - own names
        "AND (leading & :pool) <> 0 LIMIT 1"
    )
    return bool(store.read.rows(query, **_given(asked), **statuses))


class _Row(NamedTuple):
    """Where one variant puts one person. ``turn`` is the variant's place among those tried, ``last`` a day number."""

    turn: int
    person: int
    rank: int
    score: float
    last: int


def _ranked(
    store: Store, asked: Asked, tried: Sequence[Alternative], mine: int, top: int | None, person: int
) -> list[_Row]:
    """Every rank of those in the first *top* as asked for, of those near the line, and of one person.

    Each variant ranks only those who score at least what the last of the wanted scores there: nobody else can stand
    before any of them, and what need not be sorted costs nothing.
    """
    if not tried[mine].weighed:
        return []
    among, statuses = with_status(asked, "m")
    scores = ", ".join(f"{_score(one, turn)} AS s{turn}" for turn, one in enumerate(tried))
    each = " UNION ALL ".join(
        f"SELECT {turn} AS turn, person_id, rank, score, last FROM (SELECT person_id, last, s{turn} AS score, "  # noqa: S608
        f"RANK() OVER (ORDER BY s{turn} DESC) AS rank FROM scored "
        f"WHERE s{turn} >= (SELECT MIN(s{turn}) FROM wanted)) x WHERE person_id IN (SELECT person_id FROM wanted)"
        for turn in range(len(tried))
    )
    query = (
        f"WITH scored AS (SELECT m.person_id, m.last, {scores} FROM ({_sums(asked, tried, mine)}) m {among}), "  # noqa: S608
        f"listed AS (SELECT person_id, RANK() OVER (ORDER BY s{mine} DESC) AS rank FROM scored "
        f"WHERE s{mine} IS NOT NULL), wanted AS (SELECT * FROM scored WHERE person_id = :person OR person_id IN "
        f"(SELECT person_id FROM listed WHERE :every OR rank <= :top)) {each}"
    )
    widest = replace(asked, window=max(one.asked.window for one in tried))
    given = {"least": asked.at_least, "every": top is None, "top": max(top or 0, _NEAR_TO), "person": person}
    return list(map(_Row._make, store.read.rows(query, **_given(widest), **given, **statuses)))


class _Who(NamedTuple):
    """A person as a list names them: surname in capitals, then forenames."""

    ref: str
    name: str


def _who(store: Store, numbers: Iterable[int]) -> dict[int, _Who]:
    """Who people are, by the numbers of their records."""
    rows = store.read.rows(
        "SELECT p.id, p.ref, v.surname, v.forenames FROM person p JOIN person_version v ON v.id = p.version_id "  # noqa: S608
        f"WHERE p.id IN ({', '.join(str(int(number)) for number in numbers)})"
    )
    return {row[0]: _Who(row[1], ", ".join(filter(None, (row[2].upper(), row[3])))) for row in rows}


def _sums(asked: Asked, tried: Sequence[Alternative], mine: int) -> str:
    """The measures of everyone with a report in the widest window, a column for each measure of each variant.

    What variants have in common is written out for each; the database works equal columns out once.
    """
    columns, table = _table(tried)
    day = "reported_on" if asked.by == "reported" else "committed_from"
    measures = dict.fromkeys(("frequency", *(tried[mine].made.method.measures or ("harm",))))
    # Rows that do not lead a report matter for its victims alone.
    rows, lead = ("leading", "") if "victims" not in measures else ("admitted", "(r.leading & :pool) <> 0 AND ")
    parts = [f"MAX(CASE WHEN {lead}r.{day} > {asked.days.after} THEN r.reported_on END) AS last"]
    for turn, one in enumerate(tried):
        since = f"r.{day} > {one.asked.days.after}"
        found = {
            "recency": f":as_of - MAX(CASE WHEN {lead}{since} THEN r.{day} END)",
            "frequency": f"COUNT(CASE WHEN {lead}{since} THEN 1 END)",
            "gravity": f"MAX(CASE WHEN {lead}{since} THEN s.days{columns[turn]} END)",
            "harm": f"COALESCE(ROUND(SUM(CASE WHEN {lead}{since} THEN s.days{columns[turn]} END) * 100) / 100, 0.0)",
            "victims": f"COUNT(DISTINCT CASE WHEN {since} THEN NULLIF(r.victim_ref, '') END)",
        }
        parts += [f"{found[measure]} AS {measure}{turn}" for measure in measures]
    return (
        f"SELECT r.person_id, {', '.join(parts)} FROM report_row r CROSS JOIN ({table}) s "  # noqa: S608 - own names
        f"WHERE s.offence_id = r.offence_id AND r.person_id > 0 AND {in_window(asked.by)} "
        f"AND (r.{rows} & :pool) <> 0 GROUP BY r.person_id"
    )


def _table(tried: Sequence[Alternative]) -> tuple[list[int], str]:
    """What offences weigh: which column of the table holds the days of each variant, and the table."""
    found = [tuple(harm.days for harm in one.weighed.values()) for one in tried]
    columns = list(dict.fromkeys(found))
    rows = ", ".join(
        f"({number}, {', '.join('NULL' if days is None else repr(float(days)) for days in each)})"
        for number, *each in zip(tried[0].weighed, *columns, strict=False)  # an import may come in between
    )
    names = ", ".join(f"column{place} AS days{place - 2}" for place in range(2, len(columns) + 2))
    return [columns.index(one) for one in found], f"SELECT column1 AS offence_id, {names} FROM (VALUES {rows})"  # noqa: S608


def _score(one: Alternative, turn: int) -> str:
    """The score in a variant: the harm, or what the bands give; NULL where too few reports make a rank."""
    method, tables = one.made.method, one.made.bands
    points = [banded(tables, name, f"m.{name}{turn}") for name in method.measures] or [f"m.harm{turn}"]
    return f"CASE WHEN m.frequency{turn} >= :least THEN {' + '.join(points)} END"

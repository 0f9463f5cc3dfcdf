"""Ranks under the alternatives to what was asked: every variant in one pass over the rows. Nothing is kept.

A variant is itself something that can be asked for (:class:`db.scoring.RankingRequest`), and its ranks are those that a
ranking of it gives; tests hold the two equal. The database adds up and ranks, so that a screen beside it keeps its
keys, and hands back only the people who are wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.editions import Edition, edition_named
from core.errors import Problem, Refused
from core.methods import Recipe
from core.ranking import CAPACITY, near_cut
from core.stability import SPLITS, Band, Cut, Listed, Variant, bands, cut, windows
from core.text import list_name
from db import editions, people
from db.first import people_first
from db.left_out import LeftOut, left_out_of
from db.people import PersonView
from db.scoring import (
    RankingRequest,
    Scoring,
    Weights,
    banded,
    in_window,
    indexed,
    measures_sql,
    nothing_to_rank,
    parameters,
    recipe_of,
    scoring_of,
    with_status,
)
from db.store import Store
from db.store.rows import lookup

_NEAR_TO = max(rank for rank in range(3 * CAPACITY) if near_cut(rank, CAPACITY))
"""The last rank that is near the line."""


@dataclass(frozen=True)
class Alternative:
    """One variant: how it is shown, and what the request for it became."""

    variant: Variant
    scoring: Scoring


@dataclass(frozen=True)
class Stable:
    """How solid the head of a ranking is.

    recipe: that of what was asked for. entries: the band of each person, and their name, in order of rank. left_out:
    editions that were not tried, a sentence each. by_rule: whom only the least number of reports leaves out.
    """

    recipe: Recipe
    variants: tuple[Variant, ...]
    entries: tuple[tuple[Band, str], ...]
    cut: Cut
    left_out: tuple[str, ...]
    by_rule: tuple[LeftOut, ...]


def stability(store: Store, request: RankingRequest, top: int | None = 20) -> Stable:
    """The bands of the first *top* ranks (ties at the end included; all where None), and the cut.

    Raises Problem where there is no one to rank, Refused for an edition that is not known, or for an imported one
    that lacks a code which occurs.
    """
    return _stability(store, request, top, None)


def stability_of(store: Store, request: RankingRequest, ref: str) -> Stable:
    """The band of one person, by reference or by a name that fits one person only, and the cut.

    Raises as :func:`stability`, and NotFound for a person who is not known.
    """
    return _stability(store, request, 0, people.person(store, ref))


def band_of(store: Store, request: RankingRequest, ref: str) -> Band:
    """The band of one person; one without a report in the pool and the window has no rank. Raises as the above."""
    return stability_of(store, request, ref).entries[0][0]


def _stability(store: Store, request: RankingRequest, top: int | None, person: PersonView | None) -> Stable:
    tried, left_out = alternatives(store, request)
    mine = next(index for index, alternative in enumerate(tried) if alternative.scoring.request == request)
    ahead = _ahead(store, tried)
    rows = _ranked(store, tried, mine, top, person.id if person else 0, ahead)
    if not any(row.variant == mine for row in rows) and not _anyone(store, request):
        raise Problem(nothing_to_rank(store, request), "Nothing to rank")
    names = [alternative.variant.name for alternative in tried]
    people_in = _who(store, {row.person for row in rows})
    ranks: dict[str, dict[str, int]] = {name: {} for name in names}
    for row in rows:
        ranks[names[row.variant]][people_in[row.person].ref] = row.rank
    by_person = bands(ranks, names[mine])
    head = sorted((row.rank, -row.last, *people_in[row.person], row.score) for row in rows if row.variant == mine)
    if person:
        entries = [(by_person.get(person.ref) or Band(person.ref, None, dict.fromkeys(names)), person.name)]
    else:
        entries = [(by_person[ref], name) for rank, _, ref, name, _ in head if top is None or rank <= top]
    line = cut(Listed(rank, ref, score) for rank, _, ref, _, score in head)
    variants = tuple(alternative.variant for alternative in tried)
    return Stable(tried[mine].scoring.recipe, variants, tuple(entries), line, left_out, left_out_of(store, request))


def alternatives(store: Store, request: RankingRequest) -> tuple[list[Alternative], tuple[str, ...]]:
    """The variants of a request, itself among them, and why editions are left out.

    Each way of weighing (:func:`_weighings`) in each of ``core.stability.windows``.
    """
    tried: dict[str, Alternative] = {}
    left_out: list[str] = []
    spans = windows(request.window)
    for other in _weighings(recipe_of(store, request), request, editions.known(store)):
        scoring = scoring_of(store, other)
        if lacking := _lacking(store, scoring._replace(request=replace(other, window=spans[-1]))):
            if other == request:
                raise Refused(lacking, "Edition not complete")
            left_out.append(lacking)
            continue
        for days in spans:
            variant = Variant(f"{scoring.recipe.edition}, {scoring.recipe.split} split", days)
            in_span = scoring._replace(request=replace(other, window=days))
            tried.setdefault(variant.name, Alternative(variant, in_span))
    return list(tried.values()), tuple(dict.fromkeys(left_out))


def _weighings(recipe: Recipe, request: RankingRequest, known: Mapping[str, Edition]) -> list[RankingRequest]:
    """The request with each choice for split codes, each other index and each further edition of its indexes.

    What a method puts together of two indexes is also tried by each of them alone. Points are cut for the days of
    one index, so a method that bands its measures keeps its index and its bands.
    """
    mine = {edition.index: edition.name for edition in recipe.editions}
    requests = [replace(request, split=split) for split in SPLITS]
    if not recipe.method.measures:
        others = dict.fromkeys(edition.index for edition in known.values() if edition.index not in mine)
        latest = [edition_named(index, known).name for index in others]
        requests += [_alone(request, name) for name in (latest if len(mine) == 1 else mine.values())]
    for edition in known.values():
        if edition.index in mine and edition.name not in mine.values():
            requests.append(replace(request, editions=tuple((mine | {edition.index: edition.name}).values())))
    return requests


def _alone(request: RankingRequest, edition: str) -> RankingRequest:
    """The same people by the plain sum of one edition's weights."""
    return replace(request, method="v100", pool=request.ranked_in, min_crimes=request.at_least, editions=(edition,))


def _lacking(store: Store, scoring: Scoring) -> str:
    """What is wrong with an imported edition that lacks codes which occur and which the index that ships weighs."""
    if all(harm.days is not None for harm in scoring.weights.values()):
        return ""
    rows = store.read.rows(scoring.without_weight(), **_given(scoring.request))
    return editions.lacking(store, scoring.recipe, lookup(rows))


def _given(request: RankingRequest) -> dict[str, object]:
    """The parameters of the queries here."""
    return {name: value for name, value in parameters(request).items() if name != "old"}


def _anyone(store: Store, request: RankingRequest) -> bool:
    """Whether anyone at all is in the pool and the window, ranked or not."""
    among, statuses = with_status(request, "m")
    query = (
        f"SELECT 1 FROM report_row m {among} WHERE m.person_id > 0 AND {in_window(request)} "  # noqa: S608 - own names
        "AND (leading & :pool) <> 0 LIMIT 1"
    )
    return bool(store.read.rows(query, **_given(request), **statuses))


def _ahead(store: Store, tried: Sequence[Alternative]) -> str:
    """The condition that a person stands first, as the pool may say, on the columns of the measures."""
    widest = max((one.scoring.request for one in tried), key=lambda request: request.window)
    first = people_first(store, widest)
    return f"m.person_id IN ({', '.join(map(str, sorted(first)))})" if first else "0"


class _Row(NamedTuple):
    """Where one variant puts one person. ``variant`` is its index among those tried, ``last`` a day number."""

    variant: int
    person: int
    rank: int
    score: float
    last: int


def _ranked(
    store: Store, tried: Sequence[Alternative], mine: int, top: int | None, person: int, ahead: str
) -> list[_Row]:
    """Every rank of those in the first *top* as asked for, of those near the line, and of one person.

    mine: the index of what was asked for. ahead: the condition that a person stands first. Each variant ranks only
    those who score at least what the last of the wanted scores there, or stand first: nobody else can stand before any
    of them, and what need not be sorted costs nothing.
    """
    scoring = tried[mine].scoring
    if not scoring.weights:
        return []
    among, statuses = with_status(scoring.request, "m")
    scores = ", ".join(f"{_score(one.scoring.recipe, index)} AS s{index}" for index, one in enumerate(tried))
    each = " UNION ALL ".join(
        f"SELECT {index} AS variant, person_id AS person, rank, score, last "  # noqa: S608 - the code's own names
        f"FROM (SELECT person_id, last, s{index} AS score, RANK() OVER (ORDER BY ahead DESC, s{index} DESC) AS rank "
        f"FROM scored WHERE s{index} IS NOT NULL AND (ahead OR s{index} >= (SELECT MIN(s{index}) FROM wanted))) x "
        "WHERE person_id IN (SELECT person_id FROM wanted)"
        for index in range(len(tried))
    )
    query = (
        f"WITH scored AS (SELECT m.person_id, m.last, {ahead} AS ahead, {scores} "  # noqa: S608 - own names
        f"FROM ({_sums(tried, mine)}) m {among}), "
        f"listed AS (SELECT person_id, RANK() OVER (ORDER BY ahead DESC, s{mine} DESC) AS rank FROM scored "
        f"WHERE s{mine} IS NOT NULL), wanted AS (SELECT * FROM scored WHERE person_id = :person OR person_id IN "
        f"(SELECT person_id FROM listed WHERE :every OR rank <= :top)) {each}"
    )
    widest = replace(scoring.request, window=max(one.scoring.request.window for one in tried))
    given = {
        "least": scoring.request.at_least,
        "every": top is None,
        "top": max(top or 0, _NEAR_TO),
        "person": person,
    }
    rows = store.read.picked(_Row._fields, query, **_given(widest), **given, **statuses)
    return list(map(_Row._make, rows))


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
    return {row["id"]: _Who(row["ref"], list_name(row["surname"], row["forenames"])) for row in rows}


def _sums(tried: Sequence[Alternative], mine: int) -> str:
    """The measures of everyone with a report in the widest window, a column for each measure of each variant.

    What variants have in common is written out for each; the database works equal columns out once.
    """
    columns, table = days_table([one.scoring.weights for one in tried])
    scoring = tried[mine].scoring
    by = scoring.request.by
    day = "r.reported_on" if by == "reported" else "r.committed_from"
    names = dict.fromkeys(("frequency", *(scoring.recipe.method.measures or ("harm",))))
    # Rows that do not lead a report matter for its victims alone.
    rows, leads = ("leading", "") if "victims" not in names else ("admitted", "(r.leading & :pool) <> 0 AND ")
    parts = [f"MAX(CASE WHEN {leads}{day} > {scoring.request.days.after} THEN r.reported_on END) AS last"]
    for index, alternative in enumerate(tried):
        since = f"{day} > {alternative.scoring.request.days.after}"
        measures = measures_sql(by, f"s.days{columns[index]}", f"{leads}{since}", since)
        measures["recency"] = f":as_of - {measures['newest']}"
        parts += [f"{measures[name]} AS {name}{index}" for name in names]
    # CROSS JOIN keeps SQLite from beginning with the weights: rows are walked by their index, each finds its weights.
    return (
        f"SELECT r.person_id, {', '.join(parts)} FROM report_row r "  # noqa: S608 - own names
        f"CROSS JOIN ({indexed(table, [f'days{at}' for at in sorted(set(columns))])}) s "
        f"WHERE s.offence_id = r.offence_id AND r.person_id > 0 AND {in_window(scoring.request, by_day=False)} "
        f"AND (r.{rows} & :pool) <> 0 GROUP BY r.person_id"
    )


def days_table(every: Sequence[Weights]) -> tuple[list[int], str]:
    """What offences weigh in each variant: which column of the table holds its days, and the table."""
    days_of = [tuple(harm.days for harm in weights.values()) for weights in every]
    columns = list(dict.fromkeys(days_of))
    rows = ", ".join(
        f"({number}, {', '.join('NULL' if days is None else repr(float(days)) for days in each)})"
        for number, *each in zip(every[0], *columns, strict=False)  # an import may come in between
    )
    # SQLite calls the columns of VALUES column1, column2 and so on; the first is the offence.
    names = ", ".join(f"column{place} AS days{place - 2}" for place in range(2, len(columns) + 2))
    return [columns.index(days) for days in days_of], f"SELECT column1 AS offence_id, {names} FROM (VALUES {rows})"  # noqa: S608


def _score(recipe: Recipe, index: int) -> str:
    """The score in a variant: the harm, or what the bands give; NULL where too few reports make a rank."""
    points = [banded(recipe.bands, name, f"m.{name}{index}") for name in recipe.method.measures]
    return f"CASE WHEN m.frequency{index} >= :least THEN {' + '.join(points or [f'm.harm{index}'])} END"

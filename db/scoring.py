"""The bulk form of the methods: what everyone in a pool scores, added up by the database in one pass.

What is admitted and which row leads a report is decided by ``core.allegations`` and stands with each row, what an
offence weighs and what a measure is worth is decided by ``core.methods``; here they are put into SQL, and tests hold
the two equal. The database works without holding up the keys of a screen beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core import bands as band_tables
from core.allegations import HISTORIC_AFTER, By, Historic, Window
from core.bands import Bands
from core.days import uk
from core.errors import NotFound
from core.harm import EDITION, Harm, Split
from core.methods import Recipe, method_named
from core.methods.base import as_indexed
from core.methods.base import recipe as recipe_with
from core.pools import Pool, entry
from core.ranking import Standing
from core.rules import Rule
from core.text import plain
from db import editions
from db.kept_out import no_reports
from db.store import Store


@dataclass(frozen=True)
class RankingRequest:
    """What a ranking is to be made of. ``as_of`` is a day number, ``window`` in days.

    min_crimes: what the pool says where it is None, else what the method says; pool: the method's own where it is None.
    historic: what becomes of reports made more than a year after the offence. editions: names of editions in
    place of the latest that ship. statuses: the statuses that are taken in, all where empty.
    """

    as_of: int
    by: By = "reported"
    window: int = 365
    min_crimes: int | None = None
    method: str = "v100"
    pool: Pool | None = None
    editions: tuple[str, ...] = ()
    bands: Bands = field(default_factory=band_tables.default)
    split: Split = "default"
    statuses: tuple[str, ...] = ()
    historic: Historic = "count"

    @property
    def days(self) -> Window:
        """The window as the rules know it."""
        return Window(self.as_of, self.window, self.by, self.historic)

    @property
    def ranked_in(self) -> Pool:
        """The pool asked for, or the method's own."""
        return method_named(self.method).pool if self.pool is None else self.pool

    @property
    def at_least(self) -> int:
        """How many reports make a rank."""
        if self.min_crimes is not None:
            return self.min_crimes
        stated = entry(self.ranked_in).minimum
        return method_named(self.method).min_crimes if stated is None else stated


Weights = Mapping[int, Harm]
"""Offence number to what it weighs."""


class Scoring(NamedTuple):
    """A ranking request and what it became in a store: its recipe, and what every offence weighs by that."""

    request: RankingRequest
    recipe: Recipe
    weights: Weights

    @property
    def as_stored(self) -> bool:
        """Whether rows themselves carry what they weigh, so that no weights need be joined."""
        return as_stored(self.recipe)

    @property
    def joined(self) -> Weights:
        """The weights that are joined to the rows; none where rows carry them."""
        return {} if self.as_stored else self.weights

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of :meth:`sql`."""
        return parameters(self.request)

    def sql(self, source: str = "") -> str:
        """The query for everyone in the pool with measures and score, one row a person.

        source: a query that gives the measures; they are measured from the rows where it is empty.
        """
        # CROSS JOIN keeps SQLite from walking over all people first: it takes the measures, then looks each person up.
        return (
            "SELECT m.*, :as_of - m.newest AS recency, p.ref, p.version_id, "  # noqa: S608 - the code's own names
            f"{_score(self.recipe)} AS score FROM ({source or self.measured()}) m CROSS JOIN person p "
            "WHERE p.id = m.person_id"
        )

    def measured(self, among: str = "") -> str:
        """The query for the measures, as :func:`measured`."""
        return measured(self.request, self.joined, among)

    def without_weight(self) -> str:
        """The query for Home Office codes of counted allegations that carry no weight, and how many of each."""
        marks = ", ".join(str(int(number)) for number, harm in self.weights.items() if harm.days is None) or "NULL"
        return (
            "SELECT o.ho_code, COUNT(*) FROM report_row r JOIN offence o ON o.id = r.offence_id "  # noqa: S608 - numbers
            f"WHERE r.offence_id IN ({marks}) AND r.person_id > 0 AND {in_window(self.request)} "
            "AND (r.leading & :pool) <> 0 GROUP BY o.ho_code ORDER BY o.ho_code"
        )


def scoring_of(store: Store, request: RankingRequest) -> Scoring:
    """What a request becomes on the records of a store. Raises Refused for a name that is not known."""
    recipe = recipe_of(store, request)
    if len(request.statuses) > 1:
        check_statuses(store, request)
    return Scoring(request, recipe, weights_by(store, recipe))


def check_statuses(store: Store, request: RankingRequest) -> None:
    """Raise NotFound for a status that no one has, so that none is dropped in silence."""
    query = "SELECT DISTINCT v.status FROM person p JOIN person_version v ON v.id = p.version_id WHERE v.status <> ''"
    known = sorted(row["status"] for row in store.read.rows(query))
    folded = {status.casefold() for status in known}
    if known and (odd := [status for status in request.statuses if status.casefold() not in folded]):
        raise NotFound(f"No one has the status '{odd[0]}'. There are: {', '.join(map(plain, known))}.")


def recipe_of(store: Store, request: RankingRequest) -> Recipe:
    """The method with the editions and bands it reads. Raises Refused for a name that is not known."""
    chosen = [editions.named(store, name) for name in request.editions]
    return recipe_with(method_named(request.method), chosen, request.bands, request.split)


def weights_by(store: Store, recipe: Recipe) -> dict[int, Harm]:
    """What every offence of the store weighs by a recipe."""
    rows = store.read.rows("SELECT id, ho_code, title, severity FROM offence ORDER BY id")
    return {row["id"]: recipe.weigh(row["ho_code"], row["title"], row["severity"]) for row in rows}


def as_stored(recipe: Recipe) -> bool:
    """Whether a recipe weighs as the rows themselves carry it, so that no weights need be joined."""
    plain = recipe.method.combine is as_indexed and recipe.split == "default"
    return plain and [edition.name for edition in recipe.editions] == [EDITION]


def standings(store: Store, request: RankingRequest) -> list[Standing]:
    """What everyone in the pool comes to, those of the statuses asked for, in no order."""
    scoring = scoring_of(store, request)
    among, statuses = with_status(request, "f")
    columns = ", ".join("f.person_id AS person" if name == "person" else f"f.{name}" for name in Standing._fields)
    query = f"SELECT {columns} FROM ({scoring.sql()}) f {among}"  # noqa: S608 - the names of the fields
    return list(map(Standing._make, store.read.picked(Standing._fields, query, **scoring.parameters, **statuses)))


def parameters(request: RankingRequest) -> dict[str, Any]:
    """The parameters of the queries here."""
    return {
        "after": request.days.after,
        "as_of": request.as_of,
        "pool": int(request.ranked_in),
        "old": HISTORIC_AFTER,
    }


def in_window(request: RankingRequest, *, by_day: bool = True) -> str:
    """The condition that ``core.allegations.Window`` puts into words, on the columns of a report row.

    by_day: whether rows may be found by their day; else they are walked person by person.
    """
    inside = within(request.by, by_day=by_day)
    return inside if request.historic == "count" else f"{inside} AND NOT {HISTORIC}"


def within(by: By, *, by_day: bool = True) -> str:
    """The days of :func:`in_window` alone."""
    reported = "reported_on" if by_day else "+reported_on"  # SQLite uses no index for it
    if by == "committed":
        return f"committed_from > :after AND committed_from <= :as_of AND {reported} <= :as_of"
    return f"{reported} > :after AND {reported} <= :as_of"


HISTORIC = f"(committed_from < reported_on - {HISTORIC_AFTER})"
"""The condition of ``core.allegations.is_historic``, on the columns of a report row."""


def measures_sql(by: By, days: str, lead: str, inside: str = "") -> dict[str, str]:
    """The measures of one person over rows ``r``, as ``core.methods.base.measures`` states them; each by its name.

    ``newest`` is the day number that recency counts from. by: the day that it is by. days: the column of what a row
    weighs. lead: the condition that a row leads a report inside the window. inside: the condition that the victim of a
    row counts; every row's where it is empty.
    """
    day = "r.reported_on" if by == "reported" else "r.committed_from"
    victim = "NULLIF(r.victim_ref, '')"
    return {
        "newest": f"MAX(CASE WHEN {lead} THEN {day} END)",
        "frequency": f"COUNT(CASE WHEN {lead} THEN 1 END)",
        "gravity": f"MAX(CASE WHEN {lead} THEN {days} END)",
        "harm": f"COALESCE(ROUND(SUM(CASE WHEN {lead} THEN {days} END) * 100) / 100, 0.0)",
        "victims": f"COUNT(DISTINCT {f'CASE WHEN {inside} THEN {victim} END' if inside else victim})",
    }


def measured(request: RankingRequest, weights: Weights, among: str = "") -> str:
    """What the reports of everyone in the pool come to, one row a person; heaviest and latest row are packed.

    weights: those that are joined to the rows, none where rows carry them. among: a query that gives the numbers of the
    people who are looked at, everyone if empty.
    """
    days = "s.days" if weights else "r.days"
    lead = "(r.leading & :pool) <> 0"
    measures = measures_sql(request.by, days, lead)
    # By the index of days, which SQLite takes for cheaper beside a short table of weights, all rows would be sorted.
    by_day = bool(among) or not weights
    # With some people only, CROSS JOIN makes SQLite begin with them, few as they are, and not with all rows.
    person, start, same = (
        ("a.person_id", f"({among}) a CROSS JOIN ", "r.person_id = a.person_id")
        if among
        else ("r.person_id", "", "r.person_id > 0")
    )
    return (
        f"SELECT {person}, MIN(r.reported_on) AS oldest, {measures['newest']} AS newest, "  # noqa: S608 - own names
        f"MAX(CASE WHEN {lead} THEN r.reported_on END) AS last, {measures['gravity']} AS gravity, "
        f"{measures['harm']} AS harm, COUNT(CASE WHEN {lead} THEN {days} END) AS allegations, "
        f"{measures['frequency']} AS crimes, {measures['victims']} AS victims, "
        f"SUM(CASE WHEN {lead} AND r.committed_from < r.reported_on - :old THEN 1 ELSE 0 END) AS historic, "
        f"MAX(CASE WHEN {lead} THEN {_packed(f'CAST(COALESCE({days}, 0) * 100 AS BIGINT)')} END) AS heaviest, "
        f"MAX(CASE WHEN {lead} THEN {_packed('r.reported_on')} END) AS latest "
        f"FROM {start}report_row r {_weights_table(weights)} "
        f"{same} AND {in_window(request, by_day=by_day)} AND (r.admitted & :pool) <> 0 GROUP BY {person} "
        f"HAVING {measures['frequency']} > 0"
    )


MEASURES = Rule("measures", 2, (measured, measures_sql, in_window, within))
"""How reports are added up in SQL, with its version."""

ROW = 1 << 40
"""A row's number stands below this in a packed value, so that one MAX finds a figure and the row that has it.

A packed value must fit 63 bits, which leaves 23 for the figure: up to 8,388,607. Row numbers fit up to 2^40, about
1.1 million million. Day numbers are near 740,000 (the year 9999 is 3,652,059); hundredths of a day of harm fit up to
83,886 days, ten times the heaviest offence of the indexes that ship (7,973 days). A heavier one of an imported edition
does not fit: its report would not be found again.
"""


def _packed(figure: str) -> str:
    return f"{figure} * {ROW} + r.id"


def _weights_table(weights: Weights) -> str:
    """What gives rows the weights of a recipe, a table of a few hundred figures; ends where conditions go on.

    CROSS JOIN keeps SQLite from beginning with that table: rows are walked by their index, each finds its weight.
    """
    if not weights:
        return "WHERE"
    rows = ", ".join(
        f"({int(number)}, {'NULL' if harm.days is None else repr(float(harm.days))})"
        for number, harm in weights.items()
    )
    table = f"SELECT column1 AS offence_id, column2 AS days FROM (VALUES {rows})"  # noqa: S608 - figures of the index
    return f"CROSS JOIN ({indexed(table, ('days',))}) s WHERE s.offence_id = r.offence_id AND"


def indexed(table: str, days: Iterable[str]) -> str:
    """A table of what offences weigh, so that SQLite makes an index of it where it is long.

    It can only while the table stays one of its own (LIMIT) and its numbers are known for such (CAST): else each of a
    million rows walks all of it. days: the columns besides ``offence_id``.
    """
    return f"SELECT CAST(offence_id AS INTEGER) AS offence_id, {', '.join(days)} FROM ({table}) LIMIT -1"  # noqa: S608


def _score(recipe: Recipe) -> str:
    """The score in SQL: the harm, or what the bands give for each measure."""
    if not recipe.method.measures:
        return "m.harm"
    columns = {"recency": ":as_of - m.newest", "frequency": "m.crimes"}
    return " + ".join(banded(recipe.bands, name, columns.get(name, f"m.{name}")) for name in recipe.method.measures)


def banded(bands: Bands, measure: str, column: str) -> str:
    """The points of a measure in SQL."""
    whens = "".join(
        f"WHEN {column} <= {band.to!r} THEN {band.points!r} " for band in bands.tables[measure] if band.to is not None
    )
    last = bands.tables[measure][-1].points
    return f"CASE WHEN {column} IS NULL THEN 0.0 {whens}ELSE {last!r} END"


def with_status(request: RankingRequest, whom: str) -> tuple[str, dict[str, str]]:
    """The join that keeps only people of the statuses asked for, and its parameters.

    whom: the table that has the numbers of people. Empty where every status is taken in.
    """
    names = {f"status{index}": status.casefold() for index, status in enumerate(request.statuses)}
    if not names:
        return "", {}
    marks = ", ".join(f":{name}" for name in names)
    who = f"JOIN person w ON w.id = {whom}.person_id JOIN person_version v ON v.id = w.version_id"
    return f"{who} AND LOWER(v.status) IN ({marks})", names


def nothing_to_rank(store: Store, request: RankingRequest) -> str:
    """Why no one is in the pool, in a sentence that says what to do."""
    [(first, last)] = store.read.rows("SELECT MIN(reported_on), MAX(reported_on) FROM report_row")
    if first is None:
        return no_reports(store)
    among = f" with the status {' or '.join(request.statuses)}" if request.statuses else ""
    return (
        f"No one{among} in the pool '{request.ranked_in.words}' was named between {uk(request.days.after + 1)} and "
        f"{uk(request.as_of)}. The reports in the store run from {uk(first)} to {uk(last)}: choose another "
        "--as-of, --window or --pool."
    )

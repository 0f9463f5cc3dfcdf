"""``tasking rank``: make a run and print it; or set two methods side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.allegations import HISTORIC_AFTER
from core.children import CHILD
from core.cohorts import COHORTS
from core.days import iso, uk
from core.editions import built_in
from core.not_counted import most_frequent
from core.pools import NOT_SAID
from core.pools import entry as entry_rule
from core.ranking import ORDER, movement
from core.scope import Scope
from core.text import counted, figure, plain
from core.top import Shown, first_ranks
from db import kept_out, report_repeats
from db.badges import badges_by_person
from db.batch_kinds import REPORTS
from db.first import refs_first
from db.historic import Old, historic_of
from db.left_out import left_out
from db.ranked_first import first_ranked
from db.rankings import Ranked, RunHead
from db.runs import run_like
from db.since import since
from db.store import Store
from db.unweighed import no_ranking
from tui.cli import left_out as group
from tui.cli.asking import check_editions, ranking_asked
from tui.cli.common import existing, number, print_json, print_table, say, say_ages_hidden, say_not_counted, top_of
from tui.cli.options import RankingOptions
from tui.small_counts import child_in_json

_CODES = 10
"""How many codes without a weight are named in print; JSON has all."""


def run(path: Path | None, options: RankingOptions, top: str, scope: Scope, *, json: bool) -> None:
    """Rank, or take the run that stands; print the top of it, of a scope its first with their ranks in the force."""
    limit = top_of(top)
    asked = ranking_asked(options)
    with existing(path) as store:
        check_editions(store, asked)
        head = run_like(store, asked)
        nothing = no_ranking(store, head)
        kept = kept_out.of_kind(store, REPORTS)
        shown = Shown[Ranked](()) if nothing else _first(store, head, limit, scope)
        if json:
            made = as_json(store, head, list(shown.rows))
            said = {
                "scope": scope.name,
                "more": shown.as_json,
                "no_ranking": nothing or None,
                "repeats": list(report_repeats.told(store)),
                "not_counted": [one.as_json() for one in kept],
            }
            print_json(made | said)
            return
        if nothing:
            say(f"Run {head.id}, {head.edition}: {plain(nothing)}")
        else:
            _print(store, head, list(shown.rows), shown.words)
            if not scope.is_force:
                say(f"Of {scope.label}: the first {len(shown.rows):,}, by home, else by the latest report that counts.")
                say("Ranks are those in the force.")
    say_not_counted(kept)


def _first(store: Store, head: RunHead, limit: int | None, scope: Scope) -> Shown[Ranked]:
    """The first of a ranking: those of the first ranks, or so many who are of a scope."""
    found = first_ranked(store, head.id, scope, limit)
    return first_ranks(found, limit, lambda entry: entry.rank) if scope.is_force else Shown(tuple(found))


def as_json(store: Store, head: RunHead, entries: list[Ranked]) -> dict[str, Any]:
    """A run as the JSON that docs/commands.md documents."""
    beside = _Beside.of(store, head, entries)
    rule = entry_rule(head.ranked_in)
    return {
        "method": head.method,
        "index": head.index,
        "edition": head.edition,
        "as_of": iso(head.as_of),
        "window_days": head.window,
        "pool": head.pool,
        "run": head.id,
        "by": head.by,
        "min_crimes": head.min_crimes,
        "unit": head.how.unit,
        "split": head.split,
        "bands": head.bands.name if head.how.measures else None,
        "statuses": list(head.statuses),
        "source": head.how.source,
        "people": head.people,
        "ranked": head.ranked,
        "historic": head.historic_as,
        "historic_allegations": head.historic,
        "unweighted": head.unweighted,
        "unweighed": sum(head.unweighted.values()),
        "pool_rule": {
            "named_by": [name or NOT_SAID for name in rule.named_by],
            "minimum": rule.minimum,
            "first": rule.first or None,
            "source": rule.source,
        },
        "order": f"{COHORTS[rule.first].title} first, then {ORDER}" if rule.first else ORDER,
        "moves_since": since(store, head, None).as_json(),
        "left_out_by_rule": group.as_json(left_out(store, head)),
        "entries": [_entry(head, entry, beside) for entry in entries],
    }


@dataclass(frozen=True)
class _Beside:
    """What stands beside entries: badges of cohorts, what historic reports come to, who stands first in the pool."""

    badges: dict[str, list[str]]
    old: dict[str, Old]
    first: frozenset[str]

    @classmethod
    def of(cls, store: Store, head: RunHead, entries: list[Ranked]) -> _Beside:
        """Read it."""
        return cls(badges_by_person(store), historic_of(store, head, entries), refs_first(store, head))


def parts_json(head: RunHead, entry: Ranked) -> list[dict[str, Any]]:
    """What a score is made of."""
    return [
        {"measure": part.measure, "value": number(part.value), "adds": number(part.adds)} for part in head.parts(entry)
    ]


def _entry(head: RunHead, entry: Ranked, beside: _Beside) -> dict[str, Any]:
    largest = {
        "crime": entry.largest_crime,
        "offence": entry.largest_offence,
        "days": number(entry.largest_days),
    }
    old = beside.old.get(entry.person, Old(0, 0.0, 0.0))
    return {
        "rank": entry.rank,
        "person": entry.person,
        "name": entry.name,
        "score": number(entry.score),
        "parts": parts_json(head, entry),
        "harm_days": number(entry.harm),
        "allegations": entry.allegations,
        "crimes": entry.crimes,
        "unweighed": entry.unweighed,
        "victims": entry.victims,
        "more_victims_than_reports": entry.several_victims,
        "historic_reports": old.reports,
        "historic_share": None if old.share is None else round(old.share, 4),
        "child": child_in_json(entry.born_on, child=entry.child(head.as_of)),
        "listed_first": entry.person in beside.first,
        "also_victim": entry.victim,
        "last_allegation": iso(entry.last_allegation),
        "largest": largest if entry.largest_crime is not None else None,
        "largest_confidence": entry.largest_confidence,
        "borough": entry.borough if entry.lives.borough else None,
        "bcu": entry.lives.bcu or None,
        "placed_by": entry.placed_by,
        "status": entry.status,
        "cohorts": beside.badges.get(entry.person, []),
        "previous_rank": entry.previous_rank,
    }


def made_of(head: RunHead, entry: Ranked) -> str:
    """The parts of a banded score in one cell: ``recency 25 + frequency 14``."""
    return " + ".join(f"{part.measure} {part.adds:g}" for part in head.parts(entry))


def _print(store: Store, head: RunHead, entries: list[Ranked], more: str) -> None:
    beside = _Beside.of(store, head, entries)
    moved = since(store, head, None)
    banded = bool(head.how.measures)
    rows = [
        (
            entry.rank,
            movement(entry.rank, entry.previous_rank, first=moved.run is None),
            entry.person,
            entry.name,
            figure(entry.score),
            f"{entry.crimes}{f' (+{entry.unweighed} unweighed)' if entry.unweighed else ''}",
            f"{entry.victims}{' (more than crimes)' if entry.several_victims else ''}",
            beside.old[entry.person].percent if entry.person in beside.old else "",
            made_of(head, entry) if banded else _largest(entry),
            uk(entry.last_allegation),
            entry.borough,
            " ".join(_marks(head, entry, beside)),
        )
        for entry in entries
    ]
    unit = "points" if banded else "days"
    what = "made of" if banded else "largest"
    old = "historic" if head.historic_as == "count" else "apart"
    heads = ("rank", "move", "person", "name", unit, "crimes", "victims", old, what, "last", "borough", "status")
    print_table(heads, rows, right=(0, 1, 4, 5, 6, 7))
    if more:
        say(f"{more}.")
    without = left_out(store, head)
    group.print_group(without, head.how.unit)
    say(
        f"Run {head.id}: {head.how.title}, {head.edition}, {counted(head.window, 'day')} to {uk(head.as_of)} by day "
        f"{head.by}, pool {head.pool}, at least {counted(head.min_crimes, 'report')}: "
        f"{head.ranked:,} ranked of {counted(head.people, 'named suspect')}; {len(without):,} left out by rule."
    )
    say(f"{moved.words[0].upper()}{moved.words[1:]}.")
    notes(head)
    say_ages_hidden()
    for told in report_repeats.told(store):
        say(told)


def _marks(head: RunHead, entry: Ranked, beside: _Beside) -> list[str]:
    """The status and what stands beside it: a child, cohorts, who is listed first, a victim."""
    said = [
        CHILD if entry.child(head.as_of) else "",
        entry.status,
        *beside.badges.get(entry.person, []),
        f"{COHORTS[entry_rule(head.ranked_in).first].badge} by rule" if entry.person in beside.first else "",
        "also victim" if entry.victim else "",
    ]
    return [mark for mark in said if mark]


def notes(head: RunHead) -> None:
    """What a reader of a run must know beside it."""
    say(f"{head.how.says} Source: {head.how.source}.")
    rule = entry_rule(head.ranked_in)
    unsaid = ", or by whom is not said" if "" in rule.named_by else ""
    say(f"Pool {head.pool}: suspects named by {rule.namers}{unsaid}. Source: {rule.source}.")
    if rule.first:
        say(f"Listed first: {COHORTS[rule.first].title.lower()}s, by the rule of that cohort; then by score.")
    if "recency" not in head.how.measures:
        say("Recency enters through the window only: inside it an old report weighs what a new one weighs.")
    if head.how.measures:
        say(f"Bands: {head.bands.name}.")
    if head.historic:
        say(historic_words(head))
    if head.unweighted:
        unweighed = sum(head.unweighted.values())
        say(f"+{unweighed:,} unweighed: {counted(unweighed, 'allegation')} without a weight, which is not 0 days.")
        say(f"No weight in {head.edition} for {plain(most_frequent(head.unweighted, _CODES))}.")
    for name, edition in built_in().items():
        if name in head.edition.split(" + "):
            say(edition.citation)


def historic_words(head: RunHead) -> str:
    """What becomes of historic allegations in a run, in a sentence: each is one person in one report."""
    allegations = counted(head.historic, "historic allegation")
    made = f"{allegations} (committed more than {HISTORIC_AFTER} days before the report)"
    if head.historic_as == "count":
        return f"{made}: counted, the share of the harm beside each person. --historic apart leaves them out."
    return f"{made}: set apart, they add nothing; whoever has no other report is not in the list."


def _largest(entry: Ranked) -> str:
    """The heaviest report in one cell, marked where its weight is derived."""
    days = "unweighed:" if entry.largest_days is None else figure(entry.largest_days)
    derived = " (derived)" if entry.largest_confidence == "derived" else ""
    return f"{days} {entry.largest_offence or ''}{derived}"

"""What is left out of the ward numbers of a release over some months: the one place that every user of them asks."""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.errors import NotFound
from core.not_counted import NotCounted, historic, lines_in_words, no_ward, no_weight, repeats
from core.releases import dashed
from core.street import POLICE_UK_STREET
from core.text import counted, plain
from db import kept_out, lookups, report_counts, report_repeats, street
from db.batch_kinds import REPORTS
from db.releases import ReleaseHead, releases
from db.report_counts import PROFILE
from db.store import Store
from db.wards import WardRanking, ranking

_NAMED = 3
"""How many files are named where something is left out of several."""


def not_counted(store: Store, found: WardRanking) -> tuple[NotCounted, ...]:
    """What a ranking leaves out: no ward, areas not in the lookup, months, no weight, historic reports, repeats,
    rows in quarantine."""
    return (
        *_no_ward(found),
        *_lookup(store, found),
        *(
            NotCounted(
                "fragment",
                f"{dashed(flag.month)} is left out: {flag.reason}.",
                short=f"{dashed(flag.month)} left out {flag.short}",
            )
            for flag in found.left_out
        ),
        *(
            NotCounted(
                "unknown_month",
                f"{dashed(month)} is not in the release, so unknown and not zero.",
                short=f"{dashed(month)} not held",
            )
            for month in found.unknown
        ),
        *(NotCounted("weak_months", f"{run.reason[:1].upper()}{run.reason[1:]}.") for run in found.weak),
        *_no_weight(found),
        *_historic(store, found),
        *_repeats(store, found),
        *_kept_out(store, found),
    )


def _no_ward(found: WardRanking) -> Sequence[NotCounted]:
    unplaced, placed = found.table.unplaced, found.table.entries
    count = sum(one.count + one.antisocial for one in unplaced)  # both are incidents
    if not count:
        return ()
    every = count + sum(one.count + one.antisocial for one in placed)
    days = sum(one.harm for one in unplaced)
    of_what = "report" if found.release.profile == PROFILE else "incident"
    return (no_ward(count, every, days, days + sum(one.harm for one in placed), of_what=of_what),)


def _lookup(store: Store, found: WardRanking) -> Sequence[NotCounted]:
    head = found.release
    if head.profile != POLICE_UK_STREET:
        return ()
    files = [part.release_id for part in head.parts if not set(part.months).isdisjoint(found.months)]
    maps = {one.name for number in files if (one := lookups.lookup_of(store, number)) is not None}
    if len(maps) > 1:
        words = f"The months are counted on {len(maps)} ward maps ({', '.join(sorted(maps))}): a ward can stand twice."
        return (NotCounted("lookup", words, short=f"counted on {len(maps)} ward maps"),)
    fit = lookups.fit(store, files or head.counted_from, head.months[-1])
    if fit.lookup is None:
        words = "No lookup (profile lsoa-ward) is held that leads small areas to wards."
        return (NotCounted("lookup", words, fit.areas, fit.areas),)
    return (NotCounted("lookup", fit.words, fit.missing, fit.areas),) if fit.words else ()


def _no_weight(found: WardRanking) -> Sequence[NotCounted]:
    if not sum(found.table.unweighted.values()):
        return ()
    every = sum(one.count for one in (*found.table.entries, *found.table.unplaced))
    of_what = "report" if found.release.profile == PROFILE else "incident"
    return (no_weight(found.table.unweighted, every, of_what=of_what),)


def _historic(store: Store, found: WardRanking) -> Sequence[NotCounted]:
    if found.release.profile != PROFILE:
        return ()
    every = {one.category for one in report_counts.counts(store).series}
    narrowed = None if every <= set(found.categories) else found.categories
    count, days = report_counts.historic(store, found.months, narrowed)
    counted_in = sum(one.count for one in (*found.table.entries, *found.table.unplaced))
    return [historic(count, count + counted_in, days)] if count else []


def _repeats(store: Store, found: WardRanking) -> Sequence[NotCounted]:
    head = found.release
    if head.profile == PROFILE:
        batches = [one for one in kept_out.batches_of(store, REPORTS) if one.repeated]
        again = [(one.number, one.file, one.repeated) for one in batches]
        of_files = [repeats(sum(one.repeated for one in batches), sum(one.read for one in batches), again)]
        return [*(of_files if again else []), *report_repeats.not_counted(store)]
    if head.profile == POLICE_UK_STREET and (told := head.facts_over(found.months).repeats) is not None:
        rows = told + sum(
            count + apart
            for month, count, apart in zip(head.months, head.totals, head.antisocial, strict=True)
            if month in found.months
        )
        return [repeats(told, rows, every_category=found.narrowed)] if told else []
    query = (
        "SELECT COALESCE(SUM(b.repeated), 0), COALESCE(SUM(b.rows_read), 0) FROM batch b "
        "JOIN release r ON r.batch_id = b.id WHERE r.id IN (SELECT value FROM json_each(:files))"
    )
    [(again_in, read)] = store.read.rows(query, files=json.dumps(head.counted_from))
    return [repeats(again_in, read, every_category=found.narrowed)] if again_in else []


def _kept_out(store: Store, found: WardRanking) -> Sequence[NotCounted]:
    """The rows in quarantine of the files that the months are counted from, of whatever month and category."""
    if found.release.profile == PROFILE:
        return kept_out.of_kind(store, REPORTS)
    return kept_out.of_batches(store, found.release.batches_over(found.months))


def not_counted_now(store: Store) -> tuple[NotCounted, ...]:
    """What the ranking leaves out that is looked at unless another is asked for; nothing where there are no counts."""
    return not_counted(store, ranking(store)) if releases(store) else ()


def not_counted_of(store: Store, release_name: str) -> tuple[NotCounted, ...]:
    """What the ranking of a release leaves out; nothing where the release is gone."""
    try:
        return not_counted(store, ranking(store, name=release_name))
    except NotFound:
        return ()


def in_short(found: Sequence[NotCounted], *, fragments: bool = True) -> str:
    """What is left out, as the heading of a list says it: each after a semicolon; empty where nothing is.

    fragments: whether those months are named; not where the heading says them with their reasons.
    """
    return "".join(f"; {one.short}" for one in found if one.short and (fragments or one.kind != "fragment"))


def where(store: Store, head: ReleaseHead, one: NotCounted) -> str:
    """The batch and the file that something left out is in, and its lines where they are kept.

    Nothing where its sentence names the batches itself.
    """
    if one.batches:
        return ""
    query = "SELECT b.id, b.file FROM batch b JOIN release r ON r.batch_id = b.id WHERE r.id = :release"
    found = []
    for number in head.counted_from:
        for row in store.read.rows(query, release=number):
            lines = _lines(store, head, number) if one.kind == "no_ward" else []
            if lines or one.kind != "no_ward":
                words = lines_in_words(lines)
                found.append(f"Batch {row['id']} ({plain(row['file'])}){f', {words}' if words else ''}")
    more = f" and {counted(len(found) - _NAMED, 'more file')}" if len(found) > _NAMED else ""
    return "; ".join(found[:_NAMED]) + more


def _lines(store: Store, head: ReleaseHead, number: int) -> list[int]:
    """The lines of the incidents without a ward in one of its files; those of a ward file stand in its rows."""
    if head.profile == POLICE_UK_STREET:
        return [line for _, lines in street.lines(store, number, "") for line in lines]
    query = "SELECT line FROM ward_series WHERE release_id = :release AND ward_code = ''"
    return [int(row["line"]) for row in store.read.rows(query, release=number)]

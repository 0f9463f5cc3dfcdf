"""Who qualifies for a cohort on a day: the rules of ``core.cohorts`` over the people who could meet them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.cohorts import COHORTS, V100, Case, Cohort, Due, Qualifies
from core.cohorts.counting import SUSPECTED
from core.days import uk, years_before
from core.errors import NotFound, Problem
from core.markers import Marker
from core.reports import NamedBy, ReportRow
from core.roles import names_hidden
from core.small_counts import UNDER, is_small
from core.text import by_percent, counted, figure
from db import markers, people, rankings
from db.kept_out import no_reports
from db.memberships import Member
from db.store import Store
from db.store.batches import batches_version
from db.store.lens import HIDDEN

LONGEST = 3
"""The longest window of any cohort, in years."""
_AT_ONCE = 400
"""How many people are read at once: each has some dozens of rows, so memory does not grow with the store."""


@dataclass(frozen=True)
class Qualifying:
    """One person who meets the rule of a cohort, with the facts that make it true.

    due: of a register, what is due of them. fault: what their records contradict each other in; empty where nothing.
    """

    person: str
    name: str
    status: str
    facts: dict[str, object]
    sentence: str
    due: tuple[Due, ...] = ()
    fault: str = ""

    @property
    def words(self) -> str:
        """The fault, what is due, then the facts, in a line."""
        fault = f"DATA FAULT: {self.fault}" if self.fault else ""
        due = f"due: {', '.join(one.what for one in self.due)}" if self.due else ""
        return "; ".join(part for part in (fault, due, self.sentence) if part)


def qualifying(store: Store, cohort: Cohort, as_of: int) -> list[Qualifying]:
    """Everyone who meets the rule of a cohort on a day, by reference.

    Raises Problem where the store holds nothing that could be looked at on that day.
    """
    return qualifying_each(store, [cohort], as_of)[cohort.key]


def qualifying_each(store: Store, those: Iterable[Cohort], as_of: int) -> dict[str, list[Qualifying]]:
    """Everyone who meets the rule of each of some cohorts on a day, by its key: people are read once for all of them.

    Raises Problem as :func:`qualifying` does.
    """
    ranked = {cohort.key: _ranked(store, as_of) for cohort in those if cohort.needs == "ranking"}
    rules = [cohort for cohort in those if cohort.needs != "ranking"]
    if any("reports" in cohort.needs for cohort in rules):
        _begun(store, as_of)
    kinds = {kind for cohort in rules for kind in cohort.reads}
    known = markers.of_everyone(store, sorted(kinds)) if kinds else {}
    among = {cohort.key: _candidates(store, cohort, as_of, known) for cohort in rules}
    found: dict[str, list[Qualifying]] = {cohort.key: [] for cohort in rules}
    for name, number, case in _cases(store, sorted(set().union(*among.values())), known):
        for cohort in rules:
            if number is None or number in among[cohort.key]:
                found[cohort.key] += _qualifies(store, cohort, name, case, as_of)
    return {key: sorted(people, key=lambda one: one.person) for key, people in found.items()} | ranked


def _qualifies(store: Store, cohort: Cohort, name: str, case: Case, as_of: int) -> Iterator[Qualifying]:
    """A person of this name as the rule of a cohort has them; nothing where they do not meet it."""
    if (because := meets(store, cohort, case, as_of)) is not None:
        due = cohort.due(case, as_of) if cohort.due is not None else ()
        fault = (cohort.fault(case, as_of) or "") if cohort.fault is not None else ""
        if why_is_hidden(store, cohort):
            due, fault = tuple(one._replace(what=HIDDEN) for one in due), fault and HIDDEN
        yield Qualifying(case.ref, name, case.status, because.facts, because.sentence, due, fault)


def meets(store: Store, cohort: Cohort, case: Case, as_of: int) -> Qualifies | None:
    """Why a person meets the rule of a cohort on a day, as whoever asks may be told; None where they do not."""
    because = cohort.qualifies(case, as_of)
    return Qualifies({"why": HIDDEN}, HIDDEN) if because is not None and why_is_hidden(store, cohort) else because


def why_is_hidden(store: Store, cohort: Cohort) -> bool:
    """Whether why someone meets the rule is kept from whoever reads, as it tells of markers or birth dates.

    Who meets it, and of how many something is due, is the same for everyone.
    """
    return bool(cohort.reads) and names_hidden(store.rights)


def data_faults(store: Store, as_of: int) -> dict[str, int]:
    """What records of people contradict each other in on a day, in words, and of how many people.

    Remembered until a file comes in or is withdrawn: markers come by no other way, and every meeting of a day asks.
    """
    return store.remember(("data faults", as_of), batches_version(store), lambda: _faults(store, as_of))


def _faults(store: Store, as_of: int) -> dict[str, int]:
    rules = dict.fromkeys(cohort.fault for cohort in COHORTS.values() if cohort.fault is not None)
    faults = Counter(
        fault
        for ref, about in markers.of_everyone(store, ("mappa", "rso")).items()
        for rule in rules
        if (fault := rule(Case(ref, markers=tuple(about)), as_of)) is not None
    )
    return dict(sorted(faults.items()))


def meeting_rule(store: Store, cohort: Cohort, as_of: int, among: Sequence[int]) -> frozenset[int]:
    """The numbers of those among some people, by their numbers, who meet the rule of a cohort on a day."""
    known = markers.of_everyone(store)
    found = set()
    for start in range(0, len(among), _AT_ONCE):
        for who, rows in people.several(store, among[start : start + _AT_ONCE]):
            if cohort.qualifies(_case(who, rows, known.get(who.ref, [])), as_of) is not None:
                found.add(who.id)
    return frozenset(found)


def case_of(store: Store, ref: str) -> Case:
    """One person as the rules see them. Raises NotFound."""
    about = markers.decisive(store, ref)
    try:
        number = people.person(store, ref).id
    except NotFound:
        if not about:
            raise
        return Case(ref, markers=tuple(about))
    [(who, rows)] = people.several(store, [number])
    return _case(who, rows, about)


def must_leave(store: Store, member: Member, as_of: int, case: Callable[[str], Case] | None = None) -> str | None:
    """Why a member cannot stay in their cohort, or None: by the cohort's own rule, on the records as they are.

    case: gives a person by reference, where they were read before.
    """
    cohort = COHORTS.get(member.cohort)
    if cohort is None or cohort.must_leave is None:
        return None
    found = case(member.person) if case is not None else case_of(store, member.person)
    why = cohort.must_leave(found, as_of, member.since)
    return HIDDEN if why and why_is_hidden(store, cohort) else why


def against_target(store: Store, cohort: Cohort, as_of: int, now: int) -> str:
    """How many people meet the rule against a year before, where the cohort has a target; empty where it has none.

    Nobody a year before may mean that no record reaches back so far: that is said to be not known, and not compared.
    """
    if cohort.fewer is None:
        return ""
    target = f"target {cohort.fewer} % fewer than a year before: {now:,} now"
    before = len(qualifying(store, cohort, years_before(as_of, 1)))
    if names_hidden(store.rights) and (is_small(now) or is_small(before)):
        return f"target {cohort.fewer} % fewer than a year before: not told, one of the counts is {UNDER}"
    if not before:
        return f"{target}, not known then"
    met = "met" if now <= before * (100 - cohort.fewer) / 100 else "not met"
    return f"{target}, {before:,} then, {by_percent(now, before)}, {met}"


def _begun(store: Store, as_of: int) -> None:
    first, last = store.read.rows("SELECT MIN(reported_on), MAX(reported_on) FROM report_row")[0]
    if first is None:
        raise Problem(no_reports(store))
    if as_of < first:
        raise Problem(
            f"{uk(as_of)} lies before the data: the reports in the store run from {uk(first)} to {uk(last)}. "
            "Choose a later --as-of."
        )


def _candidates(store: Store, cohort: Cohort, as_of: int, known: dict[str, list[Marker]]) -> set[int]:
    """Numbers of the people who could meet a rule: with a marker that it reads, or with two rows as a suspect in its
    window.

    It leaves no one out whom the rule would take; the rule itself decides.
    """
    if cohort.needs == "markers":
        marked = {ref for ref, about in known.items() if any(one.kind in cohort.reads for one in about)}
        return {number for ref, number in store.read.rows("SELECT ref, id FROM person") if ref in marked}
    query = (
        "SELECT person_id FROM report_row WHERE person_id > 0 AND replaced_by IS NULL AND reported_on > :after "  # noqa: S608
        f"AND reported_on <= :as_of AND circumstance_id IN ({_counting(store, cohort)}) "
        "GROUP BY person_id HAVING COUNT(*) >= 2"
    )
    return {number for (number,) in store.read.rows(query, after=years_before(as_of, LONGEST), as_of=as_of)}


def _counting(store: Store, cohort: Cohort) -> str:
    """The numbers of the circumstances in which a row can count towards a cohort."""
    roles = ", ".join(str(int(role)) for role in SUSPECTED)
    rows = store.read.rows(
        f"SELECT id FROM circumstance WHERE role IN ({roles}) AND named_by <> :intelligence "  # noqa: S608
        "AND (domestic_abuse = 1 OR :every)",
        intelligence=int(NamedBy.INTELLIGENCE),
        every=cohort.needs == "reports",
    )
    return ", ".join(str(number) for (number,) in rows) or "NULL"


def _cases(
    store: Store, numbers: Sequence[int], known: dict[str, list[Marker]]
) -> Iterator[tuple[str, int | None, Case]]:
    """Name, number and case of each; and of those whom markers alone know, who have neither name nor number here."""
    for start in range(0, len(numbers), _AT_ONCE):
        for who, rows in people.several(store, numbers[start : start + _AT_ONCE]):
            yield who.name, who.id, _case(who, rows, known.get(who.ref, []))
    named = {ref for (ref,) in store.read.rows("SELECT ref FROM person")}
    for ref in known.keys() - named:
        yield "", None, Case(ref, markers=tuple(known[ref]))


def _case(who: people.PersonView, rows: list[ReportRow], about: list[Marker]) -> Case:
    return Case(who.ref, who.born_on, who.status, tuple(rows), tuple(about))


def _ranked(store: Store, as_of: int) -> list[Qualifying]:
    """Those within the capacity of the latest V100 run as of the day: a rank proposes."""
    head = rankings.latest_run(store, V100.key, as_of)
    if head is None:
        raise Problem(f"There is no V100 ranking as of {uk(as_of)} or before. Make one: tasking rank.")
    found = []
    for entry in rankings.entries(store, head.id, 100):
        facts: dict[str, object] = {
            "rank": entry.rank,
            "run": head.id,
            "score": entry.score,
            "reports": entry.crimes,
            "victims": entry.victims,
        }
        words = f"rank {entry.rank} in run {head.id}: {figure(entry.score)} d, {counted(entry.crimes, 'report')}"
        found.append(Qualifying(entry.person, entry.name, entry.status, facts, words))
    return found

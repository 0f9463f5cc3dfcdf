"""Who is on a list and who could have been: counted by ethnicity, sex and age band from a run that was kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from core import characteristics
from core.characteristics import AGE, ETHNICITY, GROUPS, NOT_RECORDED, SEX
from core.errors import NotFound
from core.proportionality import SMALL, Group, proportions
from core.roles import names_hidden
from core.text import counted
from db import census, rankings
from db.census import Residents
from db.kept_state import state_of
from db.placing import first_ranks
from db.rankings import RunHead
from db.store import Store


@dataclass(frozen=True)
class MakeUp:
    """The make-up of the top of a run. ``notes`` are what a reader must know beside the figures."""

    run: RunHead
    list_size: int
    pool_size: int
    groups: tuple[Group, ...]
    notes: tuple[str, ...]


def make_up(store: Store, run_id: int | None = None, top: int | None = 100) -> MakeUp:
    """Compare the first *top* ranks of a run (ties at the end included; None for all) with everyone in it.

    run_id: the V100 ranking made last if None. People are as they were described when the run was made. "Not recorded"
    is a group only where that holds for someone: that records are whole tells nothing of anyone, and a group of nought
    would hide another. Raises NotFound where there is no such run.
    """
    head = rankings.latest_run(store) if run_id is None else rankings.run(store, run_id)
    if head is None:
        raise NotFound("There is no V100 ranking yet. Make one first: tasking rank.")
    listed, pool = _counted(store, head, top)
    living = census.residents(store)
    groups: list[Group] = []
    notes = ["Sex, ethnicity and age are shown here and nowhere used: no method of ranking reads them."]
    for characteristic, every in GROUPS.items():
        if characteristic == AGE and names_hidden(store.rights):
            notes.append("Age bands are hidden from you, as birth dates are: one list and the next would tell an age.")
            continue
        unknown = pool[characteristic][NOT_RECORDED]
        names = [name for name in every if unknown or name != NOT_RECORDED]
        if unknown == head.people:
            notes.append(f"No one in this ranking has a recorded {characteristic}.")
            names = [NOT_RECORDED]
        residents = living.by_group if living and characteristic == ETHNICITY else None
        in_list, in_pool = ({name: side[characteristic][name] for name in names} for side in (listed, pool))
        groups += proportions(characteristic, in_list, in_pool, residents)
    list_size, pool_size = listed[SEX].total(), pool[SEX].total()
    return MakeUp(head, list_size, pool_size, tuple(groups), (*notes, *_notes(living)))


_Counts = dict[str, Counter[str]]


def _counted(store: Store, head: RunHead, top: int | None) -> tuple[_Counts, _Counts]:
    """How many of each group are on the list, and in the run."""
    listed: _Counts = {name: Counter() for name in GROUPS}
    pool: _Counts = {name: Counter() for name in GROUPS}
    state = state_of(store, head.id)
    on_it = {place.person for place in first_ranks(store, head.id, top)}
    query = (
        "SELECT e.person_id, v.ethnicity, v.sex, v.born_on "  # noqa: S608 - the state's own
        f"FROM ({state.everyone('person_id', 'person_version_id')}) e "
        "JOIN person_version v ON v.id = e.person_version_id"
    )
    for person, ethnicity, sex, born_on in store.read.rows(query, **state.values):
        groups = {
            ETHNICITY: characteristics.ethnicity(ethnicity),
            SEX: characteristics.sex(sex),
            AGE: characteristics.age_band(born_on, head.as_of),
        }
        for characteristic, group in groups.items():
            pool[characteristic][group] += 1
            listed[characteristic][group] += person in on_it
    return listed, pool


def _notes(living: Residents | None) -> list[str]:
    if living is None:
        among = "No census is imported, so nothing is compared with residents: tasking import the census by ward."
    else:
        left_out = f"; {counted(living.left_out, 'row')} of it in quarantine and not counted" if living.left_out else ""
        among = (
            f"Residents: {counted(living.total, 'person', 'people')} of every age in "
            f"{counted(living.wards, 'ward')}, from {living.file}{left_out}. "
            "Those not recorded lower every ratio to residents."
        )
    return [
        among,
        "Sex and age band are not compared with residents: the census table holds neither.",
        f"Counts below {SMALL} are withheld, and as many others as it takes that none can be got by subtraction.",
        "Intervals are 95 %: Wilson's for shares, Katz's for ratios. A ratio whose interval holds 1 may be chance.",
        "Source: Equality Act 2010 s149; the small-number limit is a project default.",
    ]

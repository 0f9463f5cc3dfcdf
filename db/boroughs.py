"""Borough by borough, London's or those of another force: harm of the wards, change on the year before, who is there.

Rule: a borough's harm is the sum over its wards on the ward map, in the last twelve months of the calendar that the
latest release holds; the year before is the same twelve months a year earlier. What is not held is unknown and never
zero: a borough without a ward in the release has no harm, a release that does not hold both years whole no change, a
store without units no officers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from core.deployments import State
from core.errors import NotFound
from core.geography import boroughs, district_called
from core.not_counted import NotCounted
from core.releases import YEAR
from core.wards import WardScore
from db import actions, deployments, tension
from db import wards as rankings
from db.areas import areas
from db.deployments import DeploymentView, Sent
from db.not_counted import not_counted
from db.patrols import Stand, around, stand_of
from db.releases import ReleaseHead
from db.store import Store
from db.ward_map import ward_map


@dataclass(frozen=True)
class BoroughView:
    """One borough. Harm in days; None where it is not known. ``rank`` is by harm among the boroughs of the Met.

    ``unplaced`` is harm published for the borough without a ward, which is in none of the sums. ``worst`` is the ward
    with the most harm; ``units`` and ``officers`` are out there; ``planned`` and ``asked`` count the units that are
    planned and asked for; ``stand`` is how deployments of a week stand there, None where the store has no units;
    ``open`` counts the open actions on its wards. ``tension`` is the highest level of notes that
    stand in its wards, 0 where there is none.
    """

    name: str
    bcu: str
    harm: float | None = None
    before: float | None = None
    rank: int | None = None
    ranked: int = 0
    count: int = 0
    wards: int = 0
    worst: str = ""
    unplaced: float = 0.0
    units: int | None = None
    officers: int | None = None
    planned: int = 0
    asked: int = 0
    stand: Stand | None = None
    open: int = 0
    tension: int = 0

    @property
    def change(self) -> float | None:
        """Per cent more harm than in the year before; negative where there is less, None where it is not known."""
        if self.harm is None or not self.before:
            return None
        return 100 * (self.harm - self.before) / self.before


@dataclass(frozen=True)
class London:
    """Every borough by its name, with the months (``YYYYMM``) that harm and the year before it are over.

    ``release`` is None where the store holds no ward counts; ``before`` is empty where no year before is held.
    ``caveats`` are those of the ranking, ``not_counted`` is what the figures leave out. ``elsewhere`` says why there is
    no map where no file is of London; its boroughs are then those that the files name. ``free`` is the base, number of
    units and officers of what is ours and free: a base has no public place, so these lie in no borough.
    """

    boroughs: dict[str, BoroughView]
    release: ReleaseHead | None = None
    months: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    elsewhere: str = ""
    free: tuple[tuple[str, int, int], ...] = ()


def london(store: Store) -> London:
    """Read every borough. The City of London stands there without figures: it has its own force."""
    held = areas(store)
    found = {one.name: BoroughView(one.name, one.bcu) for one in boroughs().values()}
    if not held.london:
        found = {name: BoroughView(name, "") for name in held.boroughs}
    made = London(found)
    try:
        now = rankings.ranking(store)
    except NotFound:
        pass
    else:
        earlier = _year_before(store, now)
        _add_harm(found, now, earlier, {name for name, one in found.items() if one.bcu or not held.london})
        made = London(
            found,
            now.release,
            now.months,
            earlier.months if earlier else (),
            now.caveats,
            not_counted(store, now),
        )
    _add_officers(store, found)
    _add_actions(store, found)
    _add_tension(store, found)
    made = replace(made, free=_free(store))
    return made if held.london else replace(made, elsewhere=held.lacks("The map"))


def _add_tension(store: Store, found: dict[str, BoroughView]) -> None:
    """Put the highest level of tension in."""
    for note in tension.notes(store, store.now()):
        one = found.get(note.place.borough)
        if one is not None and note.level > one.tension:
            found[note.place.borough] = replace(one, tension=note.level)


def _year_before(store: Store, now: rankings.WardRanking) -> rankings.WardRanking | None:
    """The same months a year earlier; None where either year is not held whole."""
    flagged = {flag.month for flag in now.release.flags}
    full = set(now.release.months) - flagged
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in now.months]
    if len(now.months) < YEAR or not full.issuperset(earlier):
        return None
    return rankings.ranking(store, first=earlier[0], last=earlier[-1])


def _add_harm(
    found: dict[str, BoroughView],
    now: rankings.WardRanking,
    earlier: rankings.WardRanking | None,
    policed: Collection[str],
) -> None:
    """Put the sums in; ranks are shared by equal harm. policed: the boroughs that are compared."""
    held = _by_borough(now.table.entries)
    before = _by_borough(earlier.table.entries) if earlier else {}
    harms = {name: round(sum(one.harm for one in held[name]), 1) for name in held if name in policed}
    for name, harm in harms.items():
        entries = held[name]
        found[name] = replace(
            found[name],
            harm=harm,
            before=round(sum(one.harm for one in before[name]), 1) if name in before else None,
            rank=1 + sum(other > harm for other in harms.values()),
            ranked=len(harms),
            count=sum(one.count for one in entries),
            wards=len(entries),
            worst=max(entries, key=lambda one: one.harm).ward,
        )
    for one in now.table.unplaced:
        name = district_called(one.borough)
        if name in harms:
            here = found[name]
            found[name] = replace(here, unplaced=round(here.unplaced + one.harm, 1))


def _by_borough(entries: tuple[WardScore, ...]) -> dict[str, list[WardScore]]:
    held: dict[str, list[WardScore]] = {}
    for one in entries:
        held.setdefault(district_called(one.borough), []).append(one)
    return held


def _add_officers(store: Store, found: dict[str, BoroughView]) -> None:
    if not deployments.holds_units(store):
        return
    sent: dict[str, list[DeploymentView]] = {}
    for there in around(store, store.now()):
        sent.setdefault(district_called(there.borough), []).append(there)
    for name, one in found.items():
        if one.bcu or name not in boroughs():
            every = sent.get(name, [])
            on = [there for there in every if there.state is State.ON]
            found[name] = replace(
                one,
                units=_units_of(unit for there in on for unit in there.here),
                officers=sum(there.officers for there in on),
                planned=_units_of(unit for there in every if there.state is State.PLANNED for unit in there.here),
                asked=_units_of(unit for there in every if there.state.is_live for unit in there.units if unit.waits),
                stand=stand_of(every),
            )


def _units_of(sent: Iterable[Sent]) -> int:
    return len({unit.unit_id for unit in sent})


def _free(store: Store) -> tuple[tuple[str, int, int], ...]:
    """The units that are ours to send and free, with their officers, by base."""
    free = [unit for unit in deployments.units(store) if unit.is_free and not unit.whom]
    bases = dict.fromkeys(unit.base for unit in free)
    return tuple(
        (base or "no base", len(here), sum(unit.officers for unit in here))
        for base in bases
        if (here := [unit for unit in free if unit.base == base])
    )


def _add_actions(store: Store, found: dict[str, BoroughView]) -> None:
    known = ward_map(store)
    for code, many in actions.open_by_subject(store, "ward").items():
        ward = known.get(code)
        name = district_called(ward.borough) if ward is not None else ""
        if name in found:
            here = found[name]
            found[name] = replace(here, open=here.open + many)

"""What a change of a unit or a deployment is in the words of the minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.authority import Authority
from core.days import moment_of
from core.deployments import State, state_at
from core.text import counted, named
from db.actions import Subject
from db.record_words import Change, Described, Names, Words, told_with_another, unsaid, when

_STOPPED = {"stopped_at", "stopped_why", "stopped_by", "over_at"}


def _unit(names: Names, change: Change) -> Words | None:
    """A unit's own row: earlier versions wrote into it where the unit was sent."""
    row = change.row
    about = Subject("unit", row["unit"], row["unit"])
    if {"away_from", "away_until", "away_why"} & change.changed:
        if not row["away_from"]:
            return Words("available", about, "available again", change.entry.partition(": ")[2], change.who)
        words = f"from {when(row['away_from'])} to {when(row['away_until'])}"
        return Words("not available", about, words, row["away_why"], change.who)
    if not {"ward_code", "tactic", "starts", "ends", "status"} & change.changed:
        return unsaid(change)
    before = _was(names, change)
    why = change.entry.partition(": ")[2]
    if not row["ward_code"]:
        return Words("stood down", about, before or "was free", why, change.who)
    sent = f"{counted(row['officers'], 'officer')} to {_terms(names, row)}"
    return Words("deployed", about, f"{sent}; {before}" if before else sent, why, change.who)


def _terms(names: Names, row: Mapping[str, object]) -> str:
    """Where, doing what, from when until when."""
    starts, ends = (str(row[name]) if row[name] else None for name in ("starts", "ends"))
    place = f", {row['place']}" if row.get("place") else ""
    where = f"{names.ward(str(row['ward_code'])).label}{place}" if row["ward_code"] else "no place"
    return f"{where}: {row['tactic'] or 'no tactic'}, {when(starts)} to {when(ends)}"


def _was(names: Names, change: Change) -> str:
    """Where a unit was at the moment of the change, by the clock; empty where nothing was on or planned."""
    was = change.was
    if not was.get("ward_code") or not change.at or was["status"] != "deployed":
        return ""
    starts, ends = (moment_of(was[key]) if was[key] else None for key in ("starts", "ends"))
    return f"{_TOLD[state_at(starts, ends, None, moment_of(change.at))]}{was['tactic']} in {_label(names, was)}"


_TOLD = {
    State.ON: "was on ",
    State.PLANNED: "was planned for ",
    State.OVER: "was done with ",
    State.CANCELLED: "was planned for ",
}


def _label(names: Names, row: Mapping[str, object]) -> str:
    return names.ward(str(row["ward_code"])).label if row["ward_code"] else "no place"


def _record(names: Names, change: Change) -> Words | None:
    row = change.row
    if not change.added:
        return _changed(names, change)
    links = [one for one in change.beside if one.table == "deployment_unit" and one.row["deployment_id"] == change.id]
    units = [_name(names, link) for link in links]
    about = Subject("unit", units[0] if units else "", named(units) if units else "no unit")
    many = f"{', '.join(units)}: " if len(units) > 1 else ""
    words = [f"{many}{counted(sum(link.row['officers'] for link in links), 'officer')} to {_terms(names, row)}"]
    words += [f"asked for: {link.row['asked']}" for link in links if link.row["asked"]]
    words += [_left(names, one) for one in change.beside if one.table == "deployment_unit" and not one.added]
    words += _said_of(names, row)
    what = "granted" if row["bid_id"] else "deployed"
    return Words(what, about, "; ".join(words), row["why"], row["decided_by"])


def _said_of(names: Names, row: Mapping[str, object]) -> list[str]:
    """What else is said of a deployment when it is tasked: objective, measure, what ends it, what was over-ruled."""
    authority = Authority(**json.loads(str(row["authority"]))).words if row["authority"] else ""
    dose = f"dose {row['visits']} x {row['minutes']} min" if row["visits"] else ""
    measured = _measured(names, row)
    over = f"over-ruled: {row['overruled']}" if row["overruled"] else ""
    objective = f"objective: {row['objective']}" if row["objective"] else ""
    vehicles = f"{row['vehicles']} vehicles" if row["vehicles"] else ""
    ends = f"ends when {row['end_test']}" if row["end_test"] else ""
    leaves = f"leaves behind {row['legacy']}" if row["legacy"] else ""
    return [part for part in (authority, objective, vehicles, dose, measured, ends, leaves, over) if part]


def _measured(names: Names, row: Mapping[str, object]) -> str:
    if not row["measure"]:
        return ""
    by = f", said by {row['measure_by']}" if row["measure_by"] else ", as the rule proposes"
    until = f" until {when(str(row['measure_until']))}" if row["measure_until"] else ""
    compared = [names.ward(code).label for code in str(row["compared"]).split()]
    against = f" against {counted(len(compared), 'ward')} ({', '.join(compared)})" if compared else ""
    return f"measured by {row['measure']}{against}{until}{by}"


def _name(names: Names, link: Change) -> str:
    return str(names.column("deployment", "unit", link.row["unit_id"]) or "a unit")


def _left(names: Names, link: Change) -> str:
    """What a unit left for another deployment, at the moment of the change."""
    number = link.row["deployment_id"]
    code, tactic, starts = (
        names.column("deployment_record", column, number) for column in ("ward_code", "tactic", "starts")
    )
    began = not starts or not link.at or starts <= link.at
    where = names.ward(str(code)).label if code else "no place"
    alone = ", which is left without a unit" if code and not _others_stay(names, link, str(code)) else ""
    return f"{_TOLD[State.ON if began else State.PLANNED]}{tactic} in {where}{alone}"


def _others_stay(names: Names, link: Change, ward_code: str) -> bool:
    """Whether a ward has another unit there, or planned, from the moment on at which one leaves."""
    found = names.store.read.rows(
        "SELECT 1 FROM deployment_record d JOIN deployment_unit l ON l.deployment_id = d.id WHERE d.ward_code = :code "
        "AND (d.over_at IS NULL OR d.over_at > :at) AND (l.left_at IS NULL OR l.left_at > :at) "
        "AND (l.asked = '' OR l.answer = 'agreed') AND (d.decided_at IS NULL OR d.decided_at <= :known) LIMIT 1",
        code=ward_code, at=link.row["left_at"], known=link.at,
    )  # fmt: skip
    return bool(found)


def _changed(names: Names, change: Change) -> Words | None:
    """A deployment that was changed after it was tasked: what is measured, its end or its objective."""
    row, was = change.row, change.was
    if change.changed <= _STOPPED:
        return None  # the units that left it tell of it
    units = names.store.read.rows(
        "SELECT u.unit FROM deployment_unit l JOIN deployment u ON u.id = l.unit_id WHERE l.deployment_id = :id",
        id=change.id,
    )
    about = Subject("unit", units[0]["unit"] if units else "", named([one["unit"] for one in units]) or "no unit")
    parts = []
    if {"measure", "compared", "measure_until", "measure_by"} & change.changed:
        parts.append(f"{_measured(names, row) or 'not measured'}; it was: {_measured(names, was) or 'not measured'}")
    for column, called in _WORDS.items():
        if column in change.changed:
            parts.append(f"{called}: {row[column] or 'nothing'}; it was: {was[column] or 'nothing'}")
    if "ends" in change.changed:
        parts.append(f"until {when(row['ends'])}; it was: {when(was['ends'])}")
    if "authority" in change.changed:
        parts.append(Authority(**json.loads(row["authority"])).words if row["authority"] else "no authority")
    if {"visits", "minutes"} & change.changed:
        parts.append(f"dose {row['visits']} x {row['minutes']} min" if row["visits"] else "no dose")
    why = change.entry.partition(": ")[2]
    return Words("terms changed", about, f"{_label(names, row)}: {'; '.join(parts)}", why, change.who)


_WORDS = {
    "place": "streets",
    "objective": "objective",
    "end_test": "end test",
    "legacy": "legacy",
    "vehicles": "vehicles",
}


def _link(names: Names, change: Change) -> Words | None:
    row = change.row
    if change.added or any(one.table == "deployment_record" and one.added for one in change.beside):
        return None
    name = _name(names, change)
    about = Subject("unit", name, name)
    if "answer" in change.changed:
        return Words(str(row["answer"]), about, f"asked for: {row['asked']}", row["answer_why"], change.who)
    if "left_at" in change.changed:
        return Words("stood down", about, _left(names, change), row["left_why"], change.who)
    return unsaid(change)


def _uplift(names: Names, change: Change) -> Words:
    row = change.row
    unit = str(names.column("deployment", "unit", row["unit_id"]) or "a unit")
    about = Subject("unit", unit, unit)
    many = counted(abs(row["officers"]), "officer")
    words = f"{many} received from {row['whom']}" if row["officers"] > 0 else f"{many} lent to {row['whom']}"
    until = f"until {when(row['ends'])}" if row["ends"] else "until further notice"
    return Words("uplift", about, f"{words}, {when(row['starts'])} {until}", row["why"], change.who)


DEPLOYMENTS: Mapping[str, Described] = {
    "deployment": Described("deployments", _unit),
    "deployment_record": Described("deployments", _record),
    "deployment_unit": Described("deployments", _link),
    "uplift": Described("deployments", _uplift),
    "patrol": Described("deployments", told_with_another),  # what a unit had delivered, as earlier versions wrote down
}
"""Every table of units and deployments that meetings write."""

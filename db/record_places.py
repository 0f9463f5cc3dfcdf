"""What a change of a place's record is in the words of the minutes: the focus ward, fly-tips, officers, weights."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import ndiff

from core import focus_model
from core.composite_weights import default, read
from core.days import uk
from core.errors import Problem
from core.focus import LEFT_OUT
from core.text import counted
from db import composite_weights, report_counts
from db.actions import Subject
from db.record_words import Change, Described, Names, Words, unsaid


def _week(names: Names, change: Change) -> Words:
    row = change.row
    about, week = names.ward(row["ward_code"]), f"focus ward of the week of {uk(row['monday'])}"
    if change.added:
        offered = sum(c.table == "focus_item" for c in change.beside)
        words = f"{week}: {counted(row['hours'], 'hour')}, {counted(offered, 'item')} on the menu"
        return Words("proposed", about, words, row["chosen_because"], change.who)
    if "summary" in change.changed:
        return Words("summed up", about, f"{week}: {row['summary']}", by=change.who)
    if "agreed_by" in change.changed:
        return Words("agreed", about, week, row["chosen_because"], row["agreed_by"])
    return unsaid(change)


def _item(names: Names, change: Change) -> Words | None:
    row = change.row
    if change.added:
        return None
    week = row["week_id"]
    about = names.ward(names.column("focus_week", "ward_code", week))
    monday = names.column("focus_week", "monday", week)
    of_week = f"in the week of {uk(monday)}" if monday else "in a week whose proposal was taken away"
    if {"words", "planned"} & change.changed:
        anew = "; to be agreed anew" if "state" in change.changed else ""
        was = f"was {change.was['words']}: {change.was['planned']}{anew}"
        return Words("menu", about, f"{row['words']}: {row['planned']} {of_week}; {was}", by=change.who)
    if "state" in change.changed:
        why = change.entry.partition(": ")[2] if row["state"] == LEFT_OUT else ""
        return Words(str(row["state"]), about, f"{row['words']}: {row['planned']} {of_week}", why, change.who)
    if {"done", "result"} & change.changed:
        words = f"{row['words']}: {row['done']} of {row['planned']} done {of_week}"
        return Words("done", about, words, row["result"], change.who)
    return unsaid(change)


def _comment(names: Names, change: Change) -> Words:
    row = change.row
    nominated = f"; nominates {row['nominates']}" if row["nominates"] else ""
    return Words(
        "comment", names.ward(row["ward_code"]), f"{row['councillor']}: {row['words']}{nominated}", by=change.who
    )


def _reading(names: Names, change: Change) -> Words:
    from db.focus import model_of

    row = change.row
    titles = {measure.key: measure.title for measure in model_of(names.store).measures}
    title = str(titles.get(row["measure"], row["measure"]))
    about = Subject("measure", row["measure"], title)
    return Words("reading", about, f"{title}: {row['value']:g} on {uk(row['day'])}", by=row["read_by"])


def _site(names: Names, change: Change) -> Words:
    row = change.row
    about = Subject("site", str(change.id), row["place"])
    if change.added:
        ward = names.ward(row["ward_code"]).label
        words = f"in {ward}: {counted(row['reports'], 'report')}, since {uk(row['since'])}"
        return Words("new site", about, words, by=change.who)
    if "closed_on" in change.changed:
        return Words("closed", about, f"fly-tip site since {uk(row['since'])}", row["closed_reason"], change.who)
    return unsaid(change)


def _step(names: Names, change: Change) -> Words:
    row = change.row
    about = Subject("site", str(row["site_id"]), names.column("fly_tip_site", "place", row["site_id"]))
    planned = f"{row['issue']}: {row['action']}"
    if change.added:
        return Words("plan", about, f"{planned}; owner {row['owner']}, by {uk(row['due_on'])}", by=change.who)
    if "done_on" in change.changed:
        return Words("step done", about, f"{planned}; done on {uk(row['done_on'])}", row["result"], change.who)
    return unsaid(change)


def _check(names: Names, change: Change) -> Words:
    row = change.row
    about = Subject("site", str(row["site_id"]), names.column("fly_tip_site", "place", row["site_id"]))
    noted = f"; {row['note']}" if row["note"] else ""
    return Words("checked", about, f"{row['found']} on {uk(row['day'])}{noted}", by=row["checked_by"])


def _placement(_names: Names, change: Change) -> Words:
    row = change.row
    about = Subject("placement", str(change.id), "Extra ward officers")
    posts = [post.row["posts"] for post in change.beside if post.table == "officer_post"]
    among = "" if "priority" in row["basis"] else " among all wards"
    words = (
        f"{sum(posts):,} of {row['total']:,} placed in {counted(sum(map(bool, posts)), 'ward')}"
        f" in proportion to {row['basis']}{among}, "
        f"{report_counts.named(row['release'])}, {row['floor']} to {row['cap']} in a ward"
    )
    return Words("placed", about, words, by=row["made_by"])


def _post(names: Names, change: Change) -> Words | None:
    row = change.row
    before = change.was.get("posts", row["proposed"])
    if before == row["posts"]:
        return None
    words = f"extra officers: {before} to {row['posts']} (proposed {row['proposed']})"
    return Words("officers", names.ward(row["ward_code"]), words, by=change.who)


_SETTINGS = {one.FILE: one.TITLE for one in (composite_weights, focus_model)}
"""What a setting is called, by its name."""


def _setting(_names: Names, change: Change) -> Words:
    row, was = change.row, change.was.get("text")
    name = str(row["name"])
    about = Subject("setting", name, _SETTINGS.get(name, name))
    if name == composite_weights.FILE and (weights := _weights(was, row["text"])):
        return Words("weights", about, weights, by=change.who)
    lines = ndiff(str(was or "").splitlines(), str(row["text"]).splitlines())
    changed = [line for line in lines if line[:1] in "+-" and line[2:].strip()]
    words = "; ".join(f"{'now' if line[0] == '+' else 'was'} {line[2:].strip()}" for line in changed)
    view = "focus" if name == focus_model.FILE else ""
    return Words("put in force", about, words or "no longer as it was", by=change.who, view=view)


def _weights(was: str | None, text: str) -> str:
    """Which parts of the ward composite weigh otherwise, from what to what; empty where that cannot be read."""
    try:
        before = default() if was is None else read(was, composite_weights.FILE)
        after = read(text, composite_weights.FILE)
    except Problem:
        return ""
    moved = [
        f"{part.replace('_', ' ')} {before.parts.get(part, 0):g} to {weight:g}"
        for part, weight in after.parts.items()
        if before.parts.get(part, 0) != weight
    ]
    return f"weights of the ward composite: {', '.join(moved) or 'as they were, by another name'}"


PLACES: Mapping[str, Described] = {
    "focus_week": Described("focus", _week),
    "focus_item": Described("focus", _item),
    "focus_comment": Described("focus", _comment),
    "focus_reading": Described("focus", _reading),
    "fly_tip_site": Described("fly_tips", _site),
    "fly_tip_step": Described("fly_tips", _step),
    "fly_tip_check": Described("fly_tips", _check),
    "officer_plan": Described("officers", _placement),
    "officer_post": Described("officers", _post, only_last=True),
    "setting": Described("priority", _setting),
}
"""Every table of places that meetings write."""

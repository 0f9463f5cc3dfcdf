"""Rows of deployments as they are written: what is blank in one, and what the row of a unit in a file tells of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BLANK: Mapping[str, Any] = {
    "place": "", "objective": "", "measure": "", "compared": "", "measure_until": None, "measure_by": "",
    "end_test": "", "legacy": "", "visits": None, "minutes": None, "vehicles": None, "authority": "", "why": "",
    "overruled": "", "decided_at": None, "decided_by": "", "meeting_id": None, "bid_id": None, "stopped_at": None,
    "stopped_why": "", "stopped_by": "", "from_unit": None, "batch_id": None, "line": None,
}  # fmt: skip
"""What a record of a deployment has where nobody has said anything of it."""
UNASKED: Mapping[str, Any] = {
    "left_at": None, "left_why": "", "asked": "", "asked_at": None, "answer": "", "answered_at": None, "answer_why": "",
}  # fmt: skip
"""What a unit on a deployment has where it is its own to send and has not left."""
STOOD_DOWN_WHY = "stood down, as the row of the unit had it"


def record_of_row(row: Mapping[str, Any], now: str) -> dict[str, Any] | None:
    """The record that the row of a unit tells of; None where it tells of none. *now*: when it is entered, as stored.

    A unit that is stood down was on what its row names until then: its end, where that had come, else the moment.
    """
    if row["status"] not in ("deployed", "stood down"):
        return None
    if row["status"] != "deployed" and not (row["ward_code"] and row["starts"]):
        return None
    names = ("ward_code", "tactic", "starts", "ends")
    made = {**BLANK, **{name: row[name] for name in names}, "over_at": row["ends"], "entered_at": now}
    made["from_unit"] = row["id"]
    if row["status"] != "deployed":
        stopped = min(row["ends"] or now, now)
        made |= {"stopped_at": stopped, "over_at": stopped, "stopped_why": STOOD_DOWN_WHY}
    return made

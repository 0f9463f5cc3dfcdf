"""From promise to result: one daily, one weekly and the next daily in one terminal of 80×24, with the keyboard alone.

Three actions are raised: one is escalated by a key, one by rule, one is taken back. What the weekly answers comes back
to the daily and its owner; each ends in a result, and the minutes of all three meetings tell it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Json, Run
from tests.journeys.terminal import DAY, Terminal, next_meeting

CHAIR = "Det Supt Vale"
NEXT = DAY + timedelta(days=1)
LOCATE, VISIT, PATROL = "Locate and arrest at home", "Visit the mother at work", "Patrol the school gate"


def _raise(room: Terminal, words: str, owner: str, due: str, after: int | None = None) -> int:
    """Raise an action on the person under the cursor, who is left for the next; gives its number. after: the last."""
    room.press("a")
    room.wait_for("Action on", "Owner (role")
    room.fill(words, owner, save=False)
    room.wait_for("+24h")
    _put(room, due)
    said = room.wait_for("raised on" if after is None else f"Action {after + 1} raised on")
    found = re.search(r"Action (\d+) raised on", said)
    assert found
    return int(found[1])


def _put(room: Terminal, text: str) -> None:
    """Put a text in place of what the field holds, and save."""
    room.press("ctrl+a", "ctrl+k")
    room.type(text)
    room.wait_for(text)
    room.press("enter")


def _on(room: Terminal, number: int, *texts: str) -> str:
    """Go to an action of the register by its number; gives its row."""
    room.press("/")
    room.wait_for("filter: every word")
    room.type(str(number))
    room.press("enter")
    return room.wait_row("▸", f" {number} ", *texts)


def _all(room: Terminal) -> None:
    room.press("esc")
    room.wait_gone("filter ")


def _seal(room: Terminal, item: str) -> None:
    room.press(item)
    room.wait_for("S seals")
    room.press("S")
    room.wait_for("Seal the meeting", "Folder for the minutes")
    room.press("enter")
    room.wait_for("y yes")
    room.press("y")
    room.wait_for("SEALED")
    room.press("q")


def _first_daily(room: Terminal) -> tuple[int, int, int]:
    """Raise three; escalate the first by a key, carry the second three times, leave the third."""
    room.wait_for("1/6: Opening", CHAIR)
    room.press("4")
    room.wait_for("4/6: Named suspects", "169 ranked of 600")
    locate = _raise(room, LOCATE, "Predatory Offender Unit", "tomorrow 10:00")
    visit = _raise(room, VISIT, "Ward team", "+24h", locate)
    patrol = _raise(room, PATROL, "Ward team", "monday 12:00", visit)
    room.press("2")
    room.wait_for("2/6: Yesterday's actions")
    _on(room, locate, "Locate")
    room.press("E")
    room.wait_for("Escalate, or hand to another meeting", "Why")
    room.fill("no unit before friday", "")
    room.wait_for("escalated to weekly: no unit")
    _all(room)
    for due, why in (("+2d", "off sick"), ("+3d", "not at home"), ("+4d", "still away")):
        _on(room, visit, "Visit")
        room.press("c")
        room.wait_for("Carry:", "New due time")
        room.fill(why, save=False)
        _put(room, due)
        room.wait_for(f"carried to {DAY + timedelta(days=int(due[1])):%d/%m}", why)
        _all(room)
    return locate, visit, patrol


def _weekly(room: Terminal, numbers: tuple[int, int, int]) -> None:
    """The rule has escalated what was carried three times; both are answered."""
    locate, visit, patrol = numbers
    room.wait_for("1/7: Opening", f"{visit} escalated by rule")
    room.press("2")
    room.wait_for("escalated here, E answers")
    for number, asked, words in (
        (locate, "no unit before friday", "one unit from friday 18:00"),
        (visit, "carried 3 times; the rule is 3", "call at the works gate"),
    ):
        _on(room, number)
        room.wait_for("escalated to weekly: ")
        room.press("E")
        room.wait_for("Answer", asked)
        room.fill(words)
        room.wait_for(f"Action {number} answered, back to daily: {words}")
        _all(room)
    _on(room, patrol)
    room.press("E")
    room.wait_for("Escalate", "Why")
    room.fill("to be seen to elsewhere", "")
    room.wait_for("is the daily meeting's own")
    room.press("esc")
    room.wait_gone("Escalate, or hand")
    _all(room)


def _next_daily(room: Terminal, numbers: tuple[int, int, int]) -> None:
    """The answers stand at the top and beside the promises; each action ends in a result that says what came of it."""
    locate, visit, patrol = numbers
    room.wait_for("1/6: Opening")
    room.press("tab")
    room.wait_for(f"Said on {DAY:%d/%m/%Y}, and what happened", "0 kept")
    room.wait_for(f"{locate}: Locate", "answered by weekly")
    room.press("2")
    room.wait_for("2 answered; all meetings")
    _on(room, locate)
    room.wait_for("answered by weekly: one unit from friday 18:00", "Predatory Offender Unit")
    room.press("w")
    room.wait_for("answered by weekly: one unit", "escalated to weekly: no unit")
    room.press("esc")
    room.wait_row("▸", f" {locate} ")
    room.press("x")
    room.wait_for("Close:", "Result")
    room.fill("done")
    room.wait_for("'done' does not say what came of it", "│ Result")
    _put(room, "arrested at 06:10, remanded")
    room.wait_for(f"Action {locate} closed: arrested at 06:10")
    _all(room)
    _on(room, visit)
    room.wait_for("answered by weekly: ")
    room.press("x")
    room.wait_for("Close:", "Result")
    room.fill("seen at the works gate, safe")
    room.wait_for(f"Action {visit} closed: seen at the works gate")
    _all(room)
    _on(room, patrol)
    room.press("E")
    room.wait_for("Escalate, or hand", "Why")
    room.fill("no team on mondays", "")
    room.wait_for("escalated to weekly: no team")
    room.press("g", "E")
    room.wait_for("Take back from weekly", "Why")
    room.fill("the school pays a warden")
    room.wait_for("taken back from weekly: the school pays")
    room.press("x")
    room.wait_for("Close:", "Result")
    room.fill("warden at the gate from monday")
    room.wait_for(f"Action {patrol} closed: warden at the gate")
    _all(room)
    room.press("h")
    room.wait_for("Minutes so far", "What this meeting did")
    room.press("space")
    room.wait_for("remanded")
    room.press("esc", "1", "tab")
    room.wait_for(f"Said on {DAY:%d/%m/%Y}", "3 kept")
    room.wait_row("✓", f"{locate}: Locate", "done: arrested")


def _register(called_json: Json, store: Path) -> dict[int, dict[str, Any]]:
    return {one["id"]: one for one in called_json("actions", "--store", store)["entries"]}


def test_a_promise_is_followed_from_daily_over_weekly_to_the_next_daily(
    store: Path, called: Run, called_json: Json
) -> None:
    folder = store.parent
    with Terminal.meeting(store, "--chair", CHAIR, folder=folder) as room:
        numbers = _first_daily(room)
        _seal(room, "6")
        next_meeting(room, store, "--meeting", "weekly", at="15:00", folder=folder)
        _weekly(room, numbers)
        _seal(room, "7")
        next_meeting(room, store, day=NEXT, at="09:30", folder=folder)
        _next_daily(room, numbers)
        _seal(room, "6")
        assert room.wait_end() == 0

    locate, visit, patrol = numbers
    kept = _register(called_json, store)
    assert {kept[number]["state"] for number in numbers} == {"done"}
    assert kept[locate]["result"] == "arrested at 06:10, remanded"
    assert kept[locate]["about"]["kind"] == "person"
    assert all(one["result"] is None for one in kept.values() if one["state"] == "open")
    assert (kept[visit]["carried"], kept[visit]["result"]) == (3, "seen at the works gate, safe")

    held = {
        (one["kind"], date.fromisoformat(one["as_of"])): one["meeting"]
        for one in called_json("meetings", "--store", store)
    }
    told = {
        key: called("minutes", held[key], "--store", store).stdout
        for key in (("daily", DAY), ("weekly", DAY), ("daily", NEXT))
    }
    for key, parts in {
        ("daily", DAY): (
            f"{locate}: {LOCATE}", f"{visit}: {VISIT}", f"{patrol}: {PATROL}", "no unit before friday", "off sick",
            "not at home", "still away", "to the weekly meeting",
        ),
        ("weekly", DAY): (
            "carried 3 times; the rule is 3", "the rule", "one unit from friday 18:00", "call at the works gate",
            "by the weekly meeting",
        ),
        ("daily", NEXT): (
            "arrested at 06:10, remanded", "seen at the works gate, safe", "no team on mondays",
            "the school pays a warden", "taken back", "warden at the gate from monday",
        ),
    }.items():  # fmt: skip
        for part in parts:
            assert part in told[key].replace("\\", ""), (key, part)
    assert called("verify", "--store", store).returncode == 0

"""The daily meeting, from roll-call to sealed minutes, in a real terminal of 80×24 with the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.conftest import Json, Run
from tests.journeys.terminal import DAY, Terminal, open_actions

CHAIR = "Det Supt Vale"


def daily(meetings: list[dict[str, Any]]) -> dict[str, Any]:
    """The daily meeting of the demo's day."""
    return next(m for m in meetings if m["kind"] == "daily" and m["as_of"] == DAY.isoformat())


def call_the_roll(room: Terminal) -> None:
    room.wait_for("OFFICIAL-SENSITIVE", "Grip & Pace 1/6: Opening", "No 24-hour return for 20/11/2026 from: CN")
    room.wait_row("Chair", CHAIR, "present")
    room.wait_row("▸ VCTF command", "not called")
    room.press("x")
    room.wait_row("VCTF command", "present")
    room.wait_row("▸ Grip Chief", "not called")
    room.press("e")
    room.wait_for("Roll-call: Grip Chief")
    room.fill("Insp Ferris", "")
    room.wait_row("Grip Chief", "Insp Ferris", "present")


def work_off_the_register(room: Terminal) -> int:
    """Close the first overdue action, carry the next; gives the number of the one closed."""
    room.press("]")
    room.wait_for("2/6: Yesterday's actions", "overdue first")
    first = room.wait_row("▸", " R ")
    before, number = open_actions(room), int(first.split()[1])
    room.press("x")
    room.wait_for("Close:", "Result", "what came of it")
    room.fill("found at 06:00 and in custody")
    room.wait_for(f"Action {number} closed", f"{before - 1} open")
    room.wait_row("▸", " R ")
    room.press("c")
    room.wait_for("Carry:", "New due time")
    room.fill("two addresses left to try", "")
    room.wait_for(" carried to 22/11 10:00", f"{before - 1} open")
    return number


def name_the_gap(room: Terminal) -> None:
    room.press("]")
    room.wait_for("3/6: What happened", "since Fri 20/11")
    room.press("tab")
    room.wait_for("NO RETURN: CN")
    room.wait_row("arrests", "?")


def task_two_suspects(room: Terminal) -> None:
    """Filter, mark two, raise one action on both; then decide on a third after reading why."""
    room.press("]")
    room.wait_for("4/6: Named suspects", "V100 CCHI 2020", "169 ranked of 600")
    room.press("/")
    room.wait_for("filter: every word")
    room.type("at large")
    room.wait_for("filter at large:", " of 600")
    room.press("enter")
    room.wait_for("w why")
    room.press("space", "space")
    room.wait_for("2 marked")
    room.press("a")
    room.wait_for("Action on", "and 1 more", "Owner (role")
    room.fill("Locate and arrest before the weekend", save=False)
    room.type("predatory")
    room.wait_for("predatory Offender Unit")
    room.press("right")
    room.wait_for("Predatory Offender Unit", "+24h")
    room.fill("", "")
    room.wait_for("and 1 more raised on")
    room.wait_gone("2 marked")


def decide_on_one(room: Terminal) -> None:
    room.press("enter")
    room.wait_for("harm by week reported", "T is the timeline")
    room.press("w")
    room.wait_for("counted (CCHI 2020)", "allegations")
    room.wait_for("crime-reports.csv:")
    room.press("esc")
    room.wait_for("harm by week reported")
    room.press("d")
    room.wait_for("Decision on", "Why")
    room.fill("Adopted as this week's priority", "highest harm of those at large")
    room.wait_for(" recorded:")
    room.wait_row("▸", "decision", "Adopted as")
    room.press("esc")
    room.wait_for("4/6: Named suspects", "filter at large:")
    room.press("esc")
    room.wait_for("169 ranked of 600")


def send_a_unit(room: Terminal) -> None:
    """Deploy to the hottest ward, stand the unit down in the other view, and take that back."""
    room.press("]")
    room.wait_for("5/6: Next 24 hours", "Wards by harm")
    ward = room.cell("ward", "BCU", "▸", " 1 ")
    room.press("t")
    room.wait_for("Deploy:", "Tactic", " free")
    room.press("down", "enter", "ctrl+s")
    room.wait_row("▸", " 2 ")
    room.press("tab")
    room.wait_for("officers: ", "33 rows")
    room.wait_row("out", ward)
    unit = room.cell("unit", "officers", "out", ward)
    room.press("/")
    room.type(unit)
    room.press("enter")
    room.wait_row(f"▸ {unit}", "out", ward)
    room.press("x")
    room.wait_for(f"Stand down: {unit}", "Why")
    room.fill("night shift is over")
    room.wait_row(unit, "free")
    room.press("u")
    room.wait_row(unit, "out", ward)
    room.press("esc")
    room.wait_for("33 rows")


def seal(room: Terminal, folder: Path | None, item: str) -> None:
    """Seal; the papers go into a folder, or stay in an encrypted store where it is None."""
    room.press("]")
    room.wait_for(item, "S seals")
    room.press("S")
    room.wait_for("Seal the meeting", "Folder for the minutes" if folder else "Folder for papers")
    if folder is not None:
        room.retype("/papers", str(folder))
    room.press("enter")
    room.wait_for("It cannot be changed", "y yes")
    room.press("enter", "y")
    room.wait_for("SEALED")
    room.press("q")
    assert room.wait_end() == 0


def test_the_daily_meeting_from_roll_call_to_sealed_minutes(
    store: Path, tmp_path: Path, called: Run, called_json: Json
) -> None:
    folder = tmp_path / "papers"
    with Terminal.meeting(store, "--chair", CHAIR) as room:
        call_the_roll(room)
        closed = work_off_the_register(room)
        name_the_gap(room)
        task_two_suspects(room)
        decide_on_one(room)
        send_a_unit(room)
        seal(room, folder, "6/6: Read-back and seal")

    names = sorted(path.name for path in folder.iterdir())
    stems = (f"{DAY}-briefing-report", f"{DAY}-daily-minutes")
    assert names == [f"{stem}{ending}" for stem in stems for ending in (".html", ".md")]
    minutes = (folder / f"{DAY}-daily-minutes.md").read_text(encoding="utf-8")
    for words in (
        CHAIR, "Insp Ferris", "Locate and arrest before the weekend", "Predatory Offender Unit",
        "Adopted as this week's priority", "highest harm of those at large", "found at 06:00 and in custody",
    ):  # fmt: skip
        assert words in minutes
    assert minutes.count("Locate and arrest before the weekend") == 4, "two, as read back and in the register"

    assert called("verify", "--store", store).returncode == 0
    meeting = daily(called_json("meetings", "--store", store))
    assert meeting["chair"] == CHAIR
    assert meeting["seal"]
    assert called("minutes", meeting["meeting"], "--store", store).stdout.strip() == minutes.strip()
    report = (folder / f"{DAY}-briefing-report.md").read_text(encoding="utf-8")
    assert called("minutes", meeting["meeting"], "--report", "--store", store).stdout.strip() == report.strip()
    assert closed > 0

    refuses_every_change(store, called_json)


def refuses_every_change(store: Path, called_json: Json) -> None:
    """Open the sealed meeting again and try to change it."""
    before = called_json("verify", "--store", store)
    with Terminal.meeting(store, "--chair", "Someone Else", at="11:00") as room:
        room.wait_for("SEALED", "1/6: Opening")
        room.wait_row("Chair", CHAIR)
        room.press("x")
        room.wait_for("Sealed at 09:3")
        room.press("4")
        room.wait_for("4/6", "169 ranked of 600")
        room.press("d", "u")
        room.wait_for("Nothing to undo")
        room.press("6")
        room.wait_for("6/6", "Locate and arrest")
        room.press("S", "q")
        assert room.wait_end() == 0
    assert called_json("verify", "--store", store) == before


def test_a_meeting_goes_on_after_the_program_was_killed(store: Path, called_json: Json) -> None:
    with Terminal.meeting(store, "--chair", CHAIR) as room:
        call_the_roll(room)
        closed = work_off_the_register(room)
        room.press("4")
        room.wait_for("4/6", "169 ranked of 600")
        room.press("a")
        room.wait_for("Action on")
        room.fill("Check the bail address", "Ward team", "")
        room.wait_for("raised")
        room.kept()
        room.kill()

    assert called_json("verify", "--store", store)["sound"]
    with Terminal.meeting(store, "--chair", CHAIR, at="09:40") as room:
        room.wait_for("OFFICIAL-SENSITIVE", "4/6")
        room.press("1")
        room.wait_row("Grip Chief", "Insp Ferris", "present")
        room.press("2")
        room.wait_for("2/6", "overdue first")
        room.wait_gone(f"\n {closed:5} R ")
        room.press("G")
        room.wait_for("Check the bail")
        room.press("6")
        room.wait_row("action", "Check the bail address", "Ward team")
        room.press("q")
        assert room.wait_end() == 0
    assert called_json("verify", "--store", store)["sound"]
    assert daily(called_json("meetings", "--store", store))["sealed_at"] is None


def test_the_weekly_meeting_decides_a_bid_and_seals(store: Path, tmp_path: Path, called: Run) -> None:
    folder = tmp_path / "weekly"
    with Terminal.meeting(store, "--meeting", "weekly", "--chair", CHAIR) as room:
        room.wait_for("1/7: Opening", "BCU commander")
        room.press("tab")
        room.press("tab")
        room.wait_for("sealed", "18/11/2026")
        room.press("3")
        room.wait_for("3/7: Performance")
        room.press("6")
        room.wait_for("6/7: Bids for resour", "Knife-point robbery")
        room.press("x")
        room.wait_for("Outcome:", "Why")
        room.fill("deferred", "no knife arch is free on Friday", save=False)
        room.press("ctrl+s")
        room.wait_gone("esc leave")
        room.press("n")
        room.wait_for("New bid for resources", "Who asks")
        room.fill("Ward team", "CE", "Robbery at the market", "Four officers", "Hackney", "Saturday", save=False)
        room.press("ctrl+s")
        room.wait_row("Ward team", "Four officers", "Saturday", "open")
        seal(room, folder, "7/7: Read-back")
    minutes = (folder / f"{DAY}-weekly-minutes.md").read_text(encoding="utf-8")
    assert "no knife arch is free on Friday" in minutes
    assert called("verify", "--store", store).returncode == 0


def test_one_list_outside_a_meeting(store: Path, called_json: Json) -> None:
    held = called_json("meetings", "--store", store)
    with Terminal.meeting(store, "--view", "wards") as room:
        room.wait_for("Wards by harm", "679 wards")
        room.wait_for("release 202410-202609")
        room.resize(60, 20)
        room.wait_gone("release 202410-202609")  # at 60 columns the heading takes two lines
        room.resize(80, 24)
        room.wait_for("Wards by harm", "release 202410-202609", "679 wards")
        room.press("esc", "enter")
        room.wait_for("offences by month", "ward team: 2 dedicated ward officers")
        room.press("w")
        room.wait_for("days each", "ward-counts.csv")
        room.press("esc")
        room.wait_for("offences by month")
        room.press("q")
        room.wait_for("679 wards")
        room.press("q")
        assert room.wait_end() == 0
    assert called_json("meetings", "--store", store) == held

"""Places from the keyboard: from London down to a person and back, and the weekly meeting's item on priority wards."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.conftest import Json
from tests.journeys.terminal import Terminal, open_actions

CHAIR = "Det Supt Vale"


def to_places(room: Terminal) -> None:
    room.wait_for("1/7: Opening")
    room.press("5")
    room.wait_for("5/7: Places", "priority wards,", "due for review")


def counted(pattern: str, room: Terminal) -> int:
    """A number that stands on the screen."""
    found = re.search(pattern, room.text)
    assert found
    return int(found[1])


def named_suspect(room: Terminal) -> str:
    """The name in the row under the cursor."""
    return room.cell("named suspect", "also", "▸")


def test_a_chair_goes_from_london_to_a_person_and_back(store: Path, called_json: Json) -> None:
    with Terminal.meeting(store, "--meeting", "weekly", "--chair", CHAIR) as room:
        to_places(room)
        before = open_actions(room)
        room.press("tab")
        room.wait_for("Wards by harm", "679 wards")
        room.press("B")
        room.wait_for("London by borough", "[HARM|change|officers|units|tension]", "Westminster, CW:")
        room.press("right")
        room.wait_for("City of London: its own force")
        room.press("left", "down")
        room.wait_for("Lambeth, SC:")
        room.press("enter")
        room.wait_for("Wards of Lambeth by harm")
        ward = room.cell("ward", "BCU", "▸")
        room.press("enter")
        room.wait_for(ward, "BCU SC", "rank", "offences by month", "reported here (tab)")
        room.press("tab")
        room.wait_for("Reported here, V100", "last here")
        person = named_suspect(room)
        room.press("enter")
        room.wait_for("harm by week reported", person)
        room.press("a")
        room.wait_for(f"Action on {person}", "Owner (role")
        room.fill("Visit before Friday", "Ward team", "")
        room.wait_for("raised", f"actions: {before + 1} open")
        room.press("esc")
        room.wait_for("Reported here, V100", "offences by month")
        assert named_suspect(room) == person, "the cursor is where it was"
        room.press("esc")
        room.wait_for("Wards of Lambeth by harm")
        assert room.cell("ward", "BCU", "▸") == ward
        room.press("esc")
        room.wait_for("London by borough", "Lambeth, SC:", f"actions: {before + 1} open")
        room.press("esc")
        room.wait_for("Wards by harm", "679 wards")
        room.press("7")
        room.wait_row("action", "Visit before Friday", person.split(",")[0], "Ward team")
        room.press("q")
        assert room.wait_end() == 0
    assert called_json("verify", "--store", store)["sound"]


def confirm_drop_and_adopt(room: Terminal) -> tuple[str, str]:
    """Confirm the first ward that is due, drop the next, adopt the first that is none; gives the last two."""
    kept = room.cell("ward", "BCU", "▸", "DUE")
    room.press("R")
    room.wait_for("Confirmed:", "Next review on")
    room.press("ctrl+s")
    room.wait_for("kept as")
    room.wait_row(kept, "priority", "19/12/26")
    dropped = room.cell("ward", "BCU", "▸", "DUE")
    room.press("L")
    room.wait_for("Drop as priority:", "Decided by", "Why")
    room.fill("Harm has halved", "")
    room.wait_for("dropped as")
    room.press("/")
    room.wait_for("filter: every word")
    room.type("Kilburn Brent")
    room.wait_for("filter Kilburn Brent:")
    room.press("enter")
    room.wait_row("▸", "Kilburn", "Brent")
    room.press("A")
    room.wait_for("Priority ward: Kilburn", "composite of", CHAIR)
    room.fill("Robbery at the station", "", "", "")
    room.wait_for("Kilburn adopted")
    room.wait_row("Kilburn", "priority", "19/12/26")
    room.press("esc")
    room.wait_gone("filter Kilburn")
    return dropped, "Kilburn"


def try_other_weights(room: Terminal) -> None:
    room.press("W")
    room.wait_for("Weights of the ward composite", "No ward moves.")
    room.press("ctrl+a", "ctrl+k")
    room.type("5")
    room.wait_for("would hold", "would not move", "most places:")
    room.press("esc")
    room.wait_gone("Weights of the ward composite")


def move_a_post(room: Terminal) -> None:
    room.press("tab", "tab")
    room.wait_for("Extra officers: 48 of 442 placed in 12 priority wards at 4 each", "394 left")
    room.press("n")
    room.wait_for("Place the extra ward officers")
    room.press("ctrl+a", "ctrl+k")
    room.type("40")
    room.press("ctrl+s")
    room.wait_for("Extra officers: 40 of 40 placed in")
    room.press("G", "+")
    room.wait_for("One post from", "costs")


def work_the_focus_ward(room: Terminal, folder: Path) -> str:
    """Agree an item of next week; record one of this week and write the letter. Gives the item agreed."""
    room.press("tab")
    room.wait_for("Week of 16/11/2026:", "of 8 agree")
    room.press("n")
    room.wait_for("Propose the focus ward")
    room.press("ctrl+s")
    room.wait_for("proposed as")
    room.press("O")
    room.wait_for("Week of 23/11/2026:", "0 of 8 agree")
    agreed = room.cell("what", "plan", "▸")
    room.press("A")
    room.wait_for("1 of 8 agree")
    room.press("o")
    room.wait_for("Week of 16/11/2026:")
    room.press("g")
    room.wait_row("▸", "menu", "agreed")
    room.press("x")
    room.wait_for("Done:", "How many were done")
    room.fill("7", "two sites cleared")
    room.wait_for("7 done")
    room.press("P")
    room.wait_for("Letter to councillors", "Summary of the week")
    room.fill("Seven visits and two sites cleared.", save=False)
    room.retype("/papers", str(folder))
    room.press("enter")
    room.wait_for("2 files")
    return agreed


def check_a_site(room: Terminal) -> tuple[str, int]:
    """Check the worst site that lacks one check of its three; gives its place, and the checks made before."""
    room.press("tab")
    room.wait_for("Worst 20 fly-tip sites", "of 60 checks made")
    before = counted(r"(\d+) of 60 checks made", room)
    place = room.cell("place", "BCU", "▸", "2/3")
    room.press("x")
    room.wait_for("Checked:", "What was found")
    room.fill("clear", "Ward officer", save=False)
    room.press("ctrl+s")
    room.wait_for("checked:", f"{before + 1} of 60 checks made")
    room.wait_row(place, "3/3", "clear 21/11")
    return place, before


def test_the_weekly_meeting_decides_on_places(store: Path, tmp_path: Path, called_json: Json) -> None:
    folder = tmp_path / "letters"
    with Terminal.meeting(store, "--meeting", "weekly", "--chair", CHAIR) as room:
        to_places(room)
        dropped, adopted = confirm_drop_and_adopt(room)
        try_other_weights(room)
        move_a_post(room)
        agreed = work_the_focus_ward(room, folder)
        place, before = check_a_site(room)
        room.press("7")
        room.wait_for("7/7", "x ticks what was read back", "then S seals")
        room.wait_row("adopted", adopted, "priority ward since")
        room.wait_row("dropped", dropped[:8], "no priority ward")
        room.wait_row("agreed", agreed[:12])
        room.press("u")
        room.wait_for("Undone")
        room.press("5")
        room.wait_for("Confirm, add or drop priority wards")
        room.press("/")
        room.wait_for("filter: every word")
        room.type(f"{adopted} Brent")
        room.press("enter")
        room.wait_row(adopted, "priority", "19/12/26")  # found, for it is the last of them, and may lie out of sight
        room.press("esc")
        room.wait_gone(f"filter {adopted}")
        room.press("shift+tab")
        room.wait_for(f"{before} of 60 checks made")
        room.wait_row(place, "2/3")
        room.press("q")
        assert room.wait_end() == 0

    assert called_json("verify", "--store", store)["sound"]
    assert not list(store.parent.glob("*.toml")), "weights that were tried are not kept"
    stem = "2026-11-16-focus-ward-letter"
    assert {path.name for path in folder.iterdir()} == {f"{stem}.md", f"{stem}.html"}
    letter = (folder / f"{stem}.md").read_text(encoding="utf-8")
    assert [line for line in letter.splitlines() if "| 7 " in line and line.endswith("| two sites cleared |")]
    assert "Seven visits and two sites cleared." in letter
    assert [line for line in letter.splitlines() if line.startswith(f"| {agreed}") and line.endswith("| agreed |")]

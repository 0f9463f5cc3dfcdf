"""What the Task Force's meetings of the synthetic London say of incidents: who owns one, why it is critical, what next.

Nothing that is said of a suspect goes beyond what the records tell, which is where they stand.
"""

from __future__ import annotations

from core.demo.facts import Line
from core.demo.words import COMMAND, INTELLIGENCE, UNIT, Task

OWNED_BY = {"homicide": "Homicide command", "shooting": "Gun crime team", "gun-crime": "Gun crime team"}
"""Who takes an incident of a kind that nobody owns; the duty inspector of its BCU takes any other."""
CRITICAL = (
    "the family heard of the death from others first; a family liaison officer and one voice for the press from today",
    "third killing within a mile in a year; residents ask what was done after the second, and the answer is late",
    "a video of it is shared widely; the borough commander meets the school and the ward panel today",
    "the victim had asked for help before; how that was answered is looked at by another command",
)
"""Why a homicide is declared a critical incident: what police do next matters to those who are left."""
INCIDENT_TASKS: tuple[Task, ...] = (
    Task(
        Line("", "Seize CCTV within 400 m before it is written over; tell the meeting who is on it"),
        UNIT,
        (
            Line("", "Recordings of five premises seized; one shows the way they left, no face yet, so the next street "
                 "is asked for today"),
            Line("", "Bus company and two shops gave recordings; stills go to ward teams and custody for a name"),
            Line("", "Two recordings were written over already; a doorbell across the road is being downloaded now"),
        ),
        ("the shop opens again on {day} only", "the bus company answers on {day}"),
        "recordings in hand, place by place",
    ),
    Task(
        Line("", "See the victim again with an adviser, away from friends; record what they will say"),
        COMMAND,
        (
            Line("", "Seen on the ward with a youth worker beside; will not name anyone, agreed to be called weekly"),
            Line("", "Gave a first account with an adviser present; interview on video is booked for this week"),
            Line("", "Moved out of the borough with help from housing; will speak once the family is settled"),
        ),
        ("in surgery until {day}",),
        "a first account, or why there is none",
    ),
    Task(
        Line("", "Set out who could answer back, and where, for the next two nights"),
        INTELLIGENCE,
        (
            Line("", "Two addresses and one park named for patrols; nothing new on social media since midnight"),
            Line("", "No group named by anyone; treated as a dispute between two people, patrols end tomorrow"),
            Line("", "One group is known to both schools; safer schools officers stand at both gates at 15:00"),
        ),
        ("the analyst is back on {day}",),
        "names and places for tonight's patrols",
    ),
)  # fmt: skip
"""What is asked of an incident that somebody was hurt in."""

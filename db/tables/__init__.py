"""The tables of the store. They never leave ``db``: screens see frozen values made from them."""

from sqlmodel import SQLModel

from db.tables.meetings import (
    Action,
    ActionUpdate,
    Activity,
    Attendance,
    Bid,
    Decision,
    Deployment,
    Meeting,
    MeetingItem,
)
from db.tables.places import PriorityWard
from db.tables.records import (
    Batch,
    Census,
    Circumstance,
    EditionFile,
    LsoaWard,
    Marker,
    Offence,
    Person,
    PersonVersion,
    Place,
    Quarantined,
    Release,
    ReleaseFacts,
    ReportRow,
    StreetCount,
    WardSeries,
)
from db.tables.runs import JournalEntry, Kept, KeptMeasure, Membership, Run, RunEntry, Weighing

METADATA = SQLModel.metadata
"""Every table of the store."""

__all__ = [
    "METADATA",
    "Action",
    "ActionUpdate",
    "Activity",
    "Attendance",
    "Batch",
    "Bid",
    "Census",
    "Circumstance",
    "Decision",
    "Deployment",
    "EditionFile",
    "JournalEntry",
    "Kept",
    "KeptMeasure",
    "LsoaWard",
    "Marker",
    "Meeting",
    "MeetingItem",
    "Membership",
    "Offence",
    "Person",
    "PersonVersion",
    "Place",
    "PriorityWard",
    "Quarantined",
    "Release",
    "ReleaseFacts",
    "ReportRow",
    "Run",
    "RunEntry",
    "StreetCount",
    "WardSeries",
    "Weighing",
]

"""Which view stands behind each name that an agenda or ``--view`` uses."""

from __future__ import annotations

from tui.views.actions import ActionsView
from tui.views.activity import ActivityView
from tui.views.attendance import AttendanceView
from tui.views.base import View
from tui.views.bids import BidsView
from tui.views.deployments import DeploymentsView
from tui.views.meetings import MeetingsView
from tui.views.offenders import OffendersView
from tui.views.performance import PerformanceView
from tui.views.readback import ReadbackView
from tui.views.wards import WardsView

VIEWS: dict[str, type[View]] = {
    "offenders": OffendersView,
    "wards": WardsView,
    "deployments": DeploymentsView,
    "actions": ActionsView,
    "activity": ActivityView,
    "attendance": AttendanceView,
    "bids": BidsView,
    "meetings": MeetingsView,
    "performance": PerformanceView,
    "readback": ReadbackView,
}
TITLES = {
    "offenders": "Named suspects",
    "wards": "Wards",
    "deployments": "Deployments",
    "actions": "Actions",
    "activity": "Last 24 hours",
    "attendance": "Roll-call",
    "bids": "Bids",
    "meetings": "Meetings",
    "performance": "Performance",
    "readback": "Read-back",
}

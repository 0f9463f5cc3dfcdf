"""A synthetic London: files as a force would hand them over, with no real person in them.

Everything is made from a seed and a day; the same two give the same files on every machine.
"""

from core.demo.activity import ACTIVITY_HEADER, activity
from core.demo.deployments import DEPLOYMENTS_HEADER, deployments
from core.demo.london import London
from core.demo.markers import MARKERS_HEADER
from core.demo.night import INCIDENTS_HEADER, incidents
from core.demo.places import DemoWard
from core.demo.reports import EXTRACT_HEADER, USUAL_POOL
from core.demo.units import OTHER_UNITS_HEADER, other_units
from core.demo.ward_counts import ward_release, ward_release_header
from core.demo.ward_records import (
    FLY_TIPS_HEADER,
    PANEL_HEADER,
    PATROLS_HEADER,
    UNSAFE_HEADER,
    fly_tips,
    patrols,
    unsafe_places,
    ward_panels,
)

__all__ = [
    "ACTIVITY_HEADER",
    "DEPLOYMENTS_HEADER",
    "EXTRACT_HEADER",
    "FLY_TIPS_HEADER",
    "INCIDENTS_HEADER",
    "MARKERS_HEADER",
    "OTHER_UNITS_HEADER",
    "PANEL_HEADER",
    "PATROLS_HEADER",
    "UNSAFE_HEADER",
    "USUAL_POOL",
    "DemoWard",
    "London",
    "activity",
    "deployments",
    "fly_tips",
    "incidents",
    "other_units",
    "patrols",
    "unsafe_places",
    "ward_panels",
    "ward_release",
    "ward_release_header",
]

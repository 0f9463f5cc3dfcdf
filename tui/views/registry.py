"""Which view stands behind each name that an agenda or ``--view`` uses. A view is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from tui.views.base import View

TITLES = {
    "offenders": "Named suspects",
    "cohorts": "Cohorts",
    "wards": "Wards",
    "priority": "Priority wards",
    "officers": "Extra officers",
    "focus": "Focus ward",
    "sites": "Fly-tip sites",
    "deployments": "Deployments",
    "actions": "Actions",
    "activity": "Last 24 hours",
    "attendance": "Roll-call",
    "bids": "Bids",
    "meetings": "Meetings",
    "performance": "Performance",
    "readback": "Read-back",
}


class _Views(Mapping[str, type[View]]):
    """Name to view: ``wards`` is ``WardsView`` in ``tui.views.wards``."""

    def __getitem__(self, name: str) -> type[View]:
        if name not in TITLES:
            raise KeyError(name)
        found: type[View] = getattr(import_module(f"tui.views.{name}"), f"{name.capitalize()}View")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(TITLES)

    def __len__(self) -> int:
        return len(TITLES)


VIEWS: Mapping[str, type[View]] = _Views()

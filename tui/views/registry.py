"""Which view stands behind each name that an agenda, ``--view`` or a page uses. A view is loaded when first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from tui.session import Session
from tui.views.base import View
from tui.views.source import Record

WHY = {
    "person": "why.AllegationsView",
    "ward": "why.CategoriesView",
    "action": "why_action.UpdatesView",
    "composite": "why_composite.PartsView",
    "count": "why_incident.CountView",
    "incident": "why_incident.IncidentView",
    "journal": "why_journal.JournalView",
    "loop": "why_journal.LoopRowsView",
    "measure": "why_measure.ReturnsView",
    "performance": "why_measure.ReportsView",
    "rule": "why_rule.RuleView",
}
"""The list of what is behind a row, by what the row asks for (:attr:`tui.views.source.Record.behind`): ``module.Class``
below ``tui.views``. Each ends at lines of files or at entries of the journal, in a column :data:`SOURCE`."""
SOURCE = "source"
"""The key of the column that says where a row of such a list was read."""


def view_named(name: str) -> type[View]:
    """The view of a name that the agendas know: ``fly_tips`` is ``FlyTipsView`` in ``tui.views.fly_tips``."""
    camel = "".join(word.capitalize() for word in name.split("_"))
    found: type[View] = getattr(import_module(f"tui.views.{name}"), f"{camel}View")
    return found


def why_view(behind: str) -> Callable[[Session, Record], View]:
    """The list of what is behind a row. Raises KeyError where there is none."""
    module, _, name = WHY[behind].rpartition(".")
    made_by: Callable[[Session, Record], View] = getattr(import_module(f"tui.views.{module}"), name)
    return made_by

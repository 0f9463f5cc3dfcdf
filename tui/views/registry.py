"""Which view stands behind each name that an agenda, ``--view`` or a page uses. A view is loaded when first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from db.actions import Subject
from tui.session import Session
from tui.views.base import View

WHY = {"person": "why.AllegationsView", "ward": "why.CategoriesView", "action": "why.UpdatesView"}
"""The view of the records behind a subject, by the kind of the subject: ``module.Class`` below ``tui.views``."""


def view_named(name: str) -> type[View]:
    """The view of a name that the agendas know: ``fly_tips`` is ``FlyTipsView`` in ``tui.views.fly_tips``."""
    camel = "".join(word.capitalize() for word in name.split("_"))
    found: type[View] = getattr(import_module(f"tui.views.{name}"), f"{camel}View")
    return found


def why_view(kind: str) -> Callable[[Session, Subject], View]:
    """The view of the records behind subjects of one kind. Raises KeyError where there is none."""
    module, _, name = WHY[kind].rpartition(".")
    made_by: Callable[[Session, Subject], View] = getattr(import_module(f"tui.views.{module}"), name)
    return made_by

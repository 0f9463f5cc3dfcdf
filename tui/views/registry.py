"""Which view stands behind each name that an agenda or ``--view`` uses. A view is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module

from tui.views.base import View


def view_named(name: str) -> type[View]:
    """The view of a name that the agendas know: ``fly_tips`` is ``FlyTipsView`` in ``tui.views.fly_tips``."""
    camel = "".join(word.capitalize() for word in name.split("_"))
    found: type[View] = getattr(import_module(f"tui.views.{name}"), f"{camel}View")
    return found

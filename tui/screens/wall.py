"""What every full screen does for the wall: hides who people are and what was written, shows it when asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import Screen

from core.text import plain
from tui.commands import command
from tui.quick_screen import QuickScreen
from tui.session import Session
from tui.views.base import View
from tui.widgets.record_list import RecordList

_MASKED = "This meeting names no suspects: its template says so. It is a mask on the screen, not a lock on the records."


class WallScreen(QuickScreen, Screen[None]):
    """A screen that may be on a wall; the rules are in ``tui.wall``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        command(
            "p", "projector", "projector", "Projector: hide who people are and what was written, or show it again",
            "room.projector", footer=False,
        ),
        command(
            "f", "ask", "free text", "Projector: show what was written of this record, until the cursor moves on",
            "room.free_text", footer=False,
        ),
    ]  # fmt: skip

    leaves_out: ClassVar[Collection[str]] = ()
    """What is not even named at the foot and in help where it does not apply; else it stands there, dimmed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.asked = False
        """Whether the chair has asked for what was written of the record that the screen is on."""

    def view(self) -> View | None:
        """The view that verbs act on."""
        raise NotImplementedError

    def store_changed(self) -> None:
        """Every screen that is open reads again."""
        raise NotImplementedError

    def may_name(self) -> bool:
        """Whether what was written here names people by the way, so that no meeting that masks them shows it."""
        return False

    def write_asked(self) -> None:
        """Write what the screen itself says, with what was written in it or without."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not apply is dimmed, or left out."""
        if not self.why_dimmed(action, parameters):
            return True
        return False if action in self.leaves_out else None

    def why_dimmed(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """Why a command does not apply now: nothing is asked for where nothing is hidden."""
        return "Nothing is hidden: the projector is off." if action == "ask" and not self.session.projector else ""

    def action_projector(self) -> None:
        """Hide who people are and what was written, or show it again; kept until it is switched back."""
        if self.session.masked:
            self.notify(_MASKED, markup=False)
            return
        kept = self.session.set_projector(not self.session.projector)
        self.app.clear_notifications()  # they were worded for the state before
        for screen in self.app.screen_stack:
            if isinstance(screen, WallScreen):
                screen.conceal()
        self.store_changed()
        state = "references for names, free text hidden" if self.session.projector else "names are shown"
        unkept = "" if kept else f". For this sitting only: {self.session.remembered.path} cannot be written"
        self.notify(plain(f"Projector: {state}{unkept}"), markup=False)

    def conceal(self) -> None:
        """The projector was switched: what is on the screen is written anew before anything is read again."""
        self.asked = False
        for view in self.query(View):
            view.conceal()
        self.write_asked()
        self.refresh_bindings()

    def action_ask(self) -> None:
        """Show what was written of the record one is on, until the cursor moves on; or hide it again."""
        if self.session.masked and self.may_name():
            self.notify(_MASKED, markup=False)
            return
        self.asked = not self.asked
        if (view := self.view()) is not None:
            view.ask(self.asked)
        self.write_asked()

    @on(RecordList.Highlighted)
    def _moved_on(self) -> None:
        """Another record: what was written of the last is hidden again."""
        if self.asked:
            self.asked = False
            self.write_asked()

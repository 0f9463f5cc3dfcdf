"""The status line of every screen: what was done, to whom, and what u takes back; nothing floats over a list."""

from __future__ import annotations

from rich.text import Text
from textual.app import App
from textual.notifications import Notification
from textual.timer import Timer

from core.errors import headed
from core.text import plain
from tui.small_counts import in_words
from tui.widgets.static import Static

DONE = "done"
"""The title of a message that says what was done, and so what can be undone."""
_SIGNS = {"information": "·", "warning": "!", "error": "✗"}


class StatusLine(Static):
    """One line above the foot, more where the words need it; gone while there is nothing to say on a low screen."""

    DEFAULT_CSS = """
    StatusLine { height: auto; max-height: 6; padding: 0 1; color: $foreground; background: $surface; display: none; }
    StatusLine.-says { display: block; }
    StatusLine.-done { color: $text-success; text-style: bold; }
    StatusLine.-warning { color: $text-warning; text-style: bold; }
    StatusLine.-error { color: $text-error; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Say what the screens beneath say."""
        if isinstance(self.app, StatusApp):
            self.say(self.app.status)

    _said = ("", Text())

    def say(self, said: Notification | None) -> None:
        """Say a message, or nothing. What is said already is not laid out again: every screen that is shown asks."""
        saying = ("", Text()) if said is None else (f"-says -{_tone(said)}", words_of(said))
        if saying != self._said:
            self._said = saying
            classes, words = saying
            self.set_classes(classes)
            self.update(words)


def _tone(said: Notification) -> str:
    return DONE if said.title == DONE else said.severity


def words_of(said: Notification) -> Text:
    """A message behind its sign, as plain text whoever said it: done, refused, to be seen to, or in passing.

    What was refused is said by the title, once where the sentence says the same.
    """
    if said.title == DONE:
        return Text(in_words(plain(f"✓ {said.message}")))
    return Text(in_words(plain(f"{_SIGNS[said.severity]} {headed(said.title, said.message)}")))


class StatusApp(App[None]):
    """A program that says on the status line of its screens whatever is notified.

    The newest message is said until its time is over, and what was refused until a key is pressed, too; then what was
    done last is said again, for that is what u undoes.
    """

    _done: Notification | None = None
    _unread: Notification | None = None
    """What was refused, or is to be seen to, until a key is pressed after it."""
    _known: frozenset[str] = frozenset()
    """The messages that were there when it was last looked: two may be of one moment of a coarse clock."""
    _till: Timer | None = None

    @property
    def status(self) -> Notification | None:
        """What the status line says now."""
        live = list(self._notifications)
        newest = live[-1] if live else None
        if self._unread is not None and (newest is None or newest.raised_at < self._unread.raised_at):
            return self._unread
        return newest or self._done

    def was_read(self) -> None:
        """Take what the line says as read: a key was pressed."""
        if self._unread is not None:
            self._unread = None
            self._refresh_notifications()

    def clear_notifications(self) -> None:
        """Say nothing, and not again what was done last."""
        self._done = self._unread = None
        super().clear_notifications()

    def _refresh_notifications(self) -> None:
        """Say the newest message. Textual calls this where messages come and go, and would show them as toasts."""
        live = list(self._notifications)
        self._done = next((one for one in reversed(live) if one.title == DONE), self._done)
        new = [one for one in live if one.identity not in self._known]
        self._known = frozenset(one.identity for one in live)
        if new:
            self._unread = None if new[-1].severity == "information" else new[-1]
        if self._till is not None:
            self._till.stop()
        self._till = self.set_timer(max(0.05, live[-1].time_left), self._refresh_notifications) if live else None
        for screen in self.screen_stack:
            for line in screen.query(StatusLine):
                line.say(self.status)

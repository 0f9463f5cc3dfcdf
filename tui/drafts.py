"""What was typed into forms and not saved: kept while the room is open, and beside the store should it end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tui.remembered import Remembered, Value

_NAME = "drafts"


class Drafts(dict[str, dict[str, str]]):
    """Drafts by the form they belong to. They are those of one person on one day: no one else's words come up.

    ``since``: the last journal entry when a draft was begun, by its form.
    """

    def __init__(self, remembered: Remembered, who: str, day: date) -> None:
        """Take up what was left by the same person on the same day."""
        super().__init__()
        self.since: dict[str, int] = {}
        self._remembered = remembered
        self._of = [who, day.isoformat()]
        self._take_up(remembered.get(_NAME))
        self._written = self._to_keep()

    def _take_up(self, kept: Value) -> None:
        """Take what is one of ours; the file is foreign."""
        if not isinstance(kept, Mapping) or kept.get("of") != self._of:
            return
        forms, since = kept.get("forms"), kept.get("since")
        for form, typed in forms.items() if isinstance(forms, Mapping) else ():
            if isinstance(typed, Mapping) and all(isinstance(words, str) for words in typed.values()):
                self[form] = {key: str(words) for key, words in typed.items()}
                begun = since.get(form) if isinstance(since, Mapping) else None
                self.since[form] = begun if isinstance(begun, int) else 0

    def _to_keep(self) -> dict[str, dict[str, str]]:
        return {form: dict(typed) for form, typed in self.items()}

    def write(self) -> None:
        """Keep them beside the store, where anything was typed since they were last kept."""
        forms = self._to_keep()
        if forms == self._written:
            return
        self._written = forms
        since: dict[str, Value] = {form: self.since[form] for form in forms if form in self.since}
        kept: dict[str, Value] = {"of": list(self._of), "forms": forms, "since": since}
        self._remembered.put(_NAME, kept if forms else None)

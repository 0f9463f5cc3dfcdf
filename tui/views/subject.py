"""A list about one person, ward or site: verbs act on that subject, whichever row the cursor is on."""

from __future__ import annotations

from dataclasses import replace

from db import rankings
from tui.session import Session
from tui.verb import Verb
from tui.views.base import View
from tui.views.ranked_person import facts_of, proposed
from tui.views.registers import RegisterRow
from tui.views.source import Record


class SubjectView(View):
    """What is behind one subject, or was done about it. about: the subject with the facts it was opened with."""

    about: Record

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The subject is always there to act on."""
        return True if action == "verb" else super().check_action(action, parameters)

    def acted_on_by(self, verb: Verb) -> list[Record]:  # noqa: ARG002 - whatever the verb, it is the subject
        """The subject, with the facts that the page shows now."""
        return [as_ranked_now(self.session, self.about)]


def as_ranked_now(session: Session, about: Record) -> Record:
    """A person with the facts of the ranking that is looked at, which may have come after the page was opened.

    Gives the record itself where its facts are of no ranking or of this one.
    """
    before, run_id = about.facts.get("run"), session.run_id
    if about.subject.kind != "person" or run_id is None or before in (None, str(run_id)):
        return about
    head = rankings.run(session.store, run_id)
    entry = rankings.entry_of(session.store, run_id, about.subject.ref)
    if entry is None:
        return replace(about, facts={"rank": "not in this ranking", "run": str(run_id)}, detail=None)
    return replace(about, facts=facts_of(head, entry), detail=RegisterRow(proposed(head, entry)))

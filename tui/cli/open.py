"""``tasking open``: the meeting room."""

from __future__ import annotations

import math
import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from threading import Thread

from core.days import day_of
from core.errors import NotFound, Problem, Refused
from core.meetings import OF, RENAMED, Agenda
from core.roles import May
from core.scope import scope_of
from db import meetings, rankings, templates
from db.store import Store, default_path, heads, open_store
from db.store.beside import settle
from db.store.keys import KEYS
from db.store.viewings import Shown, record
from tui.asked import Asked
from tui.cli import choices
from tui.cli.common import choice, upgrading, user
from tui.cli.keys import keys_for_a_room
from tui.cli.scope import scope_of_option
from tui.printing import tell
from tui.remembered import Remembered
from tui.session import CHAIR, Session

_FRAMES = "240"
"""Paints a second at most. At the usual 60 the line below the list follows the cursor 30 ms late."""


def run(
    path: Path | None,
    meeting: str,
    view: str | None,
    as_of: date,
    chair: str | None,
    projector: bool | None = None,
    scope: str | None = None,
) -> None:
    """Open the meeting room on a store, the projector as it was left where *projector* is None.

    scope: whose meeting, as it was typed; as its template says where it is None.

    Raises Problem without a terminal, a usage error for a template or a scope that there is none of, Refused for a
    template whose file is not one.
    """
    file = path or default_path()
    template = _template(file, meeting)
    scope_of_option(scope)
    if view is not None:
        view = choice("--view", RENAMED.get(view, view.replace("-", "_")), choices.views())
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem("The meeting room needs a terminal. Run this in one, or use 'tasking rank --json'.")
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    who = chair or _chair_of(file) or user()
    KEYS.meanwhile = _load_the_room
    keys, notices = keys_for_a_room()
    with ExitStack() as room:
        store = room.enter_context(open_store(file, who, step=upgrading))
        if behind := store.clock_behind():  # asked before the meeting is opened, which notes it in the journal
            notices.append(behind)
        if store.taken_back:
            notices.append(store.taken_back)
        store.waiting.tell = tell
        if store.rights is not None:
            if chair:
                raise Refused(
                    "Who chairs is a role that a user of this store takes, not a word. Leave --chair out; "
                    "in the room J hands the chair over.",
                    "No such option here",
                )
            who = store.who
            record(store, Shown("opening", "room", how=view or meeting))
        whose = templates.scope_for(template, scope)
        if scope is None and template.scope in OF and view is None:
            notices.append(f"{template.title} of the whole force: '--scope NW' opens that of a BCU or a borough.")
        settle(store.path)
        session = _session(store, meeting, as_of, who, whose, notices, meet=view is None)
        session.login = user()
        if chair:
            session.remembered.put(CHAIR, chair)
        as_wanted(session, projector)
        session.as_user()
        session.notes_every, session.rests = _NOTED_EVERY, _RESTS
        wanted = not {"COLORFGBG", "NO_COLOR"} & os.environ.keys()
        asked = room.enter_context(Asked(wanted=wanted))  # once nothing can be refused any more
        from tui.app import TaskingApp
        from tui.cli.dressing import dress
        from tui.escape import keep_escape_apart
        from tui.terminal import depth, end_with_it
        from tui.watching import OFTEN

        keep_escape_apart(asked)
        end_with_it()
        app = TaskingApp(session, view, keys, looks_every=OFTEN, notices=notices, depth=depth())
        dress(app, asked)
        store.waiting.tell = None  # from here on the screen says it
        store.waiting.patience = math.inf  # a ranking that is made beside waits as long as the room is open
        Thread(target=heads.prepare, args=(store.path,), daemon=True).start()  # no key is to wait for the keyring
        app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def _load_the_room() -> None:
    """Load what the room is shown with, which is the longest part of opening it."""
    from tui import app

    del app


def _may_chair(store: Store) -> bool:
    return store.rights is None or store.rights.may(May.CHAIR)


_NUMBERED = 3
"""Actions that are told by number when the rule escalates several: the list marks every one, and the line stays one."""


def _template(store: Path, name: str) -> Agenda:
    try:
        return templates.template(store, name)
    except NotFound as error:
        import typer  # most open without it

        raise typer.BadParameter(error.sentence, param_hint="--meeting") from None


def _chair_of(path: Path) -> str:
    """Who chaired here last, by name; empty where it was never said."""
    kept = Remembered.of(path).get(CHAIR)
    return kept if isinstance(kept, str) else ""


def _escalated(store: Store, meeting: meetings.MeetingView) -> list[str]:
    """Escalate, at the first opening of a meeting, what the rule says; gives what is to be said of it."""
    from db.escalations import escalate_by_rule

    with store.at(meeting.agenda.items[0].key):
        numbers = escalate_by_rule(store, meeting_id=meeting.id, scope=meeting.scope)
    if not numbers:
        return []
    if len(numbers) == 1:
        return [f"Action {numbers[0]} escalated by rule. E on it takes it back, with the reason."]
    first = ", ".join(map(str, numbers[:_NUMBERED]))
    more = f" and {len(numbers) - _NUMBERED} more" if len(numbers) > _NUMBERED else ""
    return [f"Actions {first}{more} escalated by rule. E on one takes it back."]


_NOTED_EVERY = 20.0
"""Seconds after which the time of an item is written down though it goes on."""
_RESTS = 0.6
"""Seconds between views that are read beforehand, so that keys have the program to themselves most of the time."""


def as_wanted(session: Session, projector: bool | None) -> None:
    """Switch the projector as an option says, for the next sittings, too; as it was left where none says."""
    if projector is None:
        session.projector_as_left()
    else:
        session.set_projector(projector)


def _session(store: Store, kind: str, as_of: date, who: str, whose: str, notices: list[str], *, meet: bool) -> Session:
    """Open, unless a list alone is wanted, the meeting of the day; a sealed one is opened to be read.

    notices: what is to be said when the room opens, to which is added what was escalated by rule.
    """
    session = Session(store, who, as_of, kind, store.now, Path.cwd() / "papers", scope=scope_of(whose))
    if meet and (store.only_read or not _may_chair(store)):
        session.meeting = meetings.of_day(store, kind, as_of, whose)
        if session.meeting is None and not _may_chair(store):
            notices.append("No meeting is open, and your role opens none: whoever may chair opens it.")
    elif meet:
        known = meetings.of_day(store, kind, as_of, whose)
        session.meeting = known or meetings.open_meeting(store, kind, who, as_of, scope=whose)
        if known is None:
            notices += _escalated(store, session.meeting)
    if session.meeting is not None:
        session.run_id = session.meeting.run_id
    else:
        session.run_id = meetings.run_for(store, day_of(as_of))
    if session.run_id is None and store.only_read:  # none is made there: the latest is looked at
        session.run_id = next((head.id for head in rankings.runs(store)), None)
    return session

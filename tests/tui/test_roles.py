"""Every command, list and page as every role, by the declarations: one that is new is walked by being there.

Who sees least tries every command, list and page, the other roles each another part of what they may; with ``--whole``
every role all.

What verbs write for which role is tried in ``tests/tui/verbs/test_walk.py``. The stores hold a secret in every column
that a partner is not to see, so that whatever is read past the store's own rules shows.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from textual.command import Hit
from textual.widgets import Input
from typer.testing import CliRunner

from core.days import at_clock
from core.errors import Problem
from core.meetings import views
from core.proposals import Proposal
from core.roles import COMMANDS, NOT_YOURS, ROLES, May, Rights, Role
from core.templates import agendas
from core.text import with_article
from db import meetings, memberships, restrictions, sealing, users
from db.actions import Subject
from db.store import Store, access, lens, open_store
from db.store.cells import JSON
from tests.stores.fill import KEEPER
from tests.strain.covered import words_for
from tests.tui.cli.printed import LINES, OTHERS, kept_store
from tests.tui.cli.test_encrypted import WRITING
from tests.tui.cli.written import commands
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.declared import bindings_of
from tests.tui.keyboard import Chair, MovedClock, seated
from tests.tui.people import TODAY, top
from tests.tui.test_on_a_wall import SPOKEN, UNSAID, everything, furnish, pages_of
from tui import exits
from tui.app import TaskingApp
from tui.cli import open as opening
from tui.found import Records
from tui.main import app
from tui.opening import Open
from tui.screens.registry import PAGES
from tui.small_counts import SMALL_COUNTS, in_words
from tui.verb import PRESSES, verb_named
from tui.views.base import View
from tui.views.source import Record

WITHOUT_A_STORE = {"completion", "keys", "init", "demo"}
"""Commands that open no store that is there."""
OF_ONE_FILE = {"encrypt", "rekey", "restore"}
DAY = "2026-11-18"
LOGIN = {role: KEEPER if role == "owner" else f"a.{role}" for role in ROLES}
RESTRICTED = "v100"


def put_secret(path: Path) -> None:
    """Put a secret behind whatever stands in a column of words that a partner is not shown."""
    with closing(sqlite3.connect(path)) as past, past:
        for (trigger,) in past.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            past.execute(f"DROP TRIGGER {trigger}")
        for table, column in list(hidden_columns(past)):
            plain = ", ".join(f"'{kind}'" for kind in lens._NAMED)
            more = f" AND subject_kind NOT IN ({plain})" if column == "subject" and table != "review" else ""
            where = f"\"{column}\" NOT IN ('', '{UNSAID}', '{UNSAID.upper()}, {UNSAID}'){more}"
            change = f'UPDATE "{table}" SET "{column}" = "{column}" || ? WHERE {where}'  # noqa: S608 - the schema
            past.execute(change, (UNSAID,))


def columns_of_words(past: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for (table,) in past.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _, column, kind, *_ in past.execute(f'PRAGMA table_info("{table}")').fetchall():
            if "CHAR" in kind.upper() and column not in JSON.get(table, ()) and (table, column) not in WHO_IS_LET_IN:
                yield table, column


def hidden_columns(past: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    return ((table, column) for table, column in columns_of_words(past) if not lens._is_plain(table, column))


WHO_IS_LET_IN = {("restriction", "login"), ("account", "name")}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something of every table, a user of every role and a cohort that only its owner sees."""
    path = kept_store(tmp_path_factory.mktemp("roles") / "tasking.db")
    owner = Rights(KEEPER, "", ROLES["owner"])
    with closing(Store(path, KEEPER)) as store:
        store.rights = owner
        for role, login in LOGIN.items():
            if role != "owner":
                users.add(store, login, role)
        restrictions.restrict(store, RESTRICTED, [KEEPER])
    put_secret(path)
    return path


class Desk:
    """Runs commands as someone, on a store that is as it was after each."""

    def __init__(self, kept: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = folder / "tasking.db"
        self.store.write_bytes(kept.read_bytes())
        self._kept = kept
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)

    def run(self, role: str, words: list[str]) -> Any:
        self._monkeypatch.setattr(access, "machine_user", lambda: LOGIN[role])
        return CliRunner().invoke(app, words, env={"TASKING_STORE": str(self.store), "COLUMNS": "400"})

    def anew(self) -> None:
        for end in ("", "-wal", "-shm"):
            self.store.with_name(f"{self.store.name}{end}").unlink(missing_ok=True)
        self.store.write_bytes(self._kept.read_bytes())

    def files(self) -> list[str]:
        """What lies beside the store."""
        return sorted(path.name for path in self.store.parent.iterdir() if not path.name.startswith("tasking.db"))

    def held(self) -> list[Any]:
        """The end of the journal, and how many rows each table has but the record of what was shown."""
        with closing(sqlite3.connect(self.store)) as past:
            rows = past.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'viewing'").fetchall()
            counts = [past.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone() for (table,) in rows]  # noqa: S608
            return [*counts, past.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()]


@pytest.fixture
def desk(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(small, tmp_path, monkeypatch)


def lines(name: str, role: str, store: Path) -> list[list[str]]:
    """The lines that a command is walked with as a role: what reads, as JSON too for who sees least; what writes."""
    reading = [line.partition(" ")[2].replace("DAY", DAY) for line in LINES if line.split()[0] == name]
    if role != "partner":
        reading = reading[:1]
    elif any(option.name in ("json", "as_json") for option in commands()[name].params):
        reading += [f"{line} --json" for line in reading]
    writing = [line.replace("{folder}", str(store.parent)) for line in (WRITING.get(name), MORE.get(name)) if line]
    return [[name, *words_for(line, store, "ZZYZXWORTH")] for line in [*reading, *writing] or [""]]


MORE = {
    "users": "add friend owner", "minutes": "1 --to papers --recipient Me",
    "quarantine": "--export a.csv --recipient Me",
    "lookup": "use small-areas", "letter": "--to letter --recipient Me",
}  # fmt: skip
"""Lines that write, beside those that the encrypted walk has."""


def test_every_command_says_what_it_needs() -> None:
    assert set(commands()) == set(COMMANDS) | WITHOUT_A_STORE
    assert {line.split()[0] for line in LINES} | set(OTHERS) == set(commands())


WALKED = sorted(set(COMMANDS) - {"open", "demo"})


def as_whom(name: str, config: pytest.Config) -> dict[str, Role]:
    """As whom a command is tried: every role that it is refused to, who sees least, and another role with each."""
    others = [role for role, one in ROLES.items() if role != "partner" and COMMANDS[name] in one.may]
    left = set(others) - {others[WALKED.index(name) % len(others)]}
    return {role: one for role, one in ROLES.items() if role not in left or config.getoption("--whole")}


def test_every_role_does_something_and_is_refused_something(pytestconfig: pytest.Config) -> None:
    tried = [(role, COMMANDS[name] in one.may) for name in WALKED for role, one in as_whom(name, pytestconfig).items()]
    assert {role for role, may in tried if may} == set(ROLES)
    assert {role for role, may in tried if not may} == set(ROLES) - {"owner"}


@pytest.mark.parametrize("name", WALKED)
def test_a_command_as_every_role(name: str, desk: Desk, pytestconfig: pytest.Config) -> None:
    before = desk.held()
    for role, one in as_whom(name, pytestconfig).items():
        for words in lines(name, role, desk.store):
            files = desk.files()
            done = desk.run(role, words)
            said = f"{role}: {' '.join(words)}\n{done.output}\n{done.exception!r}"
            problem = done.exception if isinstance(done.exception, Problem) else None
            assert problem is not None or done.exit_code in (*vars(exits).values(), 0), said
            if COMMANDS[name] not in one.may:
                assert problem is not None, said
                assert problem.title in (NOT_YOURS, REFUSED_BEFORE.get(name)), said
            if May.WRITE not in one.may:
                assert desk.held() == before, said
                assert desk.files() == files, said
            told = f"{done.output} {problem.sentence if problem else ''}".replace(f"'{RESTRICTED}'", "'it'")
            if May.NAMES not in one.may:
                assert UNSAID not in told, said
                assert not SMALL.search(told), said
                assert not re.search(r"(^|\s{2}); ", told, re.MULTILINE), f"what stood beside a name: {said}"
            if role != "owner":
                assert not RESTRICTED_WORDS.search(told), said
            if May.WRITE in one.may and desk.held() != before:
                desk.anew()


_PEOPLE = "named suspects?|suspects?|victims?|people|persons?|members?|child"
SMALL = re.compile(rf"(?<![\w,.+/:#-])[1-4] (?:of the |more |repeat )?(?:\d+ )?(?:{_PEOPLE})\b")
"""A count of people under 5, which a partner is not told."""
REFUSED_BEFORE = {"rekey": "Not encrypted"}
"""What is said of the file before anyone is asked who they are."""
RESTRICTED_WORDS = re.compile(r'cohorts?": \[?\s*"v100"|\bV100 cohort|\bcohort v100\b', re.IGNORECASE)


KEPT, KNOWN_BY = "iom-fixed", re.compile(r"iom.fixed|\bFX\b", re.IGNORECASE)
"""The cohort that only the owner of the large store sees, and what it is known by."""


@pytest.fixture(scope="module")
def large(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic London of which everything that may name someone holds a secret, with a user of every role.

    A cohort that only its owner sees has people in it; the papers of a sealed meeting tell of it.
    """
    path = tmp_path_factory.mktemp("large") / "large.db"
    path.write_bytes(london.read_bytes())
    clock = MovedClock(at_clock(AS_OF, 9))
    with closing(open_store(furnish(path, clock), CHAIR, clock)) as store:
        for kind in ("task-force", "daily", "weekly"):
            meeting = meetings.open_meeting(store, kind, CHAIR, AS_OF)
            adopt_some(store, meeting.id, 3 * ("task-force", "daily", "weekly").index(kind))
            if kind == "task-force":
                sealing.seal(store, meeting.id)
        for role, login in LOGIN.items():
            users.add(store, login, role)
            store.rights = Rights(access.machine_user(), "", ROLES["owner"])
        restrictions.restrict(store, KEPT, [LOGIN["owner"]])
    put_secret(path)
    show_plain(path)
    return path


def adopt_some(store: Store, meeting: int, after: int) -> None:
    """Three people of the list go into the cohort that is to be kept; the first of them is reviewed."""
    proposals = [Proposal(one.person, "the rule", {}) for one in top(store)[after : after + 3]]
    numbers = memberships.adopt(
        store, KEPT, proposals, since=TODAY, reason="said", adopted_by=CHAIR, review_on=TODAY + 9, meeting_id=meeting
    )
    memberships.review(store, numbers[:1], TODAY + 9, "still", on=TODAY, meeting_id=meeting)


def show_plain(path: Path) -> None:
    """Take the secret out of columns that a partner sees as they are: places and codes, roles that own actions."""
    with closing(sqlite3.connect(path)) as past, past:
        for table, column in list(columns_of_words(past)):
            if lens._is_plain(table, column):
                change = f'UPDATE "{table}" SET "{column}" = \'plain\' WHERE "{column}" LIKE ?'  # noqa: S608
                past.execute(change, (f"%{UNSAID}%",))


def room_of(role: str, path: Path, moved: MovedClock, monkeypatch: pytest.MonkeyPatch, kind: str) -> TaskingApp:
    """The room as a role opens it, its projector off, so that only the store itself hides."""
    monkeypatch.setattr(access, "machine_user", lambda: LOGIN[role])
    store = open_store(path, "The Commissioner", moved)
    session = opening._session(store, kind, AS_OF, store.who, "force", [], meet=True)
    session.as_user()
    session.projector = False
    return TaskingApp(session, None)


@asynccontextmanager
async def seated_as(
    role: str, path: Path, kind: str, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Chair]:
    """The keyboard of a room that a role has opened; the store is closed when it is left."""
    app = room_of(role, path, moved, monkeypatch, kind)
    try:
        with closing(app.session.store):
            async with seated(app, size=(120, 40)) as chair:
                await chair.settled()
                yield chair
    finally:
        SMALL_COUNTS.for_user(None)


@dataclass
class Seen:
    """In which lists and pages something was shown: a secret name, the cohort that is kept, a small count of people."""

    role: str
    names: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)

    def look(self, where: str, told: str) -> None:
        """Look at what is shown somewhere; what the role is not to see fails. What was asked for may be said again."""
        told = told.replace(f"There is no cohort '{KEPT}'", "")
        for found, what in ((self.names, SECRET), (self.kept, KNOWN_BY), (self.small, SMALL)):
            if what.search(told):
                found.add(where)
        if May.NAMES not in ROLES[self.role].may:
            assert where not in self.names | self.small, f"{where}: {told}"
        assert self.role == "owner" or where not in self.kept, f"{where}: {told}"


SECRET = re.compile(UNSAID, re.IGNORECASE)
COUNTS_PEOPLE = re.compile("victim|member|people|child|qualif", re.IGNORECASE)


async def screen_of(chair: Chair) -> str:
    """What the screen shows, papers to their end, with what was said in passing and what the palette offers."""
    offered = [f"{one.title} {one.help}" for one in chair.app.get_system_commands(chair.app.screen)]
    for words in (UNSAID, KEPT, "ward team"):
        offered += [
            str(hit.match_display) async for hit in Records(chair.app.screen).search(words) if isinstance(hit, Hit)
        ]
    paper = str(getattr(getattr(chair.app.screen, "known", None), "text", ""))
    return " ".join([await chair.screen_text(), paper, *chair.toasts(), *offered])


def rows_of(view: View, seen: Seen, where: str) -> None:
    """Look at every row of a list, in sight or out of it, and at what verbs are given of it."""
    for cells, record in everything(view, hidden=False):
        given = [record.told(hidden=False, asked=True), *map(str, record.facts.values())]
        seen.look(where, " ".join([*cells, *map(in_words, given)]))  # as whatever shows them does
        for column, cell in zip(view.source.columns, cells, strict=True):
            if COUNTS_PEOPLE.search(f"{column.key} {column.title}") and re.match(r"\s*[1-4](?!\d)", cell):
                seen.look(where, f"{cell} people")
    hidden = [UNSAID] if May.NAMES not in ROLES[seen.role].may else []
    for words in [*hidden, *([] if seen.role == "owner" else [KEPT])]:
        assert not len(view.source.order(None, False, words)), f"{where}: a filter finds {words}"


def test_the_two_meetings_that_are_walked_have_every_list() -> None:
    assert agendas()["daily"].views | agendas()["weekly"].views == set(views())


TELL_OF_KEPT = {"cohorts", "suspects", "person", "meeting", "compare"}
"""Lists and pages that tell of the cohort that is kept. Its owner walks them all."""


def in_turn(role: str, names: Collection[str], config: pytest.Config) -> set[str]:
    """What of some lists or pages a role walks: who sees least all, the others each another part of them."""
    if role == "partner" or config.getoption("--whole"):
        return set(names)
    others = [one for one in ROLES if one != "partner"]
    part = set(sorted(names)[others.index(role) :: len(others)])
    return part | (TELL_OF_KEPT.intersection(names) if role == "owner" else set())


def walked(role: str, kind: str, config: pytest.Config) -> set[str]:
    """The lists of a meeting that a role walks. A list of both meetings is walked in the daily one."""
    lists = set(agendas()[kind].views)
    if kind == "weekly" and not config.getoption("--whole"):
        lists -= agendas()["daily"].views
    return in_turn(role, lists, config)


def test_who_sees_least_walks_everything_and_so_do_the_others_between_them(pytestconfig: pytest.Config) -> None:
    pages = {page.name for page in PAGES}
    for roles in (["partner"], [role for role in ROLES if role != "partner"]):
        lists = [walked(role, kind, pytestconfig) for role in roles for kind in ("daily", "weekly")]
        assert set().union(*lists) == set(views())
        assert set().union(*(in_turn(role, pages, pytestconfig) for role in roles)) == pages
    assert all(in_turn(role, pages, pytestconfig) for role in ROLES), "no role walks nothing"


@pytest.mark.parametrize("kind", ["daily", "weekly"])
@pytest.mark.parametrize("role", list(ROLES))
async def test_every_list_as_every_role(
    role: str, kind: str, large: Path, moved: MovedClock, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    seen, may = Seen(role), ROLES[role].may
    shown = walked(role, kind, pytestconfig)
    async with seated_as(role, large, kind, moved, monkeypatch) as chair:
        meeting = chair.tasking().session.meeting
        assert meeting is not None
        for number, item in enumerate(meeting.agenda.items, 1):
            if shown.isdisjoint(item.views):
                continue
            await chair.press(f"meeting.item_{number}")
            for name in item.views:
                view = chair.view()
                assert view.name_in_record == name
                if name not in shown:
                    await chair.press("meeting.view")
                    continue
                rows_of(view, seen, name)
                seen.look(name, await screen_of(chair))
                for pressed in filter(None, [PRESSES.fullmatch(binding.action) for binding in bindings_of(type(view))]):
                    refused = "" if verb_named(pressed[1]).needs in may else f"not for {with_article(role)}"
                    assert view.why_not(pressed[0]) == refused, pressed[0]
                if len(item.views) > 1:
                    await chair.press("meeting.view")
    assert seen.names == set() or May.NAMES in may
    if May.NAMES in may:
        assert seen.names >= SPOKEN & shown, "it was there to be hidden"
        assert seen.small & {"suspects"} == {"suspects"} & shown, "it was there to be hidden"
    assert seen.kept >= TELL_OF_KEPT & shown if role == "owner" else not seen.kept


async def test_papers_that_go_to_nobody_are_refused_at_the_field_that_is_empty(
    large: Path, moved: MovedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with seated_as("chair", large, "daily", moved, monkeypatch) as chair:
        await chair.press("meeting.item_6", "meeting.seal")
        for field in chair.form().query(Input):
            field.value = str(tmp_path / "papers") if field.id == "field-folder" else ""
        await chair.keys("ctrl+s")
        assert "to whom papers go" in chair.fault()
        assert chair.app.focused is chair.form().query_one("#field-recipient")
        assert not (tmp_path / "papers").exists()


@pytest.mark.parametrize("role", list(ROLES))
async def test_every_page_as_every_role(
    role: str, large: Path, moved: MovedClock, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    seen, walks = Seen(role), in_turn(role, [page.name for page in PAGES], pytestconfig)
    async with seated_as(role, large, "daily", moved, monkeypatch) as chair:
        run = chair.tasking().session.run_id
        assert run is not None
        with closing(Store(large, "x", moved)) as whole:
            wanted = pages_of(whole, run)
            [last] = whole.read.rows("SELECT MAX(id) FROM meeting WHERE sealed_at IS NOT NULL")
        wanted["meeting"].append((Record(Subject("meeting", str(last[0]), "Of the cohort that is kept")),))
        for page in (one for one in PAGES if one.name in walks):
            for about in wanted[page.name]:
                before = len(chair.app.screen_stack)
                of = about if May.NAMES in ROLES[role].may else referred(about)
                chair.app.screen.post_message(View.PageWanted(Open(page.name, of)))
                await chair.settled()
                seen.look(page.name, await screen_of(chair))
                for view in chair.app.screen.query(View):
                    rows_of(view, seen, page.name)
                while len(chair.app.screen_stack) > before:
                    chair.app.pop_screen()
                await chair.settled()
    if May.NAMES in ROLES[role].may:
        telling = {"person", "why", "meeting", "compare", "timeline", "ward"}
        assert seen.names >= telling & walks, "it was there to be hidden"
        assert seen.small & {"why"} == {"why"} & walks, "it was there to be hidden"
    there = TELL_OF_KEPT & walks if role == "owner" else set()
    assert seen.kept >= there, "it was there to be kept"


def referred(about: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a page is opened on, as a list of a partner's has it: called by its reference."""
    return tuple(_referred(one) for one in about)


def _referred(one: Any) -> Any:
    if isinstance(one, list):
        return [_referred(each) for each in one]
    if isinstance(one, Record):
        return replace(one, subject=one.subject._replace(label=one.subject.ref), made_of="", opens=None)
    return one

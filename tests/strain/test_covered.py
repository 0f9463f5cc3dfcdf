"""Whatever the program declares is strained: a command, profile, verb or revision that is new fails here by itself."""

from __future__ import annotations

from db.loading.profiles import profiles
from db.store.opening import REVISIONS
from tests.strain.covered import OF_A_PASSPHRASE, ON_A_SCREEN, READING, WRITING, declared
from tests.strain.kills import CYCLE
from tests.strain.rooms_here import OPENINGS
from tests.strain.works import works
from tests.tui.cli.written import commands

REACHED = frozenset[str]().union(*(work.reaches for work in works()))


def test_every_command_prints_writes_or_opens_a_screen() -> None:
    assert READING.keys() | WRITING | OF_A_PASSPHRASE | ON_A_SCREEN == set(commands())


def test_every_command_that_writes_is_killed_and_starved() -> None:
    assert {f"command {name}" for name in WRITING} - REACHED == set()


def test_every_profile_and_every_old_store_is_killed_and_starved() -> None:
    needed = {f"profile {kind}" for kind in profiles()}
    needed |= {f"store of revision {revision}" for revision in REVISIONS[:-1]}
    assert needed - REACHED == set()


def test_every_meeting_and_every_list_is_typed_at() -> None:
    opened = {f"view {view}" if view else f"meeting {kind}" for kind, view in OPENINGS}
    assert opened == {name for name in declared() if name.startswith(("view", "meeting"))}


def test_all_that_writes_has_its_turn_to_be_killed() -> None:
    assert {work.name for work in works()} <= CYCLE.keys()

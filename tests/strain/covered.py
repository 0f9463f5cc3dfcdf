"""What there is to strain, by the declarations of the program; a test holds that nothing declared is missing here.

Profiles and their sample files, verbs and the records they act on, options that a command cannot be without, and stores
of every revision are declared by the tests of each; here are the command lines alone.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from core.meetings import views
from core.templates import agendas
from db.loading.profiles import profiles
from db.store.opening import REVISIONS
from tests.tui.cli.test_every_option import NEEDED
from tests.tui.cli.written import commands
from tests.tui.verbs.test_walk import CASES
from tui.screens.registry import PAGES

READING = {
    "meetings": ("", "--json"),
    "night": ("", "--as-of 2026-11-20 --scope CE", "--since 2026-11-19 --json"),
    "actions": ("", "--overdue --json", "--owner {hostile}", "--meeting {meeting}"),
    "loop": ("", "--weeks 3 --json"),
    "activity": ("--as-of 2026-11-21", "--as-of 2026-11-18", "--json"),
    "minutes": ("{meeting}", "{meeting} --report"),
    "rank": (
        "--as-of 2026-11-21 --top 30",
        "--as-of 2026-11-18 --pool everything --top all",
        "--as-of 2026-11-21 --compare rfg,rfh --places 20",
        "--as-of 2026-11-21 --method rfgv --by victims --json",
    ),
    "stability": ("--as-of 2026-11-21 --top 10",),
    "explain": ("{person} --as-of 2026-11-21", "{person} --as-of 2026-11-21 --compare rfg,rfh", "NOBODY", "{hostile}"),
    "movement": ("", "--json"),
    "cohorts": ("--as-of 2026-11-21", "--cohort v100 --as-of 2026-11-21", "--cohort iom-fixed --json", "--scope NW"),
    "proportionality": ("",),
    "wards": ("", "--by rate --top 10", "--json"),
    "ward": ("{ward}", "{ward} --json"),
    "releases": ("", "--all"),
    "lookup": ("", "{hostile}", "use {hostile}"),
    "priority": ("", "--top 5 --json", "--scope brent"),
    "backtest": ("--of wards", "--of people --as-of 2026-06-01 --days 100 --json", "--of people --first 10,100"),
    "officers": ("--total 9", "--scope NW --json"),
    "focus": ("", "--json"),
    "letter": ("",),
    "stops": ("--from 2026-09-01 --to 2026-11-20",),
    "deployments": ("", "--as-of 2026-11-21T09:00", "--scope NW --json"),
    "lfr": ("--from 2026-09-01 --to 2026-11-20",),
    "batches": ("", "--json"),
    "quarantine": ("", "--json"),
    "journal": ("", "--meeting 1", "--sitting 1 --json"),
    "verify": ("", "--json"),
    "users": ("list", "--json"),
    "log": ("", "--json"),
    "completion": (NEEDED["completion"],),
    "keys": ("",),
}
"""Commands that print, with words that each is given; of a store or of none."""
WRITING = {
    "import", "withdraw", "actions", "addendum", "backup", "restore", "demo", "rank", "officers", "priority", "minutes",
    "letter", "quarantine", "lookup", "init",
}  # fmt: skip
"""Commands that write: into the store, or files beside it (``works``). Some print, too."""
OF_A_PASSPHRASE = {"encrypt", "rekey"}
"""Commands that ask for one: killed at every step in ``tests/db/test_encrypting.py``."""
ON_A_SCREEN = {"open"}
"""Commands that open the room: killed in a terminal (``rooms``), typed at in this process (``keys``)."""


def declared() -> set[str]:
    """Everything that the program declares and a run must reach, each as "sort name"."""
    return {
        *(f"profile {kind}" for kind in profiles()),
        *(f"command {name}" for name in commands()),
        *(f"verb {name}" for name in CASES),
        *(f"store of revision {revision}" for revision in REVISIONS[:-1]),
        *(f"view {name}" for name in views()),
        *(f"meeting {kind}" for kind in agendas()),
        *(f"screen {page.where.rpartition('.')[2]}" for page in PAGES),
    }


def words_for(line: str, store: Path, hostile: str) -> list[str]:
    """A command line with what it names put in: a person, a ward and a sealed meeting of the store, hostile words."""
    known = {
        "person": "SELECT ref FROM person ORDER BY id LIMIT 1",
        "ward": "SELECT ward_code FROM ward_series ORDER BY ward_code LIMIT 1",
        "meeting": "SELECT id FROM meeting WHERE sealed_at IS NOT NULL ORDER BY id DESC LIMIT 1",
    }
    return [_put_in(word, known, store, hostile) for word in line.split()]


def _put_in(word: str, known: dict[str, str], store: Path, hostile: str) -> str:
    if word == "{hostile}":
        return hostile
    name = word.strip("{}")
    if name not in known or name == word:
        return word
    with closing(sqlite3.connect(store)) as connection:
        row = connection.execute(known[name]).fetchone()
    return str(row[0]) if row else "1"

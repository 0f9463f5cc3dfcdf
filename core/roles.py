"""Who may see and do what in a store that has users (DOMAIN.md section 9: DPA 2018 s40 and s62, need to know).

A role binds this program. Whoever can read the file with another one reads all of it, unless it is encrypted.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from core.errors import Refused
from core.text import with_article


class May(Enum):
    """What a role may let its user do, in words for a refusal."""

    READ = "read lists and figures"
    NAMES = "see names, dates of birth and what was written"
    WRITE = "change records"
    EXPORT = "write papers and lists into files"
    CHAIR = "chair and seal a meeting"
    LOG = "read who looked at what"
    OWN = "say who the users are, and restore or encrypt the store"


class Role(NamedTuple):
    """One role: the word it is given by, what it is for, and what it lets its user do."""

    key: str
    sentence: str
    may: frozenset[May]


_ALL = frozenset(May)
ROLES: Mapping[str, Role] = {
    role.key: role
    for role in (
        Role("owner", "answers for the store and says who its users are", _ALL),
        Role("chair", "chairs and seals meetings, and reads the log", _ALL - {May.OWN}),
        Role("deputy", "chairs and seals meetings", _ALL - {May.OWN, May.LOG}),
        Role("analyst", "takes files in, ranks, writes what meetings decide", _ALL - {May.OWN, May.LOG, May.CHAIR}),
        Role("observer", "sees everything and writes nothing", frozenset((May.READ, May.NAMES))),
        Role("partner", "sees references and figures, no names, and writes nothing", frozenset((May.READ,))),
    )
}  # fmt: skip
"""Every role, the one that may do most first."""
OWNER = ROLES["owner"]

COMMANDS: Mapping[str, May] = {
    **dict.fromkeys(
        (
            "actions", "activity", "backtest", "cohorts", "deployments", "explain", "focus", "letter", "lfr", "lookup",
            "loop", "meetings", "movement", "night", "officers", "open", "priority", "proportionality", "rank",
            "releases", "stability", "stops", "users", "verify", "ward", "wards",
        ),
        May.READ,
    ),
    **dict.fromkeys(("batches", "journal", "minutes", "quarantine"), May.NAMES),
    **dict.fromkeys(("addendum", "backup", "demo", "import", "withdraw"), May.WRITE),
    "log": May.LOG,
    **dict.fromkeys(("encrypt", "rekey", "restore"), May.OWN),
}  # fmt: skip
"""What each command that opens a store needs; one that is not named here is refused in a store with users.

What a command then writes is refused by the store itself to whoever may not write, and names are kept from whoever may
not see them where they are read.
"""


def role_named(word: str) -> Role:
    """A role by its word. Raises Refused, which names them all."""
    role = ROLES.get(word.strip().casefold())
    if role is None:
        raise Refused(f"There is no role '{word}'. Use one of: {', '.join(ROLES)}.", "No such role")
    return role


class Rights(NamedTuple):
    """Who is at the keyboard of a store with users: the login, what records call them, the role.

    kept_from: the cohorts that are restricted to others.
    """

    login: str
    name: str
    role: Role
    kept_from: frozenset[str] = frozenset()

    def may(self, what: May) -> bool:
        """Whether the role lets its user do something."""
        return what in self.role.may

    def require(self, what: May | None, doing: str) -> None:
        """Raise Refused where the role does not let its user do something; *doing* names it, None what nobody may."""
        if what is None or not self.may(what):
            wanted = "do what has no role" if what is None else what.value
            raise Refused(
                f"{doing} is not for {with_article(self.role.key)}. {self.login} may not {wanted} here. "
                "The owner of the store changes roles: tasking users.",
                NOT_YOURS,
            )


def names_hidden(rights: Rights | None) -> bool:
    """Whether names, dates of birth and what was written are kept from whoever reads; None: a store without users."""
    return rights is not None and not rights.may(May.NAMES)


NOT_YOURS = "Not for your role"

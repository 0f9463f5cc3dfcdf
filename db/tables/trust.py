"""Who may see and do what, and who looked at what."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """A user of the store: a login of the machine, what records call them, a role, from when until when.

    ``ended_at`` is empty while they are one. Someone who comes back is a row of its own.
    """

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(index=True)
    name: str
    role: str
    starts: str
    added_by: str
    ended_at: str | None = None
    ended_by: str = ""


class Restriction(SQLModel, table=True):
    """A cohort that only some users see: one row a user. ``ended_at`` is empty while it holds."""

    __tablename__ = "restriction"

    id: int | None = Field(default=None, primary_key=True)
    cohort: str = Field(index=True)
    login: str
    set_at: str
    set_by: str
    ended_at: str | None = None
    ended_by: str = ""


class RowDigest(SQLModel, table=True):
    """What rows of a table that no entry names are under: a digest of them as an import left them.

    ``sort`` is rows (of the numbers from ``first`` to ``last``) or sums (of the columns that imports change, in the
    whole table; state, hashed, as the first stores with digests kept them). ``generation``: those of the highest hold;
    a higher one begins when all is put under digests anew.
    """

    __tablename__ = "row_digest"

    id: int | None = Field(default=None, primary_key=True)
    generation: int
    of: str = Field(index=True)
    sort: str
    first: int
    last: int
    rows: int
    digest: str


class Viewing(SQLModel, table=True):
    """One list, page or paper that was shown, written out or opened; only added to, chained like the journal.

    ``sort`` is opening, list, person, paper, export or command; ``what`` names it, ``ref`` whom or which. ``how`` is
    the command or the view with what it was asked for. ``rows`` are how many were shown, -1 where that is not known.
    """

    __tablename__ = "viewing"

    id: int | None = Field(default=None, primary_key=True)
    at: str
    login: str
    sort: str
    what: str
    ref: str = Field(index=True)
    how: str
    recipient: str
    rows: int
    previous: str
    hash: str

"""Opening a store: made where there is none, brought up to date where an earlier version wrote it, else refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.errors import Damaged, Problem, Refused
from db.store import driver
from db.store.access import admit
from db.store.engine import APPEND_ONLY, Reader, append_only, engine, is_blank, no_store, reader, storage_errors
from db.store.owned import make_folder, make_room, take_back
from db.store.store import Clock, Store, utc_now

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
REVISIONS = tuple(sorted(step.name[:4] for step in (_MIGRATIONS / "versions").glob("[0-9]*.py")))
"""Every revision of the schema there has been; an older store is upgraded when it is opened."""
HEAD = REVISIONS[-1]
"""The revision this program writes."""


Step = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1."""


def _untold(_what: str, _share: float) -> None:
    """Tell nobody how far it is."""


def open_store(path: Path, who: str, now: Clock = utc_now, step: Step = _untold) -> Store:
    """Open an existing store, brought up to date if it was written by an earlier version; a copy is kept before.

    One that can be written and that other accounts could read is its owner's alone from then on.

    step: told how far bringing it up to date has come.
    Raises NotFound where there is none, Damaged where the file is no store, Refused where a later version wrote it.
    """
    kept, store = None, Store(path, who, now)
    with ExitStack() as unless_of_today:
        unless_of_today.callback(store.close)
        revision = _revision(path, store.read)  # read by what goes on reading: SQLite parses the schema once
        if revision == HEAD:
            unless_of_today.pop_all()
    if revision != HEAD:
        kept = _kept_before(path, now())
        upgrade(path, by=Upgrade(revision, who, now(), kept.name), step=step)
        store = Store(path, who, now)
    admitted = admit(store)
    admitted.kept_before = kept
    if not admitted.only_read:
        admitted.taken_back = take_back(path, with_group=admitted.rights is not None)
    return admitted


def _kept_before(path: Path, now: datetime) -> Path:
    """Keep a copy of a store of an earlier version beside it. Raises Problem where that cannot be done."""
    from db.store.backup import back_up, free_name

    try:
        return back_up(path, free_name(path, f"before-{HEAD}", now)).path
    except Problem as problem:
        before = "The store was written by an earlier version, and no copy can be kept before it is brought up to date"
        raise Problem(f"{before}: {problem.sentence} Nothing was changed.", problem.title) from problem


def revision_of(path: Path) -> str:
    """The revision a store was written by; what is no store, or a later version's, is refused and left untouched."""
    with closing(reader(path)) as found:
        return _revision(path, found)


def _revision(path: Path, found: Reader) -> str:
    versions = [str(row[0]) for row in found.rows("SELECT version_num FROM alembic_version")]
    tables = {row[0] for row in found.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _OURS:
        raise no_store(path)
    if len(versions) != 1:
        raise Damaged(
            f"{path} does not say which version wrote it. Restore the latest copy: tasking restore FILE.",
            "Store not readable",
        )
    if versions[0] not in REVISIONS:
        raise Refused(
            f"{path} was written by a later version of this program (schema {versions[0]}, this one knows up to "
            f"{HEAD}). Nothing was changed: open it with that version.",
            "Store is newer",
        )
    return versions[0]


_OURS = {"batch", "report_row", "journal", "meeting"}
"""Tables that a store of every revision has: without them a file with a revision is another program's."""


def make_store(path: Path, who: str, now: Clock = utc_now) -> Store:
    """Open the store at *path*, made first where there is none. Raises Problem where the place cannot be written."""
    if path.exists() and not is_blank(path):
        return open_store(path, who, now)
    try:
        make_folder(path.parent)
        make_room(path)
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}. Name another place with --store.") from error
    try:
        _create(path)
    except BaseException:
        forget_unused(path)
        raise
    return open_store(path, who, now)


def holds_nothing(path: Path) -> bool:
    """Whether a file is a store that was only begun: it has no table, or no entry in its journal."""
    return path.is_file() and (is_blank(path) or _is_unused(path))


def forget_unused(path: Path) -> None:
    """Take away a store that holds nothing yet. One that does is left alone."""
    if holds_nothing(path):
        with suppress(OSError):
            driver.forget(path)
            for end in ("-wal", "-shm", ""):
                path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _is_unused(path: Path) -> bool:
    try:
        with closing(driver.connect(path)) as connection:
            return not connection.execute("SELECT 1 FROM journal LIMIT 1").fetchall()
    except driver.errors("Error", UnicodeDecodeError):
        return False


def _create(path: Path) -> None:
    """Make the tables as they are now, without loading the migrations that led there: what they make is the same."""
    from sqlalchemy import text

    made = engine(path)
    try:
        with storage_errors(path), made.begin() as connection:
            if connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1")).all():  # another program was quicker
                return
            for statement in _table_statements():
                connection.exec_driver_sql(statement)
            for table in APPEND_ONLY:
                append_only(connection, table)
            connection.execute(text(_REVISION))
            connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})
    finally:
        made.dispose()


@cache
def _table_statements() -> tuple[str, ...]:
    """The statements that make the tables and their indexes, in their order."""
    from sqlalchemy import create_mock_engine

    from db.tables import METADATA

    told: list[str] = []

    def tell(statement: Any, *_: object, **__: object) -> None:
        told.append(str(statement.compile(dialect=teller.dialect)))

    teller = create_mock_engine("sqlite://", tell)
    METADATA.create_all(teller, checkfirst=False)
    return tuple(told)


_REVISION = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""Where migrations look for the revision of a store."""


class Upgrade(NamedTuple):
    """Who brings a store up to date, from which revision, at what moment; the file that it was kept in before."""

    revision: str
    who: str
    at: datetime
    kept: str


def upgrade(path: Path, revision: str = "head", by: Upgrade | None = None, step: Step = _untold) -> None:
    """Bring the store at *path* to a revision of the schema, in one transaction.

    step: told what is being done and the share done so far, 0 to 1.
    by: what the journal is to say of it; columns that rows have gained are covered by that entry. None for a store
    that is being made, whose journal is empty.
    """
    from alembic import command
    from alembic.config import Config

    from db.store.heads import sign

    made = engine(path)
    try:
        with storage_errors(path), made.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            config.attributes["step"] = step
            if by is not None and _is_current(connection):  # another program was quicker
                return
            command.upgrade(config, revision)
            if by is not None:
                _note_upgrade(connection, by)
                sign(connection, path)
        if by is not None and by.revision < _SMALLER_SINCE:
            _give_back(made)
    finally:
        made.dispose()


def _give_back(made: Engine) -> None:
    """Make the file as small as what it holds. Where that cannot be done it stays as large: nothing is lost by it."""
    with suppress(*driver.errors()), closing(made.raw_connection()) as connection:
        cursor = connection.cursor()
        for pragma in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(pragma).close()


def _is_current(connection: Connection) -> bool:
    from sqlalchemy import text

    return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD)


_SMALLER_SINCE = "0011"
"""The revision that keeps of every run what changed alone: what it leaves free is given back."""


def _note_upgrade(connection: Connection, by: Upgrade) -> None:
    from db.store.journal import Command, Writing
    from db.store.kept_rows import as_they_were
    from db.store.verify import cover_made_rows, cover_new_columns

    what = f"Upgrade the store from schema {by.revision} to {HEAD}; as it was it is kept in {by.kept}"
    what += as_they_were(connection)
    writing = Writing(connection, Command(by.who, by.at, what, "upgrade", None), None)
    cover_new_columns(writing)
    cover_made_rows(writing, by.revision)
    writing.finish(always=True)

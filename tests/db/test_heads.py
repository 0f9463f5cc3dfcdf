"""Keyed heads: a chain that was cut off or made anew as a whole is found by who has the key, and by nobody else."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.errors import Conflict, Problem, Refused
from core.heads import Head, name_of
from core.journal import Entry, chain_hash
from core.viewings import Viewing, chained
from db import users
from db.store import Store, driver, encrypting, heads, keys, open_store
from db.store.keys import KEYS
from db.store.verify import verify
from db.store.viewings import Shown, record
from tests.db.files import rows_of
from tests.rings import Ring

SECRET, OTHER = "three random words", "quite another three"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases are stretched a little only; none is known when a test begins and when it ends."""
    monkeypatch.setattr(keys, "_ROUNDS", 100)
    KEYS.begin(keys.nobody_asks)
    yield
    KEYS.begin(keys.nobody_asks)


@pytest.fixture
def shared(store: Store) -> Iterator[Store]:
    """A store with users, some entries of its journal and some of its record of views, opened by its owner."""
    users.add(store, "alice", "observer")
    store.close()
    with closing(open_store(store.path, "x", store.now)) as opened:
        for number in range(3):
            grow(opened, str(number))
        yield opened


def grow(store: Store, name: str) -> None:
    """One entry more in each chain."""
    with store.change(f"Setting {name}", meeting=None) as writing:
        writing.insert("setting", name=name, text="x")
    record(store, Shown("list", name))


def signed(store: Store) -> Store:
    verdict = verify(store)
    assert verdict.fault is None
    heads.begin(store.path, verdict.entries, verdict.last_hash)
    return store


def past_the_program(path: Path, change: Callable[[sqlite3.Connection], Any], of: str = "") -> None:
    """Change a plain store as its triggers would not let; they are there again afterwards."""
    with closing(sqlite3.connect(path)) as past, past:
        past.row_factory = sqlite3.Row
        guards = past.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (of,))
        for guard in (found := guards.fetchall()):
            past.execute(f"DROP TRIGGER {guard['name']}")
        change(past)
        for guard in found:
            past.execute(guard["sql"])


def made_anew(of: str) -> Callable[[sqlite3.Connection], None]:
    """Change the first entry of a chain, and every hash after it by the rule."""

    def make(past: sqlite3.Connection) -> None:
        previous = "0" * 64
        for row in past.execute(f"SELECT * FROM {of} ORDER BY id").fetchall():  # noqa: S608 - a chain
            values = {**dict(row), "previous": previous}
            values.pop("hash")
            if row["id"] == 1:
                values["what"] = "Something else"
            entry = Entry(**values) if of == "journal" else Viewing(**values)
            previous = chain_hash(entry) if isinstance(entry, Entry) else chained(entry)
            past.execute(
                f"UPDATE {of} SET what = ?, previous = ?, hash = ? WHERE id = ?",  # noqa: S608 - a chain
                (values["what"], values["previous"], previous, row["id"]),
            )

    return make


def cut(of: str) -> Callable[[sqlite3.Connection], None]:
    """Take the last entry of a chain out, and of the journal the row that it named."""

    def make(past: sqlite3.Connection) -> None:
        past.execute(f"DELETE FROM {of} WHERE id = (SELECT MAX(id) FROM {of})")  # noqa: S608 - a chain
        if of == "journal":
            past.execute("DELETE FROM setting WHERE name = '2'")

    return make


def emptied(past: sqlite3.Connection) -> None:
    past.execute("DELETE FROM viewing")


def unsigned(past: sqlite3.Connection) -> None:
    past.execute("DELETE FROM row_digest WHERE sort = 'head'")


FORGED = {
    "the journal made anew": ("journal", made_anew("journal"), "made anew"),
    "the record of views made anew": ("viewing", made_anew("viewing"), "made anew"),
    "the journal cut at its end": ("journal", cut("journal"), "its end is cut off"),
    "the record of views cut at its end": ("viewing", cut("viewing"), "its end is cut off"),
    "the record of views emptied": ("viewing", emptied, "it has 0 entries: its end is cut off"),
    "the heads taken out": ("", unsigned, "there is no head by it"),
}
"""What a chain by itself does not tell: of which table, what is done to it, what is said of it where it is signed."""


@pytest.mark.parametrize("name", FORGED)
def test_who_has_the_key_finds_what_the_chain_alone_does_not_tell(name: str, shared: Store, ring: Ring) -> None:
    of, change, said = FORGED[name]
    signed(shared)
    assert [(head.of, head.since, head.key) for head in verify(shared).heads] == [
        ("journal", 0, "keyring"),
        ("viewing", 0, "keyring"),
    ]
    shared.close()
    past_the_program(shared.path, change, of)
    with closing(Store(shared.path, "x", shared.now)) as opened:
        assert said in str(verify(opened).fault)


@pytest.mark.parametrize("name", FORGED)
def test_without_a_key_nothing_of_it_is_found(name: str, shared: Store) -> None:
    of, change, _ = FORGED[name]
    shared.close()
    past_the_program(shared.path, change, of)
    with closing(Store(shared.path, "x", shared.now)) as opened:
        verdict = verify(opened)
    assert (verdict.fault, verdict.heads) == (None, [])


def test_one_entry_more_does_not_sign_what_was_made_anew(shared: Store, ring: Ring) -> None:
    signed(shared)
    for of in heads.CHAINS:
        past_the_program(shared.path, made_anew(of), of)
    shared.close()
    with closing(open_store(shared.path, "x", shared.now)) as honest:
        grow(honest, "after")
        assert "not what was signed" in str(verify(honest).fault)


@pytest.mark.parametrize("column", ["generation", "of", "first", "last", "rows", "digest"])
def test_a_head_that_was_changed_is_found(column: str, shared: Store, ring: Ring) -> None:
    signed(shared)
    shared.close()
    new = "'x' || digest" if column == "digest" else "'setting'" if column == "of" else f"{column} + 1"
    change = f"UPDATE row_digest SET {column} = {new} WHERE sort = 'head'"  # noqa: S608 - a column
    past_the_program(shared.path, lambda past: past.execute(change))
    assert verify(shared).fault is not None


def test_every_entry_moves_the_head_and_who_has_no_key_leaves_it(shared: Store, ring: Ring) -> None:
    signed(shared)
    grow(shared, "more")
    assert [(head.since, head.key) for head in verify(shared).heads] == [(0, "keyring")] * 2
    ring.locked = True
    heads._in_keyring.cache_clear()
    grow(shared, "unsigned")
    assert [(head.since, head.key) for head in verify(shared).heads] == [(1, "")] * 2
    ring.locked = False
    heads._in_keyring.cache_clear()
    assert [(head.since, head.key) for head in verify(shared).heads] == [(1, "keyring")] * 2
    grow(shared, "again")
    assert [(head.since, head.key) for head in verify(shared).heads] == [(0, "keyring")] * 2


def test_a_copy_elsewhere_is_checked_by_the_same_key(shared: Store, ring: Ring, tmp_path: Path) -> None:
    signed(shared)
    shared.close()
    copy = tmp_path / "copy.db"
    copy.write_bytes(shared.path.read_bytes())
    past_the_program(copy, made_anew("journal"), "journal")
    with Store(copy, "x", shared.now) as elsewhere:
        assert "not what was signed" in str(verify(elsewhere).fault)


def test_nothing_is_signed_where_the_journal_is_not_the_one_that_was_checked(shared: Store, ring: Ring) -> None:
    verdict = verify(shared)
    with pytest.raises(Conflict, match="not the one that was checked"):
        heads.begin(shared.path, verdict.entries, hashlib.sha256(b"").hexdigest())
    assert verify(shared).heads == []
    ring.locked = True
    with pytest.raises(Refused, match="did not take it: it is locked"):
        heads.begin(shared.path, verdict.entries, verdict.last_hash)


def test_without_a_keyring_it_is_said_what_to_install(shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(Refused, match="pip install keyring"):
        heads.begin(shared.path, 0, "")


def test_a_head_tells_nothing_of_its_key_and_is_of_one_chain() -> None:
    key = b"k" * 32
    head = Head("journal", 3, "a" * 64)
    assert head.holds(key, head.signed(key))
    assert name_of(key) not in key.hex()
    for other in (Head("viewing", 3, "a" * 64), Head("journal", 4, "a" * 64), Head("journal", 3, "b" * 64)):
        assert not other.holds(key, head.signed(key))
    assert not head.holds(b"x" * 32, head.signed(key))


def test_an_encrypted_store_is_signed_by_itself_and_anew_under_another_passphrase(shared: Store) -> None:
    pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'sqlcipher3>=0.6.4'")
    shared.close()
    encrypting.prepare(shared.path)
    encrypting.rewrite(shared.path, SECRET)
    with closing(open_store(shared.path, "x", shared.now)) as opened:
        assert verify(opened).heads == []
        grow(opened, "encrypted")
        assert [(head.of, head.since, head.key) for head in verify(opened).heads] == [
            ("journal", 0, "passphrase"),
            ("viewing", 0, "passphrase"),
        ]
    before = rows_of(opened, "SELECT digest FROM row_digest WHERE sort = 'head'")
    opened.close()
    encrypting.rewrite(shared.path, OTHER)
    with closing(open_store(shared.path, "x", shared.now)) as opened:
        assert [(head.since, head.key) for head in verify(opened).heads] == [(0, "passphrase")] * 2
        assert rows_of(opened, "SELECT digest FROM row_digest WHERE sort = 'head'") != before
    opened.close()
    with closing(driver.connect(shared.path)) as past:
        past.execute("UPDATE row_digest SET digest = substr(digest, 1, 17) || 'x' WHERE of = 'viewing'")
    with Store(shared.path, "x", shared.now) as changed:
        assert "not what was signed" in str(verify(changed).fault)
    with pytest.raises(Problem, match="not the one that was signed"):
        encrypting.rewrite(shared.path, SECRET)

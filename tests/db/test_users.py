"""Users of a store: who is let in, who writes, who sees names, who sees a cohort; what was shown is on the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, NotFound, Problem, Refused
from core.roles import COMMANDS, ROLES, May, Rights
from core.viewings import broken
from db import memberships, restrictions, users, viewings
from db.store import Store, access, lens, open_store
from db.store.verify import verify
from db.store.viewings import Shown, entries, record
from db.tables import METADATA
from tests.conftest import WriteExtract
from tests.db.files import take

NOT_WRITTEN = ("observer", "partner")


@pytest.fixture
def shared_store(store: Store, write_extract: WriteExtract) -> Store:
    """A store of one person with a user of every role, opened by its owner."""
    take(store, write_extract([{"surname": "QUIXOTRY", "forenames": "Zeb"}]))
    for role in ROLES:
        if role != "owner":
            users.add(store, role, role)
            store.rights = users_rights(store)
    store.close()
    return open_store(store.path, "x", store.now)


def users_rights(store: Store) -> Rights | None:
    """The rights of whoever runs the tests, as the next opening finds them."""
    with closing(open_store(store.path, "x", store.now)) as opened:
        return opened.rights


@contextmanager
def as_user(path: Path, login: str, monkeypatch: pytest.MonkeyPatch, store: Store) -> Iterator[Store]:
    """The store opened by someone."""
    with monkeypatch.context() as patch:
        patch.setattr(access, "machine_user", lambda: login)
        with closing(open_store(path, "The Commissioner", store.now)) as opened:
            yield opened


def test_whoever_adds_the_first_user_owns_the_store(store: Store) -> None:
    assert users.users(store) == []
    with pytest.raises(Problem, match="owns the store"):
        users.add(store, "keeper", "observer")
    with pytest.raises(Refused, match="Use one of: owner, chair"):
        users.add(store, "alice", "king")
    with pytest.raises(Problem, match="one word"):
        users.add(store, "alice bob", "observer")
    users.add(store, "alice", "observer", "Alice A.")
    assert [(user.login, user.role) for user in users.users(store)] == [("keeper", "owner"), ("alice", "observer")]
    assert verify(store).fault is None
    with closing(open_store(store.path, "The Commissioner", store.now)) as again:
        assert again.who == "keeper", "who writes is the user, not a word"
        with pytest.raises(Conflict, match="already, as observer"):
            users.add(again, "alice", "chair")
        with pytest.raises(Conflict, match="only owner"):
            users.end(again, "keeper")
        with pytest.raises(NotFound):
            users.end(again, "nobody")
        with pytest.raises(Problem, match="before the start"):
            users.end(again, "alice", again.now() - timedelta(days=1))
        with pytest.raises(Problem, match="to come"):
            users.end(again, "alice", again.now() + timedelta(days=1))
        users.end(again, "alice")
        users.add(again, "alice", "chair")
        assert [user.ended_at is None for user in users.users(again)] == [True, False, True]


def test_an_unknown_user_gets_nothing_and_a_sentence(shared_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    users.end(shared_store, "chair")
    for login in ("mallory", "chair"):
        with (
            pytest.raises(Refused, match=f"has users, and {login} is none of them"),
            as_user(shared_store.path, login, monkeypatch, shared_store),
        ):
            pass
    shared_store.close()


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_the_store_itself_holds(
    role: str, shared_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_store.close()
    login = "keeper" if role == "owner" else role
    with as_user(shared_store.path, login, monkeypatch, shared_store) as store:
        may = ROLES[role].may
        for kind, need in (("command", May.WRITE), ("import", May.WRITE), ("meeting", May.CHAIR), ("seal", May.CHAIR)):
            if need in may:
                with store.change("Something", kind=kind, meeting=None) as writing:
                    writing.insert("setting", name=kind, text="x")
            else:
                with pytest.raises(Refused), store.change("Something", kind=kind, meeting=None):
                    pass
        if May.OWN not in may:
            with pytest.raises(Refused):
                users.add(store, "friend", "owner")
            with pytest.raises(Refused):
                users.end(store, "observer")
            with pytest.raises(Refused):
                restrictions.restrict(store, "mappa", ["observer"])
        named = store.read.rows("SELECT surname, forenames, born_on FROM person_version")[0]
        assert tuple(named)[:2] == (("QUIXOTRY", "Zeb") if May.NAMES in may else ("", ""))
        assert (named["born_on"] is None) == (May.NAMES not in may)
        assert bool(store.only_read) == (role in NOT_WRITTEN)


def test_every_column_of_words_is_hidden_from_a_partner_unless_it_is_named(
    shared_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_store.close()
    with closing(sqlite3.connect(shared_store.path)) as past, past:
        past.execute("PRAGMA foreign_keys=OFF")
        past.execute("INSERT INTO action_update (id, action_id, at, by, words) VALUES (1, 1, '2026', 'x', 'QUIXOTRY')")
        for table in METADATA.tables:
            known = {row[0] for row in past.execute("SELECT name FROM pragma_table_info(?)", [table])}
            assert set(lens.SHOWN.get(table, ())) <= known, f"{table} has no such column"
    with as_user(shared_store.path, "partner", monkeypatch, shared_store) as store:
        assert store.read.rows("SELECT words FROM action_update")[0]["words"] == lens.HIDDEN
        for table in METADATA.tables:
            for row in store.read.rows(f'SELECT * FROM "{table}"'):  # noqa: S608 - names from the schema
                assert "QUIXOTRY" not in map(str, tuple(row)), table


def test_a_restricted_cohort_is_not_there_for_others(shared_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared_store.change("Adopt P1 into MAPPA", meeting=None) as writing:
        writing.insert(
            "membership", cohort="iom-fixed", person_ref="P1", since=1, reason="x", proposed_by="rule", adopted_by="x",
            adopted_at=writing.now, review_on=9, facts="{}",
        )  # fmt: skip
    with pytest.raises(NotFound):
        restrictions.restrict(shared_store, "iom-fixed", ["nobody"])
    assert restrictions.restrict(shared_store, "iom-fixed", ["chair"]) == ("chair", "keeper")
    shared_store.close()
    for login, sees in (("chair", True), ("keeper", True), ("analyst", False), ("partner", False)):
        with as_user(shared_store.path, login, monkeypatch, shared_store) as store:
            assert bool(memberships.members(store)) == sees
            assert ("iom-fixed" in restrictions.cohorts_seen(store)) == sees
            said = [row["what"] for row in store.read.rows("SELECT what, changes FROM journal")]
            assert any("MAPPA" in what for what in said) == (login in ("chair", "keeper"))
            if not sees:
                with pytest.raises(Refused) as hidden:
                    restrictions.cohort_of(store, "iom-fixed")
                with pytest.raises(Refused) as unknown:
                    restrictions.cohort_of(store, "gang")
                assert hidden.value.sentence == unknown.value.sentence.replace("gang", "iom-fixed")
    with as_user(shared_store.path, "keeper", monkeypatch, shared_store) as store:
        assert restrictions.restrict(store, "iom-fixed", []) == ()
    with as_user(shared_store.path, "analyst", monkeypatch, shared_store) as store:
        assert memberships.members(store)


def test_what_a_store_calls_a_cohort_is_words_and_no_query(
    shared_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(shared_store.path)) as connection, connection:
        connection.execute(
            "INSERT INTO restriction (cohort, login, set_at, set_by, ended_by) VALUES (?, 'keeper', '', 'x', '')",
            ("x') UNION SELECT 1 --",),
        )
    with as_user(shared_store.path, "observer", monkeypatch, shared_store) as theirs:
        assert memberships.members(theirs) == []
        assert theirs.read.rows("SELECT COUNT(*) AS many FROM restriction")[0]["many"] == 0


def test_the_chair_is_taken_by_a_user_who_may(shared_store: Store) -> None:
    assert users.take_chair(shared_store, "deputy") == "deputy"
    with pytest.raises(Refused, match="may not chair"):
        users.take_chair(shared_store, "analyst")
    with pytest.raises(Refused, match="no user of this store"):
        users.take_chair(shared_store, "The Commissioner")
    shared_store.close()


def test_who_is_a_user_from_a_day_to_come_is_no_owner_nor_chair_before(shared_store: Store) -> None:
    users.add(shared_store, "heir", "owner", "The Heir", shared_store.now() + timedelta(days=9))
    with pytest.raises(Conflict, match="keeper is the only owner"):
        users.end(shared_store, "keeper")
    with pytest.raises(Refused, match="no user of this store"):
        users.take_chair(shared_store, "heir")
    assert users.chairs(shared_store) == ["keeper", "chair", "deputy"]
    users.end(shared_store, "heir")
    users.add(shared_store, "heir", "owner")
    users.end(shared_store, "keeper")
    shared_store.close()


def test_what_is_shown_is_on_the_record_which_is_only_added_to(
    shared_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(shared_store, Shown("person", "person", "P1", "person page"))
    with as_user(shared_store.path, "observer", monkeypatch, shared_store) as store:
        record(store, Shown("list", "ranked", rows=100))
        record(store, Shown("person", "person", "P1"))
    assert [(one.login, one.sort) for one in viewings.viewings(shared_store)] == [
        ("keeper", "person"), ("observer", "list"), ("observer", "person")
    ]  # fmt: skip
    assert [one.login for one in viewings.viewings(shared_store, person="P1")] == ["keeper", "observer"]
    [one] = [one for one in viewings.month(shared_store, shared_store.now() - timedelta(9), shared_store.now()
             + timedelta(9)) if one.login == "observer"]  # fmt: skip
    assert (one.by_sort, one.far) == ({"list": 1, "person": 1}, {"P1": 1})
    with closing(sqlite3.connect(shared_store.path)) as past:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            past.execute("DELETE FROM viewing WHERE id = 2")
        past.execute("DROP TRIGGER viewing_no_delete")
        past.execute("DELETE FROM viewing WHERE id = 2")
        past.commit()
    assert broken(entries(shared_store.read)) == "view entry 2 is missing"
    assert "trigger viewing_no_delete" in str(verify(shared_store).fault)
    monkeypatch.setattr("db.store.viewings.why_read_only", lambda _: "its file cannot be written")
    with pytest.raises(Refused, match="no list of people is shown"):
        record(shared_store, Shown("list", "ranked"))
    shared_store.close()


def test_every_command_has_its_need() -> None:
    from tests.tui.cli.written import commands

    on_a_store = {name for name, one in commands().items() if any(option.name == "store" for option in one.params)}
    assert on_a_store - {"init"} == set(COMMANDS), "a new command is refused to all until core.roles names its need"

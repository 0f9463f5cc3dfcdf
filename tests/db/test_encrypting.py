"""Encrypted stores: nothing lies beside them in the clear, and a passphrase is changed wholly or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.errors import Conflict, Problem, Refused
from core.passphrases import why_weak
from db import users
from db.loading.importing import import_file
from db.loading.spool import Spool
from db.store import Store, beside, driver, encrypting, keys, make_store, open_store
from db.store.backup import back_up, restore
from db.store.keys import KEYS
from db.store.verify import verify
from db.store.viewings import Shown, record
from tests.conftest import NOW, WriteExtract

pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'sqlcipher3>=0.6.4'")
SECRET, OTHER = "three random words", "quite another three"
NAME = "ZZYZXWORTH"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases are stretched a little only, and none is known when a test begins."""
    monkeypatch.setattr(keys, "_ROUNDS", 100)
    KEYS.begin(keys.nobody_asks)
    yield
    KEYS.begin(keys.nobody_asks)


@pytest.fixture
def held(store: Store, write_extract: WriteExtract) -> Path:
    """A plain store with one name in it, closed."""
    import_file(store, write_extract([{"surname": NAME}]), today=NOW.date())
    store.close()
    return store.path


def given(passphrase: str) -> Callable[[Path, bytes, int], str]:
    """Gives one passphrase once."""

    def asks(path: Path, _salt: bytes, before: int) -> str:
        if before:
            raise Refused(f"not the passphrase of {path.name}", keys.WRONG)
        return passphrase

    return asks


def names_in(folder: Path) -> list[str]:
    """The files of a folder that hold the name in the clear."""
    forms = [word.encode(code) for word in (NAME, NAME.lower()) for code in ("utf-8", "utf-16-le")]
    return [str(path) for path in folder.rglob("*") if path.is_file() and any(f in path.read_bytes() for f in forms)]


def encrypt(path: Path, passphrase: str = SECRET) -> None:
    encrypting.prepare(path)
    encrypting.rewrite(path, passphrase)


def test_a_store_is_encrypted_in_its_place_and_opened_by_its_passphrase_alone(held: Path) -> None:
    (held.parent / "extract.csv").unlink()
    beside.write(held.with_name("tasking.db.room"), b'{"needle": "ZZYZXWORTH"}', held)
    assert len(names_in(held.parent)) == 2
    encrypt(held)
    assert names_in(held.parent) == []
    assert beside.read(held.with_name("tasking.db.room"), held) == b'{"needle": "ZZYZXWORTH"}'
    with open_store(held, "tester") as store:
        assert store.encrypted
        assert store.read.rows("SELECT surname FROM person_version")[0]["surname"] == NAME
        assert verify(store).fault is None
    for passphrase, said in (("", "no passphrase was given"), ("wrong horse", "not the passphrase")):
        KEYS.begin(given(passphrase) if passphrase else keys.nobody_asks)
        with pytest.raises(Refused, match=said):
            open_store(held, "tester")
    with pytest.raises(Conflict, match="encrypted already"):
        encrypting.prepare(held)


def test_everything_a_sitting_writes_beside_an_encrypted_store_is_encrypted(
    held: Path, write_extract: WriteExtract, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    encrypt(held)
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    extract = write_extract(
        [{"crime_ref": f"{number}/26", "person_ref": f"Q{number}", "surname": NAME} for number in range(3)]
    )
    aside = Path(shutil.move(extract, tmp_path.parent / f"{tmp_path.name}-extract.csv"))
    with open_store(held, "tester") as store:
        with Spool(held) as spool:
            spool.add(NAME * 500_000)
            assert names_in(tmp_path) == []
        import_file(store, aside, today=NOW.date())
        assert names_in(tmp_path) == []  # with the log beside it
        users.add(store, "keeper", "owner")
    with open_store(held, "tester") as store:
        record(store, Shown("list", "ranked", how=NAME))
        back_up(held, tmp_path / "copy.db")
        assert names_in(tmp_path) == []
        room = held.with_name("tasking.db.room-1-abc")
        room.write_bytes(b'{"needle": "ZZYZXWORTH"}')  # by a program that was killed when the store became encrypted
        beside.settle(held)
        assert beside.read(room, held) == b'{"needle": "ZZYZXWORTH"}'
        assert verify(store).fault is None
    restore(tmp_path / "copy.db", held, NOW)
    with open_store(held, "tester") as store:
        assert store.encrypted
    assert names_in(tmp_path) == []
    assert capfd.readouterr() == ("", "")  # SQLCipher would say on the screen what it meets
    aside.unlink()


def test_what_lies_beside_is_read_whatever_byte_the_key_begins_with(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "os", SimpleNamespace(urandom=lambda length: b"{" * length))
    encrypt(held)
    room, words = held.with_name("tasking.db.room"), b'{"needle": "ZZYZXWORTH"}'
    beside.write(room, words, held)
    assert room.read_bytes().startswith(b"{{")
    for _ in range(2):
        assert beside.read(room, held) == words
        beside.settle(held)
    assert beside.kept_of(held) == {room: words}


def test_a_passphrase_is_changed_and_a_copy_keeps_that_of_its_day(held: Path) -> None:
    encrypt(held)
    copy = back_up(held, held.with_name("copy.db")).path
    with open_store(held, "tester") as room:
        users.add(room, "keeper", "owner")
        with pytest.raises(Conflict, match="stays as it is: another program works with it"):
            encrypting.rewrite(held, OTHER)
    encrypting.rewrite(held, OTHER)
    for path, passphrase, wrong in ((held, OTHER, SECRET), (copy, SECRET, OTHER)):
        KEYS.begin(given(passphrase))
        open_store(path, "tester").close()
        KEYS.begin(given(wrong))
        with pytest.raises(Refused, match="not the passphrase"):
            open_store(path, "tester")
    KEYS.begin(given(SECRET))
    plain = make_store(held.with_name("plain.db"), "tester")
    plain.close()
    KEYS.begin(given(OTHER))
    with pytest.raises(Conflict, match="in the clear"):
        encrypting.refuse_unencrypted_copy(plain.path, held)


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be replaced there")
def test_a_key_that_changes_while_a_store_is_open_is_a_sentence(held: Path) -> None:
    encrypt(held)
    with open_store(held, "tester") as store:
        assert store.read.rows("SELECT COUNT(*) AS n FROM journal")[0]["n"] == 1
        replaced = held.with_name("other.db")
        driver.bind(replaced, KEYS.hold(keys.fresh(OTHER)).salt)
        make_store(replaced, "tester").close()
        replaced.replace(held)
        with pytest.raises(Conflict, match="replaced by another file"), store.change("x", meeting=None):
            pass
    open_store(held, "tester").close()
    with held.open("r+b") as file:
        file.write(os.urandom(4096))  # as another key would leave it
    with pytest.raises(Problem, match="passphrase was changed while it was open"):
        open_store(held, "tester")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a program is killed by forking it")
@pytest.mark.parametrize("of", ["plain", "encrypted"])
def test_killed_at_any_step_the_store_is_as_it_was_or_the_new_one(held: Path, of: str) -> None:
    if of == "encrypted":
        encrypt(held)
    before = held.read_bytes()
    steps: list[tuple[object, str, bool]] = [(Path, "replace", False), (Path, "replace", True)]
    if of == "plain":
        steps += [(encrypting, "_exported", True), (encrypting, "_blotted_out", False), (beside, "write", False)]
    left = set()
    for owner, name, after in steps:
        held.write_bytes(before)
        driver.forget(held)
        beside.write(held.with_name("tasking.db.room"), b"{}", held)
        if (child := os.fork()) == 0:
            _die_at(owner, name, after)
            if of == "plain":
                encrypting.prepare(held)
            encrypting.rewrite(held, OTHER)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 9)
        driver.forget(held)
        changed = held.read_bytes()[:16] != before[:16]
        KEYS.begin(given(OTHER if changed else SECRET))
        with open_store(held, "tester") as store:
            assert verify(store).fault is None
            assert store.read.rows("SELECT surname FROM person_version")[0]["surname"] == NAME
        left.add((changed, code))
        KEYS.begin(given(SECRET))
    assert {(True, 9), (False, 9)} <= left
    driver.forget(held)


def _die_at(owner: object, name: str, after: bool) -> None:
    """Let this program be gone before or after a step."""
    step = getattr(owner, name)

    def dies(*given: object, **named: object) -> None:
        if after:
            step(*given, **named)
        os._exit(9)

    setattr(owner, name, dies)


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("x", "has one letter"),
        ("", "nothing in it"),
        ("short", "5 letters"),
        ("a" * 20, "different"),
        ("three words\x1b", "typed"),
    ],
)
def test_a_weak_passphrase_is_told_why(passphrase: str, said: str) -> None:
    assert said in why_weak(passphrase)
    assert why_weak(SECRET) == ""


def test_without_the_library_a_sentence_says_what_installs_it(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt(held)
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with pytest.raises(Refused, match="pip install 'sqlcipher3"):
        open_store(held, "tester")

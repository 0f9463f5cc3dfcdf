"""A daily meeting on an encrypted store, keyboard alone, killed in the middle: the disk it was held on holds no name.

The disk is a file with a file system of its own where that may be made (Linux, by its administrator), so that what was
deleted or written over is looked through, too; elsewhere every file in the folder of the sitting is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import Refused
from db import meetings
from db.store import driver, encrypting, keys, open_store
from db.store.keys import KEYS
from db.store.verify import verify
from tests.journeys.terminal import Terminal
from tests.journeys.test_daily_meeting import (
    CHAIR,
    call_the_roll,
    decide_on_one,
    name_the_gap,
    seal,
    send_a_unit,
    task_two_suspects,
    work_off_the_register,
)

pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'sqlcipher3>=0.6.4'")
SECRET, _NAMES = "three random words", 20
TYPED = (
    "Insp Ferris", "found at 06:00 and in custody", "two addresses left to try", "highest harm of those at large",
    "Locate and arrest before the weekend", "Adopted as this week's priority", "night shift is over",
)  # fmt: skip


@dataclass
class Disk:
    """A disk to hold a sitting on. ``image``: the file that it is, None where it is a folder."""

    folder: Path
    image: Path | None = None

    def begin(self) -> bool:
        """Make the file and put the disk into its folder; False where that may not be done here."""
        if self.image is None or not sys.platform.startswith("linux"):
            return False
        self.image.write_bytes(b"")
        os.truncate(self.image, 64 << 20)
        image, folder = str(self.image), str(self.folder)
        for words in (["mkfs.ext4", "-q", image], ["mount", "-o", "loop", image, folder]):
            with suppress(OSError):
                if subprocess.run(words, capture_output=True, check=False).returncode == 0:
                    continue
            return False
        return True

    def end(self) -> None:
        """Take the disk out."""
        if self.image is not None:
            subprocess.run(["umount", str(self.folder)], check=True)

    def holds(self, words: Iterable[str]) -> set[str]:
        """Which words stand anywhere on it, as whoever has the disk reads it."""
        os.sync()
        files = [self.image] if self.image is not None else [one for one in self.folder.rglob("*") if one.is_file()]
        return {word for file in files for word in standing(words, file.read_bytes())}


def standing(words: Iterable[str], held: bytes) -> set[str]:
    """Which words stand in some bytes, in any case, as UTF-8 or UTF-16 of SQLite or Python writes them.

    Each word is looked for once in what is left without its zeros: a disk is mostly empty, and UTF-16 of such words
    is UTF-8 with a zero after every letter.
    """
    letters = held.replace(b"\0", b"").lower()
    return {word for word in words if word.lower().encode() in letters}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own where one can be made, else a folder."""
    (folder := tmp_path / "disk").mkdir()
    made = Disk(folder, tmp_path / "disk.img")
    if not made.begin():
        made.image = None
    yield made
    made.end()


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    """No passphrase is known when a test begins and when it ends."""
    KEYS.begin(keys.nobody_asks)
    yield
    KEYS.begin(keys.nobody_asks)


def known_words(store: Path) -> list[str]:
    """What would tell of someone: the longest names of the store, which stand nowhere by chance, and what is typed."""
    with open_store(store, "x") as plain:
        rows = plain.read.rows("SELECT surname AS name FROM person_version UNION SELECT forenames FROM person_version")
    return [*sorted((row["name"] for row in rows), key=len)[-_NAMES:], *TYPED]


def unlocked(room: Terminal) -> None:
    """Type the passphrase at the prompt, which shows nothing of it."""
    room.wait_for("Passphrase of tasking.db:")
    room.type(SECRET)
    room.press("enter")
    assert SECRET not in room.wait_for("OFFICIAL-SENSITIVE")


def test_a_daily_meeting_is_held_encrypted_and_its_disk_holds_no_name(store: Path, disk: Disk) -> None:
    words = known_words(store)
    assert standing(words, store.read_bytes()) == set(words) - set(TYPED), "in the clear they are found"
    encrypting.prepare(store)
    encrypting.rewrite(store, SECRET)
    held = Path(shutil.copy(store, disk.folder / "tasking.db"))

    with Terminal.meeting(held, "--chair", CHAIR, folder=disk.folder) as room:
        unlocked(room)
        call_the_roll(room)
        work_off_the_register(room)
        name_the_gap(room)
        task_two_suspects(room)
        decide_on_one(room)
        assert disk.holds(words) == set(), "in the middle of the sitting"
        room.press("a")
        room.wait_for("Action on")
        room.type("Locate and arrest before")
        room.wait_for("Locate and arrest before")
        room.kept()
        room.kill()
    assert disk.holds(words) == set(), "after a power cut, with a form open"

    with Terminal.meeting(held, "--chair", CHAIR, at="09:40", folder=disk.folder) as room:
        unlocked(room)
        room.wait_for("4/6")
        send_a_unit(room)
        seal(room, None, "6/6: Read-back and seal")
    assert disk.holds(words) == set()

    driver.forget(held)
    KEYS.begin(lambda _path, _salt, before: SECRET if not before else _refused())
    with open_store(held, "x") as opened:
        assert verify(opened).fault is None
        [sealed] = [one for one in meetings.meetings(opened) if one.kind == "daily" and one.sealed_at is not None][:1]
        assert all(typed in sealed.minutes for typed in TYPED[:1] + TYPED[3:6])
    assert not (disk.folder / "papers").exists()


def _refused() -> str:
    raise Refused("not the passphrase", keys.WRONG)

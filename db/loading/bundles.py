"""A folder or a zip archive given for import: which files in it are read, which are of no kind that is taken.

data.police.uk hands out a zip of folders by month, each with the files of every force. A link is followed nowhere, and
nothing of an archive is read before all of it is known to stay within its folder and within the limits below. One file
is unpacked at a time, into a folder that goes away.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from core.errors import Refused
from db.loading.headers import recognised
from db.loading.other_kinds import is_sheet, is_zip
from db.loading.profiles import recognising
from db.loading.textfile import inspect
from db.loading.textrecords import header

MOST_FILES = 50_000
"""The most files of a folder or an archive; the whole archive of data.police.uk since 2010 holds about 25,000."""
MOST_BYTES = 32 << 30
"""The most an archive unpacks to."""
MOST_RATIO = 200
"""The most times its packed size that a file unpacks to, beyond :data:`ANY_RATIO`: text packs to a tenth or so."""
ANY_RATIO = 16 << 20
"""Bytes up to which a file may unpack to any number of times its packed size."""
_TEXT = (".csv", ".tsv", ".txt")
_PROMISED = ("-street.csv", "-stop-and-search.csv")
"""How files of data.police.uk end that are always taken: one with a strange header is a fault, not another kind."""
_KINDS = {"-outcomes.csv": "outcomes of crimes"}
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Member:
    """A file in a folder or an archive. name: where it stands there, with the folder's or archive's own name before.

    path: the file, or the archive that it is packed in. skipped: why it is not looked at; empty where it is.
    """

    name: str
    path: Path
    packed: zipfile.ZipInfo | None = None
    skipped: str = ""


def is_bundle(path: Path) -> bool:
    """Whether a path is a folder, or a zip archive that is no workbook."""
    if path.is_dir():
        return True
    try:
        if not is_zip(path):
            return False
        with zipfile.ZipFile(path) as archive:
            return not is_sheet(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def members(path: Path) -> list[Member]:
    """The files of a folder or an archive in the order of their names, archives in a folder opened.

    Raises Refused where there are too many, where one lies outside, is a link or is locked, or unpacks to too much.
    """
    found = _of_folder(path) if path.is_dir() else _of_archive(path, path.name)
    if len(found) > MOST_FILES:
        raise Refused(f"{path.name} holds {len(found):,} files, more than {MOST_FILES:,}. Import a part of it.")
    if not found:
        raise Refused(f"{path.name} holds no file. Check the name and try again.")
    return found


def _of_folder(path: Path) -> list[Member]:
    found: list[Member] = []
    top = path.resolve().name
    for folder, below, names in os.walk(path):
        below.sort()
        inside = Path(folder)
        for name in sorted([*names, *(one for one in below if (inside / one).is_symlink())]):
            file = inside / name
            called = str(PurePosixPath(top, *file.relative_to(path).parts))
            if file.is_symlink():
                found.append(Member(called, file, skipped="a link, which is not followed"))
            elif not file.is_file():
                found.append(Member(called, file, skipped="no file that can be read"))
            elif name.lower().endswith(".zip") and is_bundle(file):
                found += _of_archive(file, called)
            else:
                found.append(Member(called, file))
            if len(found) > MOST_FILES:
                return found
    return sorted(found, key=lambda one: one.name)


def _of_archive(path: Path, called: str) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            packed = [one for one in archive.infolist() if not one.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(
            f"{path.name} is a zip archive that ends early or is damaged, as where it was cut short. Ask for it again."
        ) from error
    if len(packed) > MOST_FILES:
        raise Refused(f"{path.name} holds {len(packed):,} files, more than {MOST_FILES:,}. Import a part of it.")
    for one in packed:
        _hold_inside(path.name, one)
    _hold_small(path.name, packed, path.stat().st_size)
    return sorted((Member(f"{called}/{one.filename}", path, one) for one in packed), key=lambda member: member.name)


def _hold_inside(archive: str, one: zipfile.ZipInfo) -> None:
    # Readers of an archive may mend a name; what is judged is the name as it was written.
    written = one.orig_filename.replace("\\", "/")
    parts = PurePosixPath(written).parts
    if written.startswith("/") or written[1:2] == ":" or ".." in parts or "\0" in written:
        raise Refused(f"{archive} names a file outside of its own folder ('{written}'); nothing of it was read.")
    if stat.S_ISLNK(one.external_attr >> 16):
        raise Refused(f"{archive} holds a link ('{written}'), which is not followed; nothing of it was read.")
    if one.flag_bits & 1:
        raise Refused(f"{archive} is locked with a password. Unpack it and import the folder.")


def _hold_small(archive: str, packed: list[zipfile.ZipInfo], size: int) -> None:
    for one in packed:
        if one.file_size > max(ANY_RATIO, MOST_RATIO * one.compress_size):
            raise Refused(
                f"{archive} holds a file that unpacks to more than {MOST_RATIO} times its size ('{one.filename}'), as "
                "no table does; nothing of it was read."
            )
    every = sum(one.file_size for one in packed)
    if every > MOST_BYTES or every > max(ANY_RATIO, MOST_RATIO * size):
        raise Refused(
            f"{archive} unpacks to {every / (1 << 30):,.1f} GB, more than {MOST_BYTES >> 30} GB or {MOST_RATIO} times "
            "its size; nothing of it was read. Import a part of it."
        )


@contextmanager
def opened(member: Member) -> Iterator[Path]:
    """The file of a member, unpacked where it stands in an archive. Raises Refused where it cannot be unpacked."""
    if member.packed is None:
        yield member.path
        return
    with TemporaryDirectory(prefix="tasking-") as folder:
        file = Path(folder) / (PurePosixPath(member.packed.filename.replace("\\", "/")).name or "file")
        try:
            _unpack(member.path, member.packed, file)
        except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise Refused(f"{member.name} cannot be unpacked: {_why(error)}. Ask for the archive again.") from error
        yield file


def _why(error: Exception) -> str:
    """Why a file cannot be unpacked, in our words; of the system's own faults in its."""
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that is not known here"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "it is damaged, or cut short on its way"


def _unpack(archive: Path, packed: zipfile.ZipInfo, file: Path) -> None:
    with zipfile.ZipFile(archive) as opened_archive, opened_archive.open(packed) as source, file.open("wb") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def not_taken(member: Member) -> str:
    """Why a file of a folder or an archive is of no kind that is taken, by its name; nothing where it may be."""
    if member.skipped:
        return member.skipped
    name = _last(member)
    if name.endswith(".zip"):  # one that is whole and in a folder was opened: this is refused for what it is
        return ""
    if name.startswith(".") or not name.endswith(_TEXT):
        return "no table of text"
    return next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), "")


def unrecognised(member: Member, path: Path) -> str:
    """Why no profile recognises the header of a file; nothing where one does, or where it is read whatever it has.

    A file with the ending of a kind that is always taken is never left aside: it is read, or refused with its fault.
    """
    if _last(member).endswith(_PROMISED):
        return ""
    file = inspect(path)
    names, _ = header(file)
    if not recognising(names):
        try:
            recognised(file, names)
        except Refused as problem:
            return problem.sentence.rstrip(".")
    return ""


def _last(member: Member) -> str:
    return PurePosixPath(member.name).name.casefold()

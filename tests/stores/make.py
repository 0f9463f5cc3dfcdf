"""Makes the stores that tests open: one small store of every revision, filled by the program of that revision.

``python tests/stores/make.py [REVISION ...]`` makes those of the revisions named, all if none is. Beside each store
are the papers of its sealed meeting, as the program of that revision wrote them.

A new revision adds its own store with one line: put the last commit of the revision before it into ``COMMITS``; the
latest is always filled by the checkout that this file is in. ``fill.py`` says what goes into a store; give it something
of every table that the new revision brings.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMITS = {
    "0001": "b77fe66",
    "0002": "cee0a92",
    "0003": "46165a1",
    "0004": "ac2d85f",
    "0005": "72c48ad",
    "0006": "62114bd",
    "0007": "090c157",
    "0008": "0223349",
    "0009": "44e3f0a",
    "0010": "5a4efdd",
}
"""The last commit at which each revision was the latest."""
PAPERS = {"daily-minutes": "minutes", "briefing-report": "report"}
"""What the end of a paper's name becomes in the name that it is kept under."""


def latest() -> str:
    """The revision that the checkout writes."""
    return max(path.name[:4] for path in (ROOT / "db" / "migrations" / "versions").glob("[0-9]*.py"))


def make(revision: str) -> None:
    """Make the store of a revision and its papers anew."""
    with program(revision) as code, TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "PYTHONPATH": str(code), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, HERE / "fill.py", revision, folder], env=env, cwd=folder, check=True)
        _keep(folder / "tasking.db", HERE / f"{revision}.db.gz")
        for paper in (folder / "papers").iterdir():
            kept = next(kept for end, kept in PAPERS.items() if paper.stem.endswith(end))
            (HERE / f"{revision}-{kept}{paper.suffix}").write_bytes(paper.read_bytes())


def _keep(path: Path, kept: Path) -> None:
    """Pack a store; the one that is there stays where it holds the same, as indexes may be made in any order."""
    made = _words(path)
    before = path.with_name("before.db")
    if kept.exists():
        before.write_bytes(gzip.decompress(kept.read_bytes()))
        if _words(before) == made:
            return
    kept.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _words(path: Path) -> list[str]:
    """Everything in a store as SQL, in order; the file is left as small as it can be."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
        return sorted(connection.iterdump())


@contextmanager
def program(revision: str) -> Iterator[Path]:
    """The folder with the program of a revision: the checkout itself for the latest, else its commit for a while."""
    if revision == latest():
        yield ROOT
        return
    if revision not in COMMITS:
        sys.exit(f"COMMITS has no commit of revision {revision}.")
    with TemporaryDirectory() as name:
        folder = Path(name) / "program"
        _git("worktree", "add", "--quiet", "--detach", str(folder), COMMITS[revision])
        try:
            yield folder
        finally:
            _git("worktree", "remove", "--force", str(folder))


def _git(*words: str) -> None:
    subprocess.run(["git", "-C", ROOT, *words], check=True)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or [*COMMITS, latest()]:
        make(wanted)
        sys.stdout.write(f"{wanted} made\n")

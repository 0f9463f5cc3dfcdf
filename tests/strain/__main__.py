"""``python -m tests.strain --minutes 60``: rounds of every kind; ends with 1 where anything was lost or crashed."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.strain.bases import make_bases
from tests.strain.kinds import EVERY, KINDS
from tests.strain.pace import Pace, play
from tests.strain.programs import ROOT
from tests.strain.told import Told

PAGE = ROOT / "docs" / "reliability.md"
_BETWEEN = re.compile(r"(<!-- strain -->\n).*?(<!-- end of strain -->)", re.DOTALL)


def main() -> int:
    """Play, tell, and give the exit code."""
    asked = _asked()
    kinds = [EVERY[asked.only]] if asked.only else list(KINDS.values())
    with tempfile.TemporaryDirectory(prefix="strain-") as folder:
        print("Making the stores that rounds copy.", flush=True)  # noqa: T201
        bases = make_bases(Path(folder))
        told = Told(kinds, asked.seed, asked.processes)
        if asked.round is not None:
            played = play(kinds[0], asked.seed, asked.round, bases)
            told.hear(played)
            print("\n".join(map(repr, played.outcome.steps)))  # noqa: T201
        else:
            Pace(kinds, asked.seed, bases, asked.processes, told.hear).run(asked.minutes * 60, asked.rounds)
    return _end(told, whole=not asked.only, write=asked.write)


def _asked() -> argparse.Namespace:
    asking = argparse.ArgumentParser(prog="python -m tests.strain", description=__doc__)
    asking.add_argument("--minutes", type=float, default=3.0, help="how long to play (3)")
    asking.add_argument("--seed", type=int, default=1, help="the seed of all dice (1)")
    asking.add_argument("--only", choices=sorted(EVERY), help="one kind alone")
    asking.add_argument("--round", type=int, help="one round of that kind, played again")
    asking.add_argument("--rounds", type=int, help="so many rounds of each kind at most, within the minutes")
    asking.add_argument("--processes", type=int, default=2, help="how many play at once (2)")
    asking.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    asked = asking.parse_args()
    if asked.round is not None and not asked.only:
        asking.error("--round goes with --only")
    return asked


def _end(told: Told, *, whole: bool, write: bool) -> int:
    table = told.table(date.today())
    print(f"\n{table}\n")  # noqa: T201
    print("\n".join(told.an_hour()))  # noqa: T201
    if whole and (missing := told.not_reached()):
        print(f"Not reached in this run: {', '.join(missing)}.")  # noqa: T201
    if write:
        write_table(PAGE, table)
    return 1 if told.unclean else 0


def write_table(page: Path, table: str) -> None:
    """Put the table of a run between the markers of a page; the rest of the page is written by hand."""
    text = page.read_text(encoding="utf-8")
    page.write_text(_BETWEEN.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

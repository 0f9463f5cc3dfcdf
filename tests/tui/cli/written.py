"""The parts of docs/ that are made from the program, and what finds and runs the commands that stand there.

``python -m tests.tui.cli.written`` writes the made parts anew, and the catalogue of views. A made part stands between
``<!-- made: NAME -->`` and ``<!-- end -->``; a test holds that it is what would be made now.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.keys import key_to_character
from typer.testing import CliRunner

from core.pools import NOT_SAID, Pool, entry
from core.releases import dashed
from db import demo, meetings, rankings, releases
from db.composite import parts
from db.loading.profiles import profiles
from db.store import Store, make_store, open_store
from db.store.backup import back_up
from db.store.forged import UNFOUND
from tests.conftest import NOW
from tests.once import put_together
from tests.tui.declared import declared
from tui import exits, views
from tui.cli import choices, common
from tui.cli.choices import filled
from tui.main import app
from tui.verb import VERBS, Why
from tui.views.base import View

ROOT = Path(__file__).resolve().parents[3]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_MADE = re.compile(r"<!-- made: ([^>]+) -->\n(.*?)<!-- end -->", re.DOTALL)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`(tasking [^`]+)`")
DAY = NOW.date()

JSON = {
    "import": "import RECORDS.csv",
    "batches": "batches",
    "quarantine": "quarantine",
    "meetings": "meetings",
    "night": "night --as-of 2026-11-20",
    "actions": "actions",
    "loop": "loop --weeks 3",
    "activity": "activity --as-of DATE",
    "rank": "rank --top 20 --as-of DATE",
    "rank --compare": "rank --compare rfg,rfh --places 20 --as-of DATE",
    "stability": "stability --top 20 --as-of DATE",
    "explain": "explain PERSON --as-of DATE",
    "movement": "movement --from 1 --top all",
    "cohorts --cohort": "cohorts --cohort v100 --as-of DATE",
    "proportionality": "proportionality",
    "wards": "wards",
    "wards --changes": "wards --changes A B --ward CODE",
    "ward": "ward CODE",
    "releases": "releases",
    "lookup": "lookup",
    "priority": "priority --compare FILE.toml",
    "backtest": "backtest --of people --days 28",
    "officers": "officers --total 9 --edit CODE=-1",
    "focus": "focus --week DATE",
    "stops": "stops --from DATE --to DATE",
    "deployments": "deployments --as-of DATE",
    "lfr": "lfr --from DATE --to DATE",
    "journal": "journal",
    "verify": "verify",
    "users": "users",
    "log": "log",
}
"""What prints each kind of JSON that commands.md documents."""
KEYED = {
    "unweighted": "code", "police_detected": "category", "doubtful": "category", "tops": "places", "ranks": "variant",
    "unknown": "part", "parts": "part", "by": "way", "facts": "fact",
    "not_covered": "table", "no_return": "day", "by_day": "day", "by_bcu": "BCU",
}  # fmt: skip
"""Keys whose value is keyed by what the records hold, and what by."""


@cache
def commands() -> Mapping[str, Any]:
    """Every command by its name, as it is declared."""
    program: Any = put_together(app)
    found: Mapping[str, Any] = program.commands
    return found


# What stands in the pages


def made_parts(page: Path) -> list[tuple[str, str]]:
    """The made parts of a page: name and text."""
    return _MADE.findall(page.read_text(encoding="utf-8"))


def lines_of(page: Path) -> Iterator[str]:
    """Every command line of a page: in its blocks, and within its text."""
    text = page.read_text(encoding="utf-8")
    for kind, block in _FENCED.findall(text):
        for line in block.splitlines() if kind == "sh" else ():
            yield from (part for part in line.split(" && ") if part.startswith("tasking "))
    for line in _INLINE.findall(_FENCED.sub("", text)):
        yield " ".join(line.split())


# What is made


def options_of(name: str) -> str:
    """The arguments and options of a command as a table."""
    rows = []
    for option in commands()[name].params:
        if option.name == "help":
            continue
        words = ", ".join([*option.opts, *option.secondary_opts]) if option.param_type_name == "option" else ""
        rows.append((f"`{words or option.metavar}`", filled(option.help or "") + _default(option)))
    return table(("option", "what it does"), rows)


def _default(option: Any) -> str:
    if option.default in (None, False, True, "") or callable(option.default) or option.required:
        return ""
    return f" Default: `{option.default}`."


def reasons_table() -> str:
    """Every verb that asks for a reason, and when; the others ask for none."""
    asking = sorted((one for one in VERBS if one.why is not Why.NO), key=lambda one: one.known_as)
    rows = [(f"`{shown(one.key)}` {one.label}", one.help, one.why.value) for one in asking]
    return table(("key", "what it does", "asks why"), rows)


def unfound_table() -> str:
    """What of a table the check of the file alone cannot find."""
    return table(("table", "what is not found"), [(f"`{name}`", says) for name, says in sorted(UNFOUND.items())])


def keys_table() -> str:
    """Every command of the meeting room: its keys, what it does, the name it is rebound by."""
    rows: dict[str, tuple[str, str, str]] = {}
    for _, binding in declared():
        name = binding.id or ""
        rows[name] = (" ".join(f"`{shown(key)}`" for key in binding.key.split(",")), binding.tooltip, f"`{name}`")
    return table(("key", "what it does", "name"), [rows[name] for name in sorted(rows)])


_WRITTEN = {"slash": "/", "plus": "+", "minus": "-"}
"""Keys whose name is not that of their character."""


def shown(key: str) -> str:
    """A key as it is written: the character where it has one."""
    character = _WRITTEN.get(key.strip()) or key_to_character(key.strip()) or ""
    return character if character.isprintable() and character.strip() else key.strip()


def profiles_table() -> str:
    """Every profile: what such a file is, and its columns."""
    rows = [
        (f"`{each.kind}`", each.says, _columns(each.needed), _columns((*each.blank, *each.optional)))
        for each in profiles().values()
    ]
    return table(("profile", "what it is", "columns", "optional columns"), rows)


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    lines = [list(heads), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def pools_table() -> str:
    """Every pool with its entry rule and where that comes from."""
    rows = []
    for pool in Pool:
        rule = entry(pool)
        namers = ", ".join(name or NOT_SAID for name in rule.named_by)
        least = "as the method says" if rule.minimum is None else str(rule.minimum)
        rows.append((f"`{pool.words}`", pool.says, namers, least, f"`{rule.first}`" if rule.first else "", rule.source))
    return table(("`--pool`", "what is in it", "suspect named by", "reports that make a rank", "first", "source"), rows)


def json_block(printed: str) -> str:
    """The keys of JSON that was printed, as a block."""
    words = textwrap.fill(_shape([json.loads(printed)]), 118, break_long_words=False, break_on_hyphens=False)
    return f"```text\n{words}\n```\n"


def _shape(values: list[Any], key: str = "") -> str:
    """The keys that any of some values has, with what stands under them."""
    rows = [value for value in values if isinstance(value, dict)]
    lists = [value for value in values if isinstance(value, list)]
    ending = " or null" if (rows or lists) and None in values else ""
    if rows and key in KEYED:
        return f"{{{KEYED[key]}: …}}{ending}"
    if rows:
        names = list(dict.fromkeys(name for row in rows for name in row))
        return f"{{{', '.join(_member(name, [row[name] for row in rows if name in row]) for name in names)}}}{ending}"
    if lists:
        return f"[{_shape([one for value in lists for one in value])}]{ending}"
    return "…"


def _member(name: str, values: list[Any]) -> str:
    shape = _shape(values, name)
    return f'"{name}"' if shape == "…" else f'"{name}": {shape}'


# Running what is written


def _now() -> datetime:
    return NOW


@dataclass(frozen=True)
class Desk:
    """A store with files beside it; runs command lines, each of their placeholders replaced by one that is there."""

    folder: Path
    store: Path
    placeholders: Mapping[str, str]

    def run(self, line: str, *, lasting: bool = False) -> Any:
        """Run a command line, without the word ``tasking``, on a copy of the store unless what it does is to last."""
        store = self.store if lasting else self.store.with_name("copy.db")
        if not lasting:
            shutil.copy(self.store, store)
        opened, made = partial(open_store, now=_now), partial(make_store, now=_now)
        with patch.object(common, "open_store", opened), patch.object(common, "make_store", made):
            env = {"TASKING_STORE": str(store), "COLUMNS": "200"}
            return CliRunner().invoke(app, self.words(line), env=env)

    def printed(self, line: str, *, lasting: bool = False) -> str:
        """What a command line prints that does what it is told, whole or with rows left in quarantine."""
        done = self.run(line, lasting=lasting)
        assert done.exit_code in (exits.OK, exits.QUARANTINED), f"{line}: {done.output} {done.exception}"
        return str(done.stdout)

    def words(self, line: str) -> list[str]:
        """The words of a command line."""
        words: list[str] = []
        for word in shlex.split(line.split(">")[0]):
            of_option = f"{words[-1]} {word}" if words else word
            word = self.placeholders.get(of_option, self.placeholders.get(word, word))
            head, equals, tail = word.partition("=")
            words.append(self.placeholders.get(head, head) + equals + tail)
        return words


def furnish(store: Store, folder: Path) -> Desk:
    """Put files beside a store of the synthetic London, and find in it what placeholders stand for."""
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for source, name in (("composite", "WEIGHTS"), ("bands", "BANDS"), ("focus", "MODEL")):
        text = (ROOT / "core" / "data" / f"{source}.toml").read_text(encoding="utf-8")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / "DIR").mkdir(exist_ok=True)
    (folder / "DIR" / "places.csv").write_text(_FILES["places.csv"], encoding="utf-8")
    run = meetings.run_for(store, DAY.toordinal())
    assert run is not None
    back_up(store.path, folder / "COPY.db")
    months = [dashed(month) for month in releases.summaries(store)[0].release.months]
    held = [one.release.name for one in releases.summaries(store)]
    sealed = [str(one.id) for one in meetings.meetings(store, "daily") if one.sealed_at]
    (folder / "PAPER.md").write_text(meetings.meeting(store, int(sealed[0])).minutes, encoding="utf-8")
    batch = store.read.rows("SELECT MAX(id) FROM batch")[0][0]
    placeholders = {
        "PERSON": rankings.entries(store, run, 1)[0].person,
        "A": held[-1],
        "B": held[0],
        "CODE": parts(store, None).wards[0].figures.ward_code,
        "MEETING": sealed[0],
        "BATCH": str(batch + len(_PREPARED)),
        "RUN": str(run),
        "FOLDER": str(folder / "papers"),
        "backup COPY.db": str(folder / "made.db"),
        "DIR": str(folder / "DIR"),
        "releases NAME": held[0],
        "DATE": DAY.isoformat(),
        "SHELL": "bash",
        "--against PAPER": str(folder / "PAPER.md"),
        "--view NAME": choices.views()[0],
        "--to YYYY-MM": months[-1],
        "--from YYYY-MM": months[0],
        "--picture FILE.svg": str(folder / "picture.svg"),
        "--export FILE.csv": str(folder / "export.csv"),
        "--weights FILE.toml": str(folder / "WEIGHTS.toml"),
        "--compare FILE.toml": str(folder / "WEIGHTS.toml"),
        "--bands FILE.toml": str(folder / "BANDS.toml"),
        "--model FILE.toml": str(folder / "MODEL.toml"),
        "--profile FILE.toml": str(folder / "PROFILE.toml"),
        **{name: str(folder / name) for name in (*_FILES, "COPY.db")},
    }
    return Desk(folder, store.path, placeholders)


_ROWS = (
    "crime_ref,ho_code,offence,committed_from,committed_to,reported_on,ward_code,borough,domestic_abuse,vawg,"
    "detected_by,outcome,person_ref,surname,forenames,born_on,sex,ethnicity,status,role,named_by,victim_ref\n"
    "Z1/26,105/01,Common assault,01/11/2026,,02/11/2026,E05009367,Hackney,yes,yes,public,under investigation,"
    "Z1,Testcase,Al,01/02/1990,M,,at large,named suspect,victim,VZ1\n"
)
_STOPS = "2026-11-metropolitan-stop-and-search.csv"
_PREPARED = ("RECORDS.csv", "incidents.csv", "places.csv", _STOPS, "lfr.csv", "units.csv")
"""The files that are taken in before anything is run."""
_BAD = _ROWS.splitlines()[1].replace("02/11/2026", "31/02/2026")
_FILES = {
    "units.csv": "unit,base,officers,ward_code,tactic,starts,ends,status\n"
    "Arch 1,east,2,E05013806,knife arch,21/11/2026 18:00,22/11/2026 02:00,deployed\n",
    "crime-reports.csv": _ROWS,
    "RECORDS.csv": f"{_ROWS}{_BAD}\n",
    "FILE.csv": f"{_ROWS}{_BAD}\n",
    "activity.csv": "day,bcu,measure,count\n20/11/2026,CE,shootings,1\n",
    "ward-counts.csv": "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202401\nROBBERY,ROBBERY,X,E05009367,"
    "Hackney,3\n",
    "PROFILE.toml": 'profile = "extract"\ndates = "dd/mm/yyyy"\n',
    _STOPS: "Type,Date,Self-defined ethnicity,Officer-defined ethnicity,Object of search,Outcome\nPerson search,"
    "2026-11-21T08:00:00+00:00,,White,Offensive weapons,Arrest\n",
    "lfr.csv": "date,borough,watchlist_size,faces_seen,total_alerts,arrests\n2026-11-21,Croydon,15000,9000,4,2\n",
    "incidents.csv": "ref,kind,at,ward_code\nI1,stabbing,2026-11-20 03:00,E05009367\n",
    "places.csv": "reported_on,reason,ward_code\n20/11/2026,Dark underpass,E05009367\n",
}
"""The files that commands of the pages name, and one with a row that is not taken."""


def made(name: str, desk: Desk) -> str:
    """A made part by its name."""
    kind, _, rest = name.partition(" ")
    makers: Mapping[str, Callable[[], str]] = {
        "options": lambda: options_of(rest),
        "keys": keys_table,
        "reasons": reasons_table,
        "unfound": unfound_table,
        "profiles": profiles_table,
        "pools": pools_table,
        "json": lambda: json_block(desk.printed(f"{JSON[rest]} --json")),
    }
    return makers[kind]()


def prepared(desk: Desk) -> Desk:
    """A desk whose store also holds rows in quarantine, flagged places, a stop and a deployment: no JSON is empty."""
    for name in _PREPARED:
        desk.printed(f"import {name}", lasting=True)
    (desk.folder / "RECORDS.csv").write_text(f"{_ROWS.replace('Z1', 'Z2')}{_BAD}\n", encoding="utf-8")
    return desk


CATALOGUE = ROOT / "core" / "data" / "views.toml"


def titled_views() -> dict[str, type[View]]:
    """Every view that a template can show, by name: those with a title, each in the module of its name."""
    found = {}
    for module in iter_modules(views.__path__):
        camel = "".join(word.capitalize() for word in module.name.split("_"))
        view = getattr(import_module(f"tui.views.{module.name}"), f"{camel}View", None)
        if view is not None and issubclass(view, View) and view.title:
            found[module.name] = view
    return found


def catalogue() -> str:
    """The file that tells agendas and command line which views there are, for neither can load them all to ask."""
    parts: dict[str, list[str]] = {"standing": [], "of_a_meeting": []}
    for name, view in titled_views().items():
        title = json.dumps(view.title, ensure_ascii=False)
        parts["of_a_meeting" if view.only_in_meetings else "standing"].append(f"{name} = {title}\n")
    return (
        "# Made from the views (tui/views) by python -m tests.tui.cli.written; a view says its title, and whether it\n"
        "# is only for meetings: the others open by themselves, too (tasking open --view NAME).\n\n"
        f"[standing]\n{''.join(parts['standing'])}\n[of_a_meeting]\n{''.join(parts['of_a_meeting'])}"
    )


def write() -> None:
    """Write the catalogue of views and the made parts of every page anew."""
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "london.db"
        demo.build(path, DAY, step=lambda *_: None, suspects=600).close()
        with open_store(path, "tester", lambda: NOW) as store:
            desk = furnish(store, folder)
        desk = prepared(desk)
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            page.write_text(
                _MADE.sub(lambda m: f"<!-- made: {m[1]} -->\n{made(m[1], desk)}<!-- end -->", text), encoding="utf-8"
            )


if __name__ == "__main__":
    write()

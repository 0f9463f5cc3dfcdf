"""What a user of a store does not see, kept from them where it is read: every list, page, filter and paper reads here.

A table of which something is hidden is read through a temporary view of the same name, which the connection finds
before the table. So nothing that reads needs to know of it, and what is new is hidden until it is named here.

What decides who is in a cohort reads the table itself, as ``main.marker``: a rule that went by what is hidden would
count wrong. What it then tells of a person is hidden where it was read (:mod:`db.cohorts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from core.journal import canonical
from core.roles import Rights, names_hidden
from db.store.cells import DAYS, JSON, MOMENTS, MONTHS

if TYPE_CHECKING:
    import sqlite3

HIDDEN = "text hidden"
"""What stands in the place of what someone wrote, as on a wall."""
_PLACES = ("ward_code", "borough", "bcu", "scope", "ward", "home_ward_code", "owning_bcu", "home", "place", "base")
_CODES = (
    "subject_kind", "subject_ref", "person_ref", "ref", "crime_ref", "victim_ref", "linked_ref", "kind", "item",
    "state",
    "status", "measure", "tactic", "unit", "team", "cohort", "category", "major", "meeting_kind", "outcome", "option",
    "hash", "previous", "template", "priority", "source", "escalated_to", "proposed_by", "role",
)  # fmt: skip
SHOWN: Mapping[str, Sequence[str]] = {
    "account": ("login", "role"),
    "action": ("owner",),
    "activity": (),
    "attendance": (),
    "batch": ("file", "sha256", "profile"),
    "bid": ("skills", "answers", "confidence"),
    "circumstance": (),
    "deployment": ("skills", "shift"),
    "deployment_record": ("compared", "measure_by", "authority"),
    "deployment_unit": ("answer",),
    "edition_file": ("name", "harm_index", "citation", "weights"),
    "focus_item": (),
    "focus_week": ("area", "chosen_because"),
    "incident": ("injury", "suspect_state"),
    "incident_series": ("refs",),
    "journal": (),
    "kept": ("weights", "by"),
    "kept_step": ("rules", "digest"),
    "lfr_deployment": ("use_case", "duration"),
    "lookup_map": ("name",),
    "lsoa_ward": ("lsoa_code",),
    "census": ("ethnicity",),
    "meeting": ("title", "agenda", "seal"),
    "decision": ("shown",),
    "offence": ("ho_code", "title", "severity", "edition", "confidence", "note"),
    "officer_plan": ("release", "basis"),
    "person_version": ("sex", "ethnicity"),
    "release": ("name", "profile", "months"),
    "release_facts": (
        "totals", "forces", "notes", "antisocial", "without_location", "outside", "repeats", "conflicts",
    ),
    "report_detail": ("victim_sex", "injury", "weapon", "features", "suspect_state"),
    "review": ("subject",),
    "run": (
        "method", "harm_index", "edition", "by", "pool", "unweighted", "split", "bands", "statuses",
        "ahead", "digest",
    ),
    "setting": ("name", "text"),
    "stop": (
        "stamp", "type", "part_of_operation", "operation", "latitude", "longitude", "gender", "age_range",
        "self_defined", "officer_defined", "legislation", "object", "linked", "clothing",
    ),
    "stop_edition": ("force",),
    "street_count": ("lsoa_code", "lsoa_name", "counts", "lines"),
    "street_point": ("lsoa_code",),
    "tension": ("community", "sort"),
    "unsafe_place": ("reason", "lsoa_code"),
    "ward_reference": ("edition",),
    "ward_series": ("counts",),
    "weighing": ("digest", "weights"),
    "alembic_version": ("version_num",),
}  # fmt: skip
"""The columns of words, beside codes and places, that a partner sees as they are; any other is hidden."""
NUMBERS_HIDDEN: Mapping[str, Sequence[str]] = {"person_version": ("born_on",)}
"""Figures that tell who someone is."""
_SUBJECTS = ("subject",)
"""What a record is about, by name: a person is called by the reference instead, anything else by what it is."""
_NAMED = ("ward", "unit", "measure", "focus measure", "role", "borough", "category", "run", "meeting", "crime", "item")
"""The subjects that are called the same to everyone."""


def statements(connection: sqlite3.Connection, rights: Rights) -> Iterator[str]:
    """The statements that lay the views of a user over the tables of a connection; none for who sees everything."""
    partner = names_hidden(rights)
    if not partner and not rights.kept_from:
        return
    tables = [row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for table in sorted(tables):
        if table.startswith("sqlite_"):
            continue
        columns = [(str(row[1]), str(row[2])) for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
        shown = [
            _column(table, name, kind) if partner else _paper(table, name, rights.kept_from) for name, kind in columns
        ]
        rows = _rows(table, rights.kept_from)
        if rows or any(f'"{name}"' != words for (name, _), words in zip(columns, shown, strict=True)):
            named = ", ".join(f'{words} AS "{name}"' for (name, _), words in zip(columns, shown, strict=True))
            yield f'CREATE TEMP VIEW "{table}" AS SELECT {named} FROM main."{table}"{rows}'  # noqa: S608 - the schema's


def _column(table: str, name: str, kind: str) -> str:
    """What stands for a column where names are hidden."""
    quoted = f'"{name}"'
    if name in NUMBERS_HIDDEN.get(table, ()):
        return "NULL"
    if "CHAR" not in kind.upper() or _is_plain(table, name):
        return quoted
    if table == "person_version":
        return "''"
    if name in JSON.get(table, ()):
        return f"CASE WHEN {quoted} LIKE '[%' THEN '[]' ELSE '{{}}' END"
    if name in _SUBJECTS:
        kinds = ", ".join(f"'{one}'" for one in _NAMED)
        return (
            f"CASE WHEN subject_kind IN ({kinds}) THEN {quoted} WHEN subject_kind = 'person' THEN subject_ref "
            "ELSE subject_kind || ' ' || subject_ref END"
        )
    return f"CASE WHEN {quoted} = '' OR {quoted} IS NULL THEN {quoted} ELSE '{HIDDEN}' END"


RESTRICTED_PAPERS = (
    "These papers tell of what is restricted to others, who read them. You are shown the rest of the meeting."
)
"""What stands in the place of papers that were sealed with a cohort in them which is kept from whoever reads."""


def _paper(table: str, name: str, kept_from: frozenset[str]) -> str:
    """What stands for a column where some cohorts are kept: a sealed paper that names one is not shown."""
    if not kept_from or table != "meeting" or name not in ("minutes", "report"):
        return f'"{name}"'
    from core.cohorts import COHORTS

    called = sorted(COHORTS[cohort].title if cohort in COHORTS else cohort for cohort in kept_from)
    told = " OR ".join(f'instr(lower("{name}"), lower({_words(title)}))' for title in called)
    return f'CASE WHEN {told} THEN {_words(RESTRICTED_PAPERS)} ELSE "{name}" END'


def _is_plain(table: str, name: str) -> bool:
    if any(name in shape.get(table, ()) for shape in (MOMENTS, DAYS, MONTHS)):
        return True
    return name in _PLACES or name in _CODES or name in SHOWN.get(table, ())


def _rows(table: str, cohorts: frozenset[str]) -> str:
    """Which rows of a table are seen by someone from whom some cohorts are kept; what the journal says of them goes."""
    if not cohorts:
        return ""
    listed = ", ".join(_words(cohort) for cohort in sorted(cohorts))
    if table in ("membership", "restriction"):
        return f" WHERE cohort NOT IN ({listed})"
    if table == "review":
        hidden = f"SELECT id FROM main.membership WHERE cohort IN ({listed})"  # noqa: S608 - names from the code
        return f" WHERE NOT (subject = 'membership' AND subject_id IN ({hidden}))"
    if table == "journal":
        hidden = " OR ".join(f"instr(changes, {_words(_of_cohort(cohort))})" for cohort in sorted(cohorts))
        return f" WHERE NOT ({hidden})"
    return ""


def _of_cohort(cohort: str) -> str:
    """How the journal writes that a row is of a cohort."""
    return f'"cohort":{canonical(cohort)}'


def _words(text: str) -> str:
    """Words in SQL: a view takes no values, and what a store calls a cohort is not trusted."""
    return "'" + text.replace("'", "''") + "'"

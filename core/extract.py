"""The built-in profile ``extract``: one row per crime report, suspect and victim, and the check of every value.

The columns are in docs/records-in.md. A value that is wrong raises :class:`BadValue`, which says which column,
which value and why; the row goes to quarantine and the rest of the file goes in.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple

from core.allegations import admitted
from core.days import NoDate, parse_day
from core.editions import home_office_code, made_a_date
from core.figures import is_unknown, why_no_count
from core.geography import area_code, bcu_called, bcus, is_area_code
from core.localities import home_of
from core.pools import FLAGGED, Pool, of_offence, with_violent_crime
from core.reports import DETECTORS, NAMERS, ROLES, DetectedBy, NamedBy, Role

COLUMNS = (
    "crime_ref",
    "ho_code",
    "offence",
    "committed_from",
    "committed_to",
    "reported_on",
    "ward_code",
    "borough",
    "domestic_abuse",
    "vawg",
    "detected_by",
    "outcome",
    "person_ref",
    "surname",
    "forenames",
    "born_on",
    "sex",
    "ethnicity",
    "status",
    "role",
    "named_by",
    "victim_ref",
)
NEEDED = ("crime_ref", "committed_from", "reported_on")
"""The columns that no row may leave empty; the others may be missing from the header."""
PARTICULARS = (
    "committed_at",
    "victim_age",
    "victim_sex",
    "injury",
    "weapon",
    "features",
    "linked_ref",
    "suspect_state",
)
"""What an extract may tell of a crime besides, for the picture of the night (``core.particulars``)."""
HOME = ("home_ward_code", "owning_bcu")
"""Where a suspect lives and which BCU owns them; else the place of the latest report says where they are."""
OPTIONAL = ("severity", "knife", *HOME, *PARTICULARS)
"""Columns an extract may have besides: words on how serious a split code's offence was; whether a knife was used."""
INJURIES = ("fatal", "life-threatening", "life-changing", "serious", "minor", "none")
"""How badly a victim was hurt, the worst first."""
WEAPONS = ("knife", "firearm", "imitation", "other", "none")
SUSPECT_STATES = ("unknown", "named", "outstanding", "held", "bailed", "charged")
"""What is known of whoever did it: not who; who, and no more; who, and not yet caught; then where they stand."""

_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0", ""}
WORDS = {
    "role": (*ROLES,),
    "named_by": (*NAMERS,),
    "detected_by": (*DETECTORS,),
    "injury": INJURIES,
    "weapon": WEAPONS,
    "suspect_state": SUSPECT_STATES,
    **dict.fromkeys(("domestic_abuse", "vawg", "knife"), ("yes", "no", *sorted((_YES | _NO) - {"yes", "no", ""}))),
}
"""The columns that only a few words can fill, with these words; each may also be empty."""


class BadValue(ValueError):
    """A value that keeps a row out: column, value as written, and the reason in words."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


class Circumstance(NamedTuple):
    """The values of a row that only a few words can fill, checked."""

    domestic_abuse: bool
    vawg: bool
    detected_by: DetectedBy
    role: Role
    named_by: NamedBy
    allowed: Pool


class Description(NamedTuple):
    """A person as a row describes them. ``born_on`` is a day number or None; ``home`` as :func:`home_of` gives it."""

    surname: str
    forenames: str
    born_on: int | None
    sex: str
    ethnicity: str
    status: str
    home_ward_code: str = ""
    owning_bcu: str = ""
    home: str = ""


ReadDay = Callable[[str], int]
"""Gives the day number of a date as a file writes it; raises NoDate."""


def day(column: str, text: str, today: int, read: ReadDay = parse_day) -> int:
    """The day number of a date that is needed. today: the latest day it may be."""
    found = optional_day(column, text, today, read, needed=True)
    if found is None:
        raise BadValue(column, text, "a date is needed here and there is none")
    return found


def optional_day(column: str, text: str, today: int, read: ReadDay = parse_day, *, needed: bool = False) -> int | None:
    """The day number of a date, None where it is left out. Raises BadValue for a date that cannot be.

    needed: it may not be left out, so that no reason says that it may.
    """
    if not text.strip():
        return None
    try:
        found = read(text)
    except NoDate as fault:
        empty = "; leave it empty where it is not known" if not needed and is_unknown(text) else ""
        raise BadValue(column, text, f"{fault}{empty}") from None
    if found > today:
        raise BadValue(column, text, "the date lies in the future")
    return found


def flag(column: str, text: str) -> bool:
    """Yes or no; an empty value is no."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValue(column, text, "neither yes nor no")


def count(column: str, text: str) -> int:
    """How many: a whole number of at most nine digits. Raises BadValue."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise BadValue(column, text, why_no_count(text))
    return int(digits)


def known_ward(text: str, wards: Container[str], *, needed: bool = True) -> str:
    """The code of a ward that is known, empty where it is left out and not needed. Raises BadValue.

    wards: the codes that are known.
    """
    code = area_code(text)
    if code in wards or not (code or needed):
        return code
    how = "unknown ward code; write one as E05013806; a new ward needs a file of the profile wards before"
    raise BadValue("ward_code", text, how if needed else f"{how}; leave it empty where the place is not known")


def offence_code(text: str) -> str:
    """A Home Office code as the indexes write it; one of a force's own as it stands. Raises BadValue for a date."""
    if made_a_date(text):
        raise BadValue("ho_code", text, "a spreadsheet made a date of the code; write it as 008/06, the column as text")
    return home_office_code(text)


def groups(code: str, title: str, knife: bool) -> Pool:
    """The pools an offence belongs to by what it is, and those that a flag on its report decides."""
    return with_violent_crime(of_offence(code, title) | FLAGGED | (Pool.KNIFE if knife else Pool(0)))


def circumstance(
    domestic_abuse: str, vawg: str, detected_by: str, outcome: str, has_person: bool, role: str, named_by: str
) -> Circumstance:
    """Check the values that only a few words can fill, and decide which pools they allow the row."""
    if not has_person:  # of nobody, a word for unknown tells nothing
        role, named_by = ("" if is_unknown(word) else word for word in (role, named_by))
    role_word, namer = _word(role), _word(named_by)
    if role_word not in ROLES and (has_person or role_word):
        raise BadValue("role", role, f"unknown role; use one of: {', '.join(ROLES)}")
    if namer and namer not in NAMERS:
        raise BadValue("named_by", named_by, f"unknown source; use one of: {', '.join(NAMERS)}")
    finder = _word(detected_by)
    if finder and finder not in DETECTORS:
        raise BadValue("detected_by", detected_by, f"unknown; use one of: {', '.join(DETECTORS)}")
    is_abuse, is_vawg = flag("domestic_abuse", domestic_abuse), flag("vawg", vawg)
    as_role = ROLES.get(role_word, Role.NONE) if has_person else Role.NONE
    source = NAMERS.get(namer, NamedBy.NONE)
    return Circumstance(
        is_abuse,
        is_vawg,
        DETECTORS.get(finder, DetectedBy.NONE),
        as_role,
        source,
        admitted(
            has_person=has_person,
            vawg=is_vawg,
            domestic_abuse=is_abuse,
            outcome=outcome,
            role=as_role,
            named_by=source,
        ),
    )


def description(
    surname: str,
    forenames: str,
    born_on: str,
    sex: str,
    ethnicity: str,
    status: str,
    today: int,
    read: ReadDay = parse_day,
    home_ward_code: str = "",
    owning_bcu: str = "",
) -> Description:
    """Check how a person is described. Raises BadValue for a birth date, a ward code or a BCU that cannot be."""
    ward, owner = area_code(home_ward_code), bcu_called(owning_bcu)
    if ward and not is_area_code(ward):
        raise BadValue("home_ward_code", home_ward_code, "no ward code, such as E05013806")
    if not owner and not is_unknown(owning_bcu):
        raise BadValue("owning_bcu", owning_bcu, f"unknown BCU; use one of {', '.join(bcus())}")
    return Description(
        surname.strip(),
        forenames.strip(),
        None if is_unknown(born_on) else optional_day("born_on", born_on, today, read),
        sex.strip(),
        ethnicity.strip(),
        status.strip(),
        ward,
        owner,
        home_of(ward, owner),
    )


def reference(written: str) -> str:
    """A reference without spaces around it; empty where a word says that there is none, as ``N/A`` or ``Unknown``.

    Such a word would be one and the same person, victim or report in every row that has it.
    """
    ref = written.strip()
    return "" if not ref[-1:].isdigit() and is_unknown(ref) else ref  # no such word ends in a digit, most references do


def report(crime_ref: str) -> str:
    """The reference of a crime report, without spaces around it. Raises BadValue where it is missing."""
    ref = reference(crime_ref)
    if not ref:
        raise BadValue("crime_ref", crime_ref, "the reference of the crime report is missing")
    return ref


def no_suspect(person_ref: str, *details: str) -> None:
    """Check that a row without a reference for a suspect describes none. Raises BadValue where it does."""
    if not all(map(is_unknown, details)):
        raise BadValue("person_ref", person_ref, "a suspect is described, but their reference is missing")


def _word(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())

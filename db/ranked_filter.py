"""What a filter and a place ask of the entries of a run, as conditions of a query.

The query calls the entry ``e``, the person ``p``, their version ``v`` and the place of the latest allegation ``l``.
"""

from __future__ import annotations

from core.geography import bcus, boroughs
from core.localities import ONLY_BCU, asked
from db.localities import PLACE, boroughs_in
from db.store import Store

BCU = "".join(
    (
        f"CASE {PLACE} ",
        *(f"WHEN '{one.name}' THEN '{one.bcu}' " for one in boroughs().values()),
        *(f"WHEN '{ONLY_BCU}{code}' THEN '{code}' " for code in bcus()),
        "ELSE '' END",
    )
)
"""The BCU of the place."""
BCU_LETTERS = 2
"""The letters of a BCU's code: a longer word stands in none."""
_BESIDE = f"v.status || ' ' || COALESCE({PLACE}, '') || ' #' || COALESCE(CAST(e.rank AS TEXT), '')"
_FIELDS = f"LOWER(p.ref || ' ' || v.surname || ' ' || v.forenames || ' ' || {_BESIDE})"
_UNNAMED = f"LOWER(p.ref || ' ' || {_BESIDE})"


def narrowed(store: Store, needle: str, within: str, *, by_name: bool) -> tuple[str, dict[str, str]]:
    """The conditions that hold where every word of *needle* stands in some field, and their values; none for no words.

    A word that is a BCU is one to be in. within: the BCU or borough to be in; everywhere if empty. by_name: whether a
    word may stand in a name.
    """
    asks = asked(needle, within)
    conditions, values = _filter(asks.words, _FIELDS if by_name else _UNNAMED)
    if asks.places:
        places = boroughs_in(store, asks.places)
        named = {f"p{number}": borough for number, borough in enumerate(places)}
        conditions += f" AND {PLACE} IN ({', '.join(f':{name}' for name in named) or 'NULL'})"
        values |= named
    return conditions, values


def _filter(needle: str, fields: str) -> tuple[str, dict[str, str]]:
    """The conditions that hold where every word stands in some field, and their values.

    A database may know no small letters beyond a to z, so another word is looked for as names are written, too.
    """
    conditions = ""
    values: dict[str, str] = {}
    for number, word in enumerate(needle.split()):
        forms = {word.lower(): None} if word.isascii() else dict.fromkeys((word.lower(), word.upper(), word.title()))
        names = [f"w{number}_{index}" for index in range(len(forms))]
        values |= {name: f"%{_escaped(form)}%" for name, form in zip(names, forms, strict=True)}
        looked_in = (fields, f"LOWER({BCU})") if len(word) <= BCU_LETTERS else (fields,)
        said = (f"{words} LIKE :{name} ESCAPE '!'" for words in looked_in for name in names)
        conditions += f" AND ({' OR '.join(said)})"
    return conditions, values


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")

"""Meetings as data: agenda templates, the clock of an item, the seal.

Source: DOMAIN.md section 7; the templates are ``core/data/agendas.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from core.errors import NotFound

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "For policing purposes only. Do not copy or forward."


@dataclass(frozen=True)
class Item:
    """One agenda item: what is said, how long it may take in minutes, and the views it needs."""

    key: str
    title: str
    prompt: str
    minutes: int
    views: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """A meeting's template: its items add up to its minutes; roles are those called at the opening."""

    kind: str
    title: str
    minutes: int
    roles: tuple[str, ...]
    items: tuple[Item, ...]


@cache
def agendas() -> dict[str, Agenda]:
    """Every template by its kind (``daily``, ``weekly``)."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads((files("core") / "data" / "agendas.toml").read_text(encoding="utf-8"))
    return {kind: _agenda(kind, values) for kind, values in data.items()}


def _agenda(kind: str, values: dict[str, object]) -> Agenda:
    items = values["items"]
    assert isinstance(items, list)  # noqa: S101 - the file ships with the rules
    return Agenda(
        kind,
        str(values["title"]),
        int(str(values["minutes"])),
        tuple(str(role) for role in values["roles"]),  # type: ignore[attr-defined]
        tuple(Item(i["key"], i["title"], i["prompt"], i["minutes"], tuple(i["views"])) for i in items),
    )


def agenda(kind: str) -> Agenda:
    """The template of a kind of meeting. Raises NotFound for one that is not known."""
    if kind not in agendas():
        raise NotFound(f"There is no meeting '{kind}'. Use one of: {', '.join(agendas())}.")
    return agendas()[kind]


def clock(seconds: float, minutes: int) -> str:
    """Time spent against the minutes allowed, ``02:10/03:00``, with ``+`` in front when it is over."""
    over = "+" if seconds > minutes * 60 else ""
    return f"{over}{int(seconds) // 60:02d}:{int(seconds) % 60:02d}/{minutes:02d}:00"


def seal(*texts: str) -> str:
    """The SHA-256 that seals a meeting's documents, in their order."""
    import hashlib

    digest = hashlib.sha256()
    for text in texts:
        digest.update(len(text.encode()).to_bytes(8, "big"))
        digest.update(text.encode())
    return digest.hexdigest()

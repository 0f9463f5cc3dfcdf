"""The templates that meetings can be held by: those that ship, and a force's own in a folder beside the store.

A force's own file goes before one that ships with the same name. Only the file that is asked for is read, so that a
template that is still being written stops no meeting of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core import templates
from core.errors import NotFound, Refused
from core.meetings import OF, Agenda, Item, known_views
from core.scope import FORCE, scope_of
from core.text import counted

FOLDER = "templates"
"""The folder beside a store that holds a force's own templates."""


def names(store: Path) -> tuple[str, ...]:
    """Every template for a store (its file): those that ship, then a force's own, in the order of their names."""
    try:
        files = sorted((store.parent / FOLDER).glob("*.toml"))
    except OSError:
        return templates.shipped()
    own = [file.stem for file in files if templates.NAME.fullmatch(file.stem)]
    return (*templates.shipped(), *(name for name in own if name not in templates.shipped()))


def template(store: Path, name: str) -> Agenda:
    """A template for a store (its file) by its name.

    Raises NotFound where there is none of this name, Refused, with the line, where its file is not one.
    """
    file = store.parent / FOLDER / f"{name}.toml"
    if templates.NAME.fullmatch(name) is not None and file.exists():
        return templates.read(_text_of(file), name, str(file))
    if name not in templates.shipped():
        own = f"A template of your own is a file NAME.toml in {store.parent / FOLDER}."
        raise NotFound(f"{templates.no_template(name, names(store))} {own}")
    return templates.template(name)


def _text_of(file: Path) -> str:
    try:
        if not file.is_file():
            raise Refused(f"{file} is no file.", templates.TITLE)
        if file.stat().st_size > templates.LARGEST:
            most = counted(templates.LARGEST, "byte")
            raise Refused(f"{file} is larger than a template can be, which is {most}.", templates.TITLE)
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{file} cannot be read: it is not UTF-8 text.", templates.TITLE) from error
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.", templates.TITLE) from error


def scope_for(template: Agenda, asked: str | None) -> str:
    """The name of the scope that a meeting of a template is of. asked: as it was typed; None where it was not.

    A template that is held for some BCU or borough is held for the force where none is named. Raises NotFound for no
    scope.
    """
    if asked is not None:
        return scope_of(asked).name
    return FORCE if template.scope in OF else template.scope


def to_keep(template: Agenda) -> dict[str, Any]:
    """A template as a meeting keeps it, for JSON."""
    items = [{**item._asdict(), "views": list(item.views)} for item in template.items]
    return {**template._asdict(), "roles": list(template.roles), "items": items, "names": list(template.names)}


def as_used(kept: Mapping[str, Any], meeting: int) -> Agenda:
    """The template that a meeting (its number) kept; one of before there were settings has what goes without saying."""
    items = tuple(
        Item(**{**item, "views": known_views(item["views"], f"of meeting {meeting}, {item['key']}")})
        for item in kept["items"]
    )
    said = {key: kept[key] for key in ("scope", "method", "pool", "since", "quorum") if key in kept}
    if "names" in kept:
        said["names"] = tuple(kept["names"])
    return Agenda(kept["kind"], kept["title"], kept["minutes"], tuple(kept["roles"]), items, **said)

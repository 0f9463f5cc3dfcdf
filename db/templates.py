"""The templates that meetings can be held by: those that ship, and a force's own in a folder beside the store.

A force's own file goes before one that ships with the same name. Only the file that is asked for is read, so that a
template that is still being written stops no meeting of another.
"""

from __future__ import annotations

from pathlib import Path

from core import templates
from core.errors import NotFound, Refused
from core.meetings import OF, Agenda
from core.scope import FORCE, scope_of

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
            raise Refused(f"{file} is larger than a template can be ({templates.LARGEST:,} bytes).", templates.TITLE)
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

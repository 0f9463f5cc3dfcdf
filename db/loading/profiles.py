"""The profiles of an import: found in the modules that declare them, recognised by the header of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from core import column_map, street, toml_part
from core.column_map import ColumnMap
from core.errors import Refused
from db import loading
from db.loading.profile import Profile

DEFAULT = "extract"
"""The profile that most files are of: named first, and what a profile file maps to where it names none."""


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its kind, the default first and the others by name.

    The modules are looked through at the first import of a file and not before: they bring the heavy libraries.
    """
    modules = (import_module(f"{loading.__name__}.{module.name}") for module in iter_modules(loading.__path__))
    declared = [module.PROFILE for module in modules if isinstance(getattr(module, "PROFILE", None), Profile)]
    return {profile.kind: profile for profile in sorted(declared, key=lambda each: (each.kind != DEFAULT, each.kind))}


def recognising(header: Sequence[str]) -> list[Profile]:
    """The profiles that a header proves to be its own, only those that give way least: one, unless files are mixed."""
    fitting = [profile for profile in profiles().values() if not profile.lacking_proof(header)]
    least = min((profile.gives_way for profile in fitting), default=0)
    return [profile for profile in fitting if profile.gives_way == least]


def recognise(header: Sequence[str], file: str) -> ColumnMap:
    """How a file with this header is read.

    A profile is taken unasked only where the header proves it. Raises Refused where it proves none, naming those it
    could be or the nearest and what that lacks, and where it proves more than one.
    """
    fitting = recognising(header)
    if len(fitting) == 1:
        return fitting[0].as_named()
    if fitting:
        kinds = " and of ".join(f"'{profile.kind}'" for profile in fitting)
        raise Refused(f"{file} has the columns of {kinds}. Name the one to read it by with --profile.")
    raise Refused(f"{file} {_not_recognised(header)}")


def refuse_another(header: Sequence[str], kind: str, file: str) -> None:
    """See that a file which is to be read as a profile by name is not plainly of another. Raises Refused.

    Two profiles can share what they need: patrols have a unit and officers, as deployments do.
    """
    if profiles()[kind].lacking_proof(header) and (fitting := recognising(header)):
        raise Refused(
            f"{file} has the header of '{fitting[0].kind}', so it is not read as '{kind}'. Leave --profile out; where "
            f"it is '{kind}' all the same, name its columns in a profile file."
        )


_OWN_FILE = "Crime reports under other names need a profile file: see docs/records-in.md, and give it with --profile."


def _not_recognised(header: Sequence[str]) -> str:
    """Why a header is not recognised: it proves nothing, lacks something, or is near no profile at all."""
    if street.is_of_outcomes(header):
        return (
            "holds outcomes of crimes, which data.police.uk publishes beside the crimes. It does not say what crimes "
            "they are, so nothing is counted from it. Import the street file of the same force and month "
            "(…-street.csv): it has the crimes, each with its last outcome."
        )
    if len([name for name in header if name.strip()]) == 1:
        return (
            f"has a header of one column, '{header[0].strip()[:60]}'. Columns are to be parted by "
            "comma, semicolon, tab or |: save it so, and import that."
        )
    could = [profile for profile in profiles().values() if not profile.missing(header)]
    nearest = _nearest(header, could)
    if could and (nearest is None or nearest in could):
        could.sort(key=lambda profile: profile is not nearest)
        kinds = " or ".join(f"'{profile.kind}'" for profile in could)
        return (
            f"could be {kinds} by its columns, but other files have these columns, too, so its header proves nothing. "
            f"If it is one, say so: --profile {could[0].kind}. {_OWN_FILE}"
        )
    if nearest is None:
        return f"has the header of no profile that is known, and none is near. {_OWN_FILE}"
    return (
        f"has the header of no profile that is known. Nearest is '{nearest.kind}', which also needs: "
        f"{', '.join(nearest.lacking_proof(header))}. Mend the header, or name a profile file with --profile."
    )


_NEAR = 0.5
"""How much of its columns a header must have for a profile to be near: a column that no other profile has counts 1."""
_USUAL = 0.2
"""What a column counts that a header has under a word that many files use."""


def _nearest(header: Sequence[str], could: Sequence[Profile]) -> Profile | None:
    """The profile with most of its own columns in a header, those weighing less that others have, too.

    Of two as near it is the one that the header *could* be of. None where no profile has at least half of what proves
    it there.
    """
    having = Counter(name for profile in profiles().values() for name in (*profile.columns, *profile.optional))
    names = {column_map.column_name(name) for name in header}

    def weight(profile: Profile) -> float:
        by_usual_words = profile.common_words or profile.known is not None
        return sum(
            _USUAL if by_usual_words and column_map.column_name(column) not in names else 1 / having[column]
            for column in profile.present(header)
        )

    near = [
        profile
        for profile in profiles().values()
        if 2 * len(profile.lacking_proof(header)) <= len(profile.lacking_proof([])) and weight(profile) >= _NEAR
    ]
    return max(near, key=lambda profile: (weight(profile), profile in could, -profile.gives_way), default=None)


def built_in(name: str) -> ColumnMap:
    """How a file of a named profile is read. Raises Refused for a name that is not known."""
    profile = profiles().get(name)
    if profile is None:
        raise Refused(f"There is no profile '{name}'. Use one of {', '.join(profiles())}, or a .toml file.")
    return profile.as_named()


def from_toml(text: str, file: str) -> ColumnMap:
    """Read a profile file of a user. Raises Refused for one that cannot be read or names what is not there."""
    mapped = {kind: profile.as_named() for kind, profile in profiles().items() if profile.mapped}
    found = column_map.from_toml(text, file, mapped, DEFAULT)
    for column, known in profiles()[found.kind].words.items():
        given = [*found.values.get(column, {}).values(), found.fixed.get(column, "")]
        if odd := [word for word in given if word.strip() and column_map.folded(word) not in known]:
            raise Refused(
                f"Profile {file}: {column} cannot be {toml_part.shown(odd[0])}; use one of: {', '.join(known)}."
            )
    return found

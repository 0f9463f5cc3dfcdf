"""The methods of ranking: one file each, one signature, one registry."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Refused
from core.methods import css, rfg, rfgv, rfh, v100, violence
from core.methods.base import Measures, Method, Part, Recipe, score

MODULES = (v100, rfg, rfgv, rfh, css, violence)
"""The file of every method, in the order in which methods are named."""
METHODS: Mapping[str, Method] = {module.METHOD.key: module.METHOD for module in MODULES}
"""Every method by the name it is asked for with."""


def method_named(text: str) -> Method:
    """The method of a name. Raises Refused for a name that is not known."""
    found = METHODS.get(text.strip().casefold())
    if found is None:
        raise Refused(f"There is no method '{text}'. Use one of: {', '.join(METHODS)}.", "No such method")
    return found


__all__ = ["METHODS", "MODULES", "Measures", "Method", "Part", "Recipe", "method_named", "score"]

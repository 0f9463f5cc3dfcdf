"""The kinds of strain there are. A new one is a module with ``KIND``, named here."""

from __future__ import annotations

from tests.strain import cells, damage, disks, keys, kills

KINDS = {module.KIND.name: module.KIND for module in (kills, disks, damage, cells, keys)}
"""Every kind by its name."""
ON_DEMAND = {kills.KEYS.name: kills.KEYS}
"""Those that are played only when they are asked for."""
EVERY = {**KINDS, **ON_DEMAND}

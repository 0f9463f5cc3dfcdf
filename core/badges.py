"""The signs that cohorts have in lists, by their keys, in the order that cohorts are named in.

Apart from their rules (:mod:`core.cohorts`), which a list of people is shown without.
"""

from __future__ import annotations

from collections.abc import Mapping

BADGES: Mapping[str, str] = {
    "v100": "V",
    "dauntless": "D",
    "dauntless-plus": "D+",
    "serial": "SP",
    "habitual-knife-carrier": "HKC",
    "iom-fixed": "FX",
    "iom-flex": "FL",
    "iom-free": "FR",
    "mappa": "M",
    "rso": "RSO",
    "rso-reactive": "RSR",
    "wanted-high-harm": "W",
    "orders": "O",
}

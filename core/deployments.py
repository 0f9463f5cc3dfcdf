"""Violent Crime Task Force units: strength, base, where they are sent and until when.

Source: DOMAIN.md section 6 (four bases, 272 officers from September 2018, tactics as listed there).
"""

from __future__ import annotations

COLUMNS = ("unit", "base", "officers", "ward_code", "tactic", "starts", "ends", "status")
STATUSES = ("free", "deployed", "stood down")
TACTICS = (
    "high-visibility patrol",
    "intelligence-led stop and search",
    "weapon sweep",
    "warrant",
    "manhunt",
    "knife arch",
    "ANPR",
    "plain-clothes patrol",
    "habitual knife carrier enquiries",
    "joint operation",
    "convoy",
)
"""Tactics to choose from; a convoy is named in the source without a definition, so it is a label only."""

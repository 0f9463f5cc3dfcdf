"""The tables of the store. They never leave ``db``: screens see frozen values made from them."""

from sqlmodel import SQLModel

from db.tables import deployments, focus, meetings, night, places, powers, records, runs, trust

__all__ = ["METADATA", "deployments", "focus", "meetings", "night", "places", "powers", "records", "runs", "trust"]

METADATA = SQLModel.metadata
"""Every table of the store: those of the modules above."""

"""The store: one file of records, read lightly, written one journaled command at a time."""

from db.store.opening import HEAD, REVISIONS, forget_unused, holds_nothing, make_store, open_store, revision_of, upgrade
from db.store.store import Clock, Store, default_path, utc_now

__all__ = [
    "HEAD",
    "REVISIONS",
    "Clock",
    "Store",
    "default_path",
    "forget_unused",
    "holds_nothing",
    "make_store",
    "open_store",
    "revision_of",
    "upgrade",
    "utc_now",
]

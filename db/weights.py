"""The weights of the ward composite that hold for a store: ``composite.toml`` beside it, else those that ship."""

from __future__ import annotations

from pathlib import Path

from core.composite_weights import Weights, default, read, written
from db import beside
from db.store import Store

FILE = "composite.toml"


def weights_of(store: Store) -> Weights:
    """The weights in force. Raises Problem where the file is there and cannot be read, Refused where it is wrong."""
    text = beside.read(store, FILE)
    return default() if text is None else read(text, FILE)


def save_weights(store: Store, weights: Weights) -> Path:
    """Put weights in force for everyone who opens this store; gives the file."""
    return beside.write(store, FILE, written(weights))

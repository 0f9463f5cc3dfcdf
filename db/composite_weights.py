"""The weights of the ward composite that hold for a store: those a command put in force, else those that ship."""

from __future__ import annotations

from core.applying import Unfit, all_or_none
from core.composite_weights import Weights, default, read, written
from db.store import Store, settings

FILE, TITLE = "composite.toml", "Weights of the ward composite"


def weights_of(store: Store) -> Weights:
    """The weights in force. Raises Problem where a file beside the store cannot be read, Refused where it is wrong."""
    text = settings.read(store, FILE)
    return default() if text is None else read(text, FILE)


def save_weights(store: Store, weights: Weights, *, meeting_id: int | None = None) -> None:
    """Put weights in force for everyone who opens this store. Raises Conflict where the meeting is sealed."""
    settings.write(store, FILE, TITLE, written(weights), meeting_id=meeting_id)


def refuse_same(store: Store, weights: Weights) -> None:
    """Raise Conflict where these weights hold already, so that to put them in force would change nothing."""
    if weights_of(store).parts == weights.parts:
        all_or_none([Unfit("", "What each part weighs", "is this already")])

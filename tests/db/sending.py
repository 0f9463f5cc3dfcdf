"""One unit sent to a ward, in one line."""

from __future__ import annotations

from datetime import datetime

from core.tactics import tactic_called
from db.deploying import Draft, against, task
from db.store import Store


def deploy(
    store: Store,
    unit_id: int,
    ward_code: str,
    tactic: str,
    starts: datetime,
    ends: datetime,
    *,
    why: str = "",
    meeting_id: int | None = None,
) -> int:
    """Send one unit to a ward for a time; a reason over-rules whatever stands against it. Raises as ``task``."""
    draft = Draft((unit_id,), ward_code, tactic_called(tactic), starts, ends)
    shown = [clash.key for clash in against(store, draft, store.now())] if why.strip() else []
    return task(store, draft, why=why, accepted=shown, meeting_id=meeting_id)

"""Which records a ranking run was made of, and whether they are those of the store now: conditions of a query on runs.

A run is read from a step of kept measures, and the step says how far the records had come: their last row, the last
file, and how many upsets had been until then. An upset is what no row tells of: a file withdrawn, an edition of weights
brought. A run that was made before there were steps is kept as it was, and of it neither is known.
"""

from __future__ import annotations

from core.rules import SHARED, stated
from db.scoring import MEASURES

RULES = stated((*SHARED, MEASURES))
"""The rules that measures are kept by: of what other rules measured, everyone is measured anew."""
NOW = (
    "SELECT (SELECT COALESCE(MAX(id), 0) FROM report_row), (SELECT COALESCE(MAX(id), 0) FROM batch), "
    "(SELECT COUNT(*) FROM batch WHERE withdrawn = 1) + (SELECT COUNT(*) FROM edition_file)"
)
"""The last row, the last file and the upsets of the records as they are."""
MADE_NOW = (
    "EXISTS (SELECT 1 FROM kept_step s WHERE s.id = run.step_id AND s.rules = :rules "  # noqa: S608 - from the code
    f"AND (s.last_row, s.batch_id, s.upsets) = ({NOW}))"
)
"""Runs that were made of the records as they are, by the rules that hold; with :data:`RULES` as ``rules``."""
LOST_NONE = (
    "(step_id IS NULL OR EXISTS (SELECT 1 FROM kept_step s WHERE s.id = run.step_id AND s.upsets = "
    "(SELECT COUNT(*) FROM batch WHERE withdrawn = 1 AND id <= s.batch_id) "
    "+ (SELECT COUNT(*) FROM edition_file WHERE batch_id <= s.batch_id)))"
)
"""Runs of which no file was withdrawn since: only the latest file can be, so one among theirs is one upset more."""

"""What is said of a fault that was not foreseen: where it is, and nothing that any record holds."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType


def unforeseen(kind: type[BaseException] | None, _error: BaseException | None, trace: TracebackType | None) -> str:
    """One sentence with the kind of fault and the line of the program it came from."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"
    name = kind.__name__ if kind else "Fault"
    return f"Unforeseen fault: {name} at {where}. Nothing was half-written; please report this line."

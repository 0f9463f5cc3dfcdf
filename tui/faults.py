"""What is said of a fault that was not foreseen: where it is, and nothing that any record holds."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from core.errors import Problem
from core.text import plain
from db.store.damage import opened_and_damaged


def unforeseen(kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> str:
    """One sentence: what a problem says of itself, that the store is damaged where it is, else the place of the fault.

    Of a fault there is its kind and the line of the program that it came from.
    """
    problem = error if isinstance(error, Problem) else opened_and_damaged()
    if problem is not None:
        return f"{plain(problem.title)}: {plain(problem.sentence)}"
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"
    name = kind.__name__ if kind else "Fault"
    return f"Unforeseen fault: {name} at {where}. Nothing was half-written; please report this line."

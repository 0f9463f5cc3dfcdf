"""How the program ends: a problem is one sentence on standard error and an exit code, never a traceback."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import TracebackType

from core.errors import Problem
from tui import exits
from tui.printing import complain, never_fail, not_text, tell


def ended_in_words(run: Callable[[], object]) -> None:
    """Run the program to its end."""
    sys.excepthook = _unforeseen
    if hasattr(signal, "SIGPIPE"):
        # A reader that stops early, like head, ends the command quietly, as it ends any other.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    leave_no_core()
    never_fail()
    try:
        run()
    except Problem as problem:
        complain(problem.title, problem.sentence)
        sys.exit(exits.REFUSED)
    except UnicodeEncodeError:  # of a name that no store can hold; before others, of which it is a kind
        complain("Not text", not_text(sys.argv))
        sys.exit(exits.REFUSED)
    except OSError as error:  # of a place that is named: too long, not to be entered, gone meanwhile
        place = error.filename or "a file"
        complain("Not usable", f"{place} cannot be used: {error.strerror}. Check the name and who may open it.")
        sys.exit(exits.REFUSED)
    except KeyboardInterrupt:
        tell("Stopped. Nothing was half-done.")
        sys.exit(exits.INTERRUPTED)


def leave_no_core() -> None:
    """Switch core dumps off: one would hold the records that were in memory, and the key of an encrypted store."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say where a fault is without showing what any record holds."""
    from tui.faults import unforeseen

    tell(unforeseen(kind, error, trace))

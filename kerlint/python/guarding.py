"""Code that may stop anywhere because something around it catches what it raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.python.budget import Raised
from kerlint.python.paths import undecided
from kerlint.python.scope import Frame
from kerlint.python.uncertainty import forgotten

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

GoOn = Callable[[int, Raised | None], int]


def guarded(
    interpreter: Interpreter,
    frame: Frame,
    body: Callable[[], int],
    go_on: GoOn,
    stopped: Callable[[], int],
    *,
    may_stop: bool = True,
) -> int:
    """Run `body`, then `go_on` with how it ended: its signal, or what it certainly raises.

    Where it only may raise, `stopped` runs on another path, on which what it changed is not known; not so if
    nothing around catches what it may raise (`may_stop`).
    """
    doubts, trail = interpreter.doubts, interpreter.trail
    trail.mark()
    interpreter.trying += 1
    around, interpreter.stopped = interpreter.stopped, []
    raised: Raised | None = None
    signal = 0
    try:
        signal = body()
    except Raised as error:
        raised = error
    except BaseException:
        trail.commit()
        raise
    finally:
        interpreter.trying -= 1
        stops, interpreter.stopped = interpreter.stopped, around
    if interpreter.doubts == doubts or not may_stop:
        trail.commit()
        return go_on(signal, raised)
    changes, result = trail.undo(), frame.result

    def as_walked() -> int:
        trail.redo(changes)
        frame.result = result
        return go_on(signal, raised)

    def stopped_somewhere() -> int:
        for partial in (changes, *stops):
            trail.redo(forgotten(partial))
        return stopped()

    return undecided(interpreter, frame, (as_walked, stopped_somewhere))

"""The way in. What needs no work is answered here, before anything heavy is imported."""

from __future__ import annotations

import gc
import os
import sys

from kerlint.version import VERSION

DEBUG = "KERLINT_DEBUG"
"""An environment variable: set, a defect of kerlint shows its traceback."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as a shell counts: 128 + SIGINT."""


def main(arguments: list[str] | None = None) -> int:
    """Run kerlint; returns the exit status: 0 nothing to report, 1 findings, 2 something could not be done.

    Without arguments those of the process are taken, and its end is the end of the process: taking down
    an interpreter that holds a parser costs more than linting a file.
    """
    if arguments is not None:
        return _guarded(arguments)
    status = _guarded(sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)


def _guarded(arguments: list[str]) -> int:
    was_enabled = gc.isenabled()
    gc.disable()  # imports make many objects and drop none; loading the core turns it on again
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("kerlint: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as error:  # the last seam: a user gets one line, never a traceback
        if DEBUG in os.environ:
            raise
        words = " ".join(str(error).split())
        print(f"kerlint: internal error: {type(error).__name__}: {words}", file=sys.stderr)
        return 2
    finally:
        if was_enabled:
            gc.enable()


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        print(f"kerlint {VERSION}")
        return 0
    from kerlint.replay import replay

    known = replay(arguments)
    if known is not None:
        from kerlint.shell.output import write

        write(known)
        return known.status
    from kerlint.commands import run

    return run(arguments)


def _closed_pipe() -> int:
    """The reader has seen enough (`kerlint | head`): end quietly, as a program ended by SIGPIPE would."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


if __name__ == "__main__":
    sys.exit(main())

"""The process of `kerlint server`: standard input and output are the protocol's."""

from __future__ import annotations

import gc
import logging
import os
import sys

from kerlint.cli import DEBUG
from kerlint.server.features import make_server

SWITCH_SECONDS = 0.001
"""How long a thread computes before another may; the linting thread must not hold up the protocol's."""


def serve() -> int:
    """Speak the protocol until the editor leaves; returns the exit status."""
    output = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints must not get between the messages
    if DEBUG not in os.environ:
        logging.getLogger("pygls").addHandler(logging.NullHandler())
        logging.getLogger("pygls").propagate = False
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()  # the linting thread collects when nobody waits
    make_server().start_io(stdout=output)
    return 0

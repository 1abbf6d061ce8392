"""Probes in the child: what a rule expects to see, looked for on the real objects of one run.

`probe` gives one verdict on one finding with one line of evidence. Any expectation that is met confirms; an
exception that has nothing to do with the finding, or something that was not reached, leaves it open; else the
finding is refuted.
"""

from __future__ import annotations

from kerlint.confirm.probing.judge import probe

__all__ = ["probe"]

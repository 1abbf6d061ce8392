"""What a static summary costs: against Keras building the model, against the parse of its files, in memory.

All in processes that have imported what they need, with a small model made first; medians of CPU seconds.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import libcst

from bench.static import source_of
from bench.subjects import Subject, application
from kerlint.loader import DiskLoader
from kerlint.summary import summarize

ROUNDS = 5
RESNET = application("keras/src/applications/resnet.py", "ResNet50(weights=None)")
LARGEST = application("keras/src/applications/nasnet.py", "NASNetLarge(weights=None)")
SMALL = application("keras/src/applications/vgg16.py", "VGG16(weights=None)")
_BUILD = """
import time, keras
keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
spent = []
for _ in range(3):
    keras.backend.clear_session()
    start = time.process_time()
    keras.applications.ResNet50(weights=None)
    spent.append(time.process_time() - start)
print(sorted(spent)[1])
"""


def report() -> bool:
    """Print the figures; whether the summary is 50 times faster than the building."""
    _static(SMALL)
    static, evaluation = median(_timed(lambda: _static(RESNET))), _evaluation(RESNET)
    built = _built()
    parse = _parse(RESNET)
    print(
        f"ResNet50: summary {static:.3f} s, built by Keras {built:.2f} s: {built / static:.0f} times faster"
    )
    print(
        f"ResNet50: evaluation {evaluation:.3f} s, bare parse of its files {parse:.3f} s: {evaluation / parse:.0%}"
    )
    for subject in (RESNET, LARGEST):
        print(f"{subject.call}: {_peak(subject):.0f} MB at most")
    return built >= 50 * static


def _static(subject: Subject) -> DiskLoader:
    loader = DiskLoader((str(subject.root),))
    summarize(source_of(subject), subject.call, target=subject.target, loader=loader)
    return loader


def _evaluation(subject: Subject) -> float:
    """The same once more with all that is needed parsed already."""
    loader, source = DiskLoader((str(subject.root),)), source_of(subject)
    again = _timed(lambda: summarize(source, subject.call, target=subject.target, loader=loader))
    return median(again[1:])


def _parse(subject: Subject) -> float:
    """libcst's own parse of the file and all that it imports."""
    files = [str(subject.root / subject.file), *_static(subject).files]
    texts = [Path(file).read_bytes() for file in files]
    return median(_timed(lambda: [libcst.parse_module(text) for text in texts]))


def _timed(run: Callable[[], object]) -> list[float]:
    spent = []
    gc.disable()
    for _ in range(ROUNDS):
        start = process_time()
        run()
        spent.append(process_time() - start)
        gc.collect()
    gc.enable()
    return spent


def _peak(subject: Subject) -> float:
    tracemalloc.start()
    _static(subject)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def _built() -> float:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    done = subprocess.run(
        [sys.executable, "-c", _BUILD], env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])

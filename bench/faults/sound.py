"""Sound programs in the styles of tutorials: nothing in them deserves a warning or an error."""

from __future__ import annotations

from bench.faults.sound_data import PROGRAMS as DATA
from bench.faults.sound_models import PROGRAMS as MODELS
from bench.faults.sound_training import PROGRAMS as TRAINING

SOUND: dict[str, str] = {**DATA, **MODELS, **TRAINING}

"""Random edits of model files, as in an editor: what is found while typing against a lint from scratch.

    python -m bench.edits [FILE ...] [--edits 200] [--seed 1] [--always]

Types, deletes, pastes and moves inside one definition after another, each time from the analysis before. Where
the editor evaluates a part only (`kerlint.server.quick`), its findings must be those of a lint of the whole text.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kerlint.linter import lint_bytes
from kerlint.server import quick
from kerlint.server.analysis import Analysis, analyse, known_layers
from kerlint.server.buffers import TextBuffer
from kerlint.server.configs import Configs
from kerlint.server.positions import Units
from kerlint.server.settings import ServerSettings
from kerlint.settings import LintSettings

SUBJECT = Path(__file__).with_name("editor_model.txt")
STAY = 6
"""Edits in one definition before the next one is visited."""
_DEFINITION = re.compile(r"^(?:def|class) ", re.MULTILINE)
_NUMBER = re.compile(r"\b\d+\b")
_WORDS = re.compile(r"\"\w+\"|\b\w+\b")
_TYPED = ("x", "layers.", "Dense", "(", ")", ", name='a'", "1", "  # kerlint: ignore", "None", "=")
_LINES = ("pass", "return None", "x = layers.Dense(3)", "y = 1", "model.compile(loss='mse')")


@dataclass(slots=True)
class Outcome:
    """What came of the edits of one file."""

    edits: int = 0
    quick: int = 0
    """Edits after which a part alone was evaluated."""
    wrong: list[str] = field(default_factory=list)
    """What is found in a part and not in the whole, or the other way round, in a line each."""


class Typist:
    """Somebody who edits one file."""

    def __init__(self, path: Path, text: str, seed: int) -> None:
        self.path = str(path.with_suffix(".py").absolute())
        self.lines = text.split("\n")
        self.random = random.Random(seed)
        settings = Configs(ServerSettings(), str(path.parent)).settings(self.path)
        assert settings is not None
        self.settings: LintSettings = settings
        self.outcome = Outcome()
        self._sound = self.lines
        self._revision = 0
        self.analysis = self._analysed(self.lines, None, may_be_quick=False)

    def _analysed(self, lines: list[str], before: Analysis | None, *, may_be_quick: bool) -> Analysis:
        self._revision += 1
        buffer = TextBuffer("file:///a.py", self.path, 1, "\n".join(lines), Units("utf-16"), self._revision)
        return analyse(buffer.snapshot(), self.settings, before, {}, lambda: False, may_be_quick=may_be_quick)

    def edit(self, edits: int) -> Outcome:
        """Make so many edits, and look at each."""
        while self.outcome.edits < edits:
            starts = [row for row, line in enumerate(self.lines) if _DEFINITION.match(line)]
            if not starts:
                break
            place = self.random.randrange(len(starts))
            for _ in range(STAY):
                end = starts[place + 1] if place + 1 < len(starts) else len(self.lines)
                self._edit_between(starts[place], min(end, len(self.lines)))
            self._pause()
        return self.outcome

    def _edit_between(self, start: int, end: int) -> None:
        lines = self.lines
        while lines == self.lines:
            row = self.random.randrange(start, max(end, start + 1))
            lines = changed(self.random, self.lines, min(row, len(self.lines) - 1))
        analysis = self._analysed(lines, self.analysis, may_be_quick=True)
        self.outcome.edits += 1
        if analysis.is_broken and self.random.random() < 0.8:
            return  # taken back, as what is half typed is soon whole
        self.lines, self.analysis = lines, analysis
        if analysis.is_quick:
            self.outcome.quick += 1
            fresh = lint_bytes(analysis.snapshot.data, self.path, self.settings).findings
            self.outcome.wrong += _differences(analysis, set(analysis.findings), set(fresh))

    def _pause(self) -> None:
        """Nobody types: all is linted, and the hints are those of an editor that has just been opened."""
        if self.analysis.is_broken:
            self.lines = self._sound
        self.analysis = self._analysed(self.lines, self.analysis, may_be_quick=False)
        if not self.analysis.is_broken:
            self._sound = self.lines
            anew = self._analysed(self.lines, None, may_be_quick=False)
            self.outcome.wrong += _differences(self.analysis, set(self.analysis.findings), set(anew.findings))
            if repr(known_layers(self.analysis)) != repr(known_layers(anew)):
                self.outcome.wrong.append("other layers are known than when it is opened anew")
            self.analysis = anew


def changed(rng: random.Random, lines: list[str], row: int) -> list[str]:
    """The lines with one of them edited."""
    line, made = lines[row], lines[:]
    indent = line[: len(line) - len(line.lstrip())]
    column = rng.randrange(len(line) + 1)
    alike = [one for one in lines if one.strip() and one.startswith(indent) and one[len(indent)] != " "]
    kinds = ("number", "word", "delete", "type", "paste", "write", "double", "swap")
    match rng.choices(kinds, (16, 8, 4, 4, 4, 6, 1, 1))[0]:
        case "number":
            made[row] = _NUMBER.sub(lambda _: str(rng.choice((0, 1, 2, 3, 10, 128))), line, count=1)
        case "word":
            made[row] = _WORDS.sub(lambda found: rng.choice(('"softmax"', found[0], "relu")), line, count=3)
        case "delete":
            made[row] = line[:column] + line[column + rng.randrange(1, 8) :]
        case "type":
            made[row] = line[:column] + rng.choice(_TYPED) + line[column:]
        case "paste":
            made[row] = rng.choice(alike or [line])
        case "write":
            made[row] = indent + rng.choice(_LINES)
        case "double":
            made.insert(row, line)
        case "swap":
            made[row - 1], made[row] = made[row], made[row - 1]
    return made


def _differences(analysis: Analysis, found: set[object], wanted: set[object]) -> Iterator[str]:
    for word, findings in (("too much", found - wanted), ("lacks", wanted - found)):
        for finding in findings:
            yield f"{word} after edit {analysis.snapshot.revision}: {finding}"


def main() -> None:
    """Edit the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[SUBJECT], metavar="FILE")
    parser.add_argument("--edits", type=int, default=200, help="in each file (default 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--always", action="store_true", help="evaluate parts even where little is saved")
    arguments = parser.parse_args()
    if arguments.always:
        quick.WORTH = 0.0
    is_wrong = False
    for path in arguments.files:
        text = path.read_text(encoding="utf-8", errors="replace")
        outcome = Typist(path, text, arguments.seed).edit(arguments.edits)
        print(f"{path}: {outcome.edits} edits, {outcome.quick} quick, {len(outcome.wrong)} wrong", flush=True)
        print(*outcome.wrong[:5], sep="\n", end="\n" if outcome.wrong else "")
        is_wrong = is_wrong or bool(outcome.wrong)
    sys.exit(is_wrong)


if __name__ == "__main__":
    main()

"""A run made by hand: small sources, and findings at places found in them by their text."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pytest

from kerlint.findings import (
    Applicability,
    Confidence,
    Edit,
    Finding,
    Fix,
    GaveUp,
    Location,
    Region,
    Related,
    Severity,
    Verdict,
)
from kerlint.report.run import Details, Run, split_lines

FOLDER = "/work/project"

GAN = """\
from keras.optimizers import Adam

opt = Adam(2e-4)
discriminator = build_discriminator()
discriminator.compile(optimizer=opt, loss="binary_crossentropy")

gan = stack(generator, discriminator)
gan.compile(
    optimizer=opt,
    loss="binary_crossentropy",
)
"""

VGG = """\
def build(größe):
\tmodel = Sequential()
\tmodel.add(Conv2D(32, 3, activation="relu", name="画像"))
\tmodel.add(Conv2D(64, 3, name="e\N{COMBINING ACUTE ACCENT}tage"))
\tmodel.add(MaxPooling2D(3))
\treturn model
"""

CELL = """\
%matplotlib inline
x = MaxPooling2D(3, padding="same")(x)
"""

SOURCES: Mapping[tuple[str, int | None], str] = MappingProxyType(
    {
        (f"{FOLDER}/src/gan.py", None): GAN,
        (f"{FOLDER}/src/a b,c:d%.py", None): VGG,
        (f"{FOLDER}/study.ipynb", 3): CELL,
    }
)


@dataclass(frozen=True)
class Rule:
    """As much of a rule as the formats look at."""

    code: str
    name: str
    severity: Severity
    documentation: str

    @property
    def summary(self) -> str:
        return self.documentation.partition("\n")[0]

    @property
    def url(self) -> str:
        return f"https://kerlint.readthedocs.io/rules/{self.name}/"


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            Rule(
                "KER101",
                "optimizer-reused",
                Severity.ERROR,
                "An optimizer belongs to one model.\n\nIts slots are made for\nthat model's variables.\n\n"
                "Bad:\n```python\na.compile(opt)\n```\n",
            ),
            Rule("KER201", "conv-no-activation", Severity.WARNING, "Two affine layers are one.\n"),
            Rule("KER301", "implicit-pool-strides", Severity.INFO, "Pooling strides follow the pool size.\n"),
        )
    }
)


def lines(filename: str, cell: int | None) -> Sequence[str] | None:
    """The sample sources, as the command line hands them to renderers."""
    source = SOURCES.get((filename, cell))
    return None if source is None else split_lines(source)


def at(file: str, text: str, *, cell: int | None = None, nth: int = 1) -> Location:
    """The place of the nth occurrence of a text in a sample source."""
    filename = f"{FOLDER}/{file}"
    source = SOURCES[filename, cell]
    start = -1
    for _ in range(nth):
        start = source.index(text, start + 1)
    region = Region(*_row_and_column(source, start), *_row_and_column(source, start + len(text)))
    return Location(filename, region, region, cell, None if cell is None else 40 + region.start_row)


def _row_and_column(source: str, offset: int) -> tuple[int, int]:
    before = source[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def insertion(file: str, after: str, content: str, *, cell: int | None = None, nth: int = 1) -> Edit:
    """An edit that inserts a content right after a text."""
    found = at(file, after, cell=cell, nth=nth)
    region = found.region
    end = Region(region.end_row, region.end_column, region.end_row, region.end_column)
    return Edit(Location(found.filename, end, end, cell, found.file_row), content)


ODD = "src/a b,c:d%.py"

FINDINGS = (
    Finding(
        "KER201",
        "conv-no-activation",
        Severity.WARNING,
        "`étage` is linear: it and `größe` are one affine map, 100%: see\nthe next layer",
        at(ODD, 'Conv2D(64, 3, name="e\N{COMBINING ACUTE ACCENT}tage")'),
        confidence=Confidence.LIKELY,
        fix=Fix(
            "give it the activation of its siblings",
            (insertion(ODD, 'Conv2D(64, 3, name="e\N{COMBINING ACUTE ACCENT}tage"', ', activation="relu"'),),
            Applicability.UNSAFE,
        ),
    ),
    Finding(
        "KER301",
        "implicit-pool-strides",
        Severity.INFO,
        "strides of `max_pooling2d` follow pool_size: (3, 3)",
        at(ODD, "MaxPooling2D(3)"),
        fix=Fix(
            "write the strides",
            (insertion(ODD, "MaxPooling2D(", "pool_size="), insertion(ODD, "MaxPooling2D(3", ", strides=3")),
            Applicability.SAFE,
        ),
    ),
    Finding(
        "KER101",
        "optimizer-reused",
        Severity.ERROR,
        "`opt` trains `gan` but was made for `discriminator`",
        at("src/gan.py", GAN[GAN.index("gan.compile(") :].rstrip("\n")),
        related=(
            Related(at("src/gan.py", "optimizer=opt"), "first compiled here"),
            Related(at("src/gan.py", "Adam(2e-4)"), "made here"),
        ),
        verdict=Verdict("confirmed", "second fit raised ValueError: Unknown variable"),
    ),
    Finding(
        "KER301",
        "implicit-pool-strides",
        Severity.WARNING,
        "strides of `max_pooling2d` follow pool_size: (3, 3), overlapping was meant",
        at("study.ipynb", 'MaxPooling2D(3, padding="same")', cell=3),
        related=(Related(at("study.ipynb", "x", cell=3, nth=2), "the map that shrinks"),),
        fix=Fix(
            "write the strides",
            (insertion("study.ipynb", "MaxPooling2D(3", ", strides=3", cell=3),),
            Applicability.SAFE,
        ),
    ),
)

PROBLEMS = (("src/broken.ipynb", "malformed notebook: no cells"),)

DETAILS = Details(
    gave_up=(GaveUp(at("src/gan.py", "build_discriminator()"), "unknown function"),),
    seconds={"parse": 0.25, "KER101": 0.001},
    suppressed=2,
)

MakeRun = Callable[..., Run]


@pytest.fixture
def make_run() -> MakeRun:
    """A function that makes the sample run, with any of its fields changed."""

    def make(**changes: object) -> Run:
        fields: dict[str, object] = {
            "findings": FINDINGS,
            "checked": 7,
            "folder": FOLDER.replace("/", os.sep),
            "lines": lines,
            "rules": lambda: RULES,
        }
        return Run(**{**fields, **changes})  # type: ignore[arg-type]

    return make


@pytest.fixture
def sample_run(make_run: MakeRun) -> Run:
    """Four findings in three files: every feature of a finding occurs."""
    return make_run()


@pytest.fixture
def full_run(make_run: MakeRun) -> Run:
    """The sample run with a problem and the data of `--verbose`."""
    return make_run(problems=PROBLEMS, details=DETAILS, started=86_400.0, seconds=1.5)


@pytest.fixture
def empty_run(make_run: MakeRun) -> Run:
    """Seven clean files."""
    return make_run(findings=())


@pytest.fixture
def hostile_run(make_run: MakeRun) -> Run:
    """One finding whose texts hold control characters, markup, escapes and half a surrogate pair."""
    nasty = "a\x1b[31m]]></x>&\"'<::error::%0A\r\n\x00\u202e\udcff \N{GRINNING FACE}"
    finding = Finding(
        "KER301",
        "implicit-pool-strides",
        Severity.ERROR,
        nasty,
        Location(f"{FOLDER}/{nasty[:9]}\udcff.py", Region(1, 1, 1, 2), Region(1, 1, 1, 2)),
        related=(Related(at("src/gan.py", "opt"), nasty),),
        fix=Fix(nasty, (insertion("src/gan.py", "opt", nasty),), Applicability.SAFE),
        verdict=Verdict("inconclusive", nasty),
    )
    return make_run(findings=(finding,), problems=((nasty[:9], nasty), ("", nasty)))

"""One finding before one recording: what it speaks of among the real objects, and what can be said of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kerlint.confirm.recording import Event, Made, Recording, Spot, within

CONFIRMED, REFUTED, INCONCLUSIVE = "confirmed", "refuted", "inconclusive"
COLOUR = re.compile("\x1b\\[[0-9;]*m")
LONGEST = 240
"""Characters of evidence: it is one line of a terminal or two."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one expectation came to, with the words of the real objects."""

    status: str
    evidence: str


def holds(evidence: str) -> Outcome:
    """It was seen."""
    return Outcome(CONFIRMED, one_line(evidence))


def fails(evidence: str) -> Outcome:
    """It was looked for, and the opposite was seen."""
    return Outcome(REFUTED, one_line(evidence))


def unseen(evidence: str) -> Outcome:
    """It could not be looked at."""
    return Outcome(INCONCLUSIVE, one_line(evidence))


def one_line(words: str, most: int = LONGEST) -> str:
    """Words as one line that is not too long."""
    flat = " ".join(COLOUR.sub("", words).split())
    return flat if len(flat) <= most else flat[: most - 3] + "..."


@dataclass(frozen=True)
class Case:
    """A finding, as the plan writes it down, and the recording of its program."""

    recording: Recording
    region: Spot
    related: tuple[tuple[Spot, str], ...] = ()
    message: str = ""
    step: str = "construct"
    expects: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)

    @classmethod
    def of(cls, recording: Recording, finding: Mapping[str, Any]) -> Case:
        """The case of a finding of a request."""
        return cls(
            recording,
            _spot(finding["region"]),
            tuple((_spot(place), place[4]) for place in finding.get("related", ())),
            finding.get("message", ""),
            finding.get("step", "construct"),
            tuple(finding.get("expects", ())),
        )

    @property
    def places(self) -> Iterator[Spot]:
        """The flagged place, and those that explain it."""
        yield self.region
        yield from (place for place, _ in self.related)

    @cached_property
    def subjects(self) -> list[Made]:
        """The objects that the flagged place made: by that very call, else by the call that it is in."""
        return made_at(self.recording, self.region)

    @cached_property
    def others(self) -> list[Made]:
        """The objects that the related places made, without those of the flagged one."""
        known = {id(made.object) for made in self.subjects}
        found = (made for place, _ in self.related for made in made_at(self.recording, place))
        return _unique(made for made in found if id(made.object) not in known)

    @cached_property
    def events(self) -> list[Event]:
        """What was done at the flagged place: by that call, else by the call that it is an argument of."""
        return events_at(self.recording, self.region)

    @cached_property
    def related_events(self) -> list[Event]:
        """What was done at the related places."""
        found = (event for place, _ in self.related for event in events_at(self.recording, place))
        return list({event.order: event for event in found}.values())

    @cached_property
    def models(self) -> list[Any]:
        """The models that the finding speaks of, those named by an event first."""
        found = [event.model for event in (*self.events, *self.related_events) if _is_model(event.model)]
        for made in (*self.subjects, *self.others):
            found += [made.object] if made.kind == "model" else self.recording.models_with(made.object)
        for layer in self.layers:
            found += self.recording.models_with(layer)
        found += self._users(made.object for made in self.subjects)
        for thing in self.of_class if not found else ():
            found += [thing] if _is_model(thing) else self.recording.models_with(thing)
        return list({id(model): model for model in found}.values())

    def _users(self, things: Iterable[Any]) -> list[Any]:
        """The models whose compile or training was given one of these objects."""
        wanted = {id(thing) for thing in things}
        return [
            event.model
            for event in self.recording.events
            if _is_model(event.model) and any(id(value) in wanted for value in _values(event.arguments))
        ]

    def trainings(self, model: Any) -> list[Event]:
        """The program's own trainings of a model, in order; if it has none, the step made for the probe."""
        kinds = ("fit", "train_on_batch")
        found = [event for event in self.recording.events_of(model) if event.kind in kinds]
        return [event for event in found if event.own] or found

    @cached_property
    def layers(self) -> list[Any]:
        """The layers that the flagged place made or called, or is an argument of."""
        made = [one for one in self.subjects if one.kind == "layer"] or self._around("layer")
        found = [one.object for one in made]
        found += [event.model for event in self.events if event.kind == "call" and not _is_model(event.model)]
        return list({id(layer): layer for layer in found}.values())

    def _around(self, kind: str) -> list[Made]:
        """The objects of a kind whose call is the innermost around the flagged place."""
        around = [
            made
            for made in self.recording.made
            if made.kind == kind and made.region and within(self.region, made.region)
        ]
        innermost = min((made.region for made in around if made.region), key=_extent, default=None)
        return [made for made in around if made.region == innermost]

    @cached_property
    def of_class(self) -> list[Any]:
        """The objects of the class in which the flagged place stands."""
        names = {
            node.name
            for node in ast.walk(ast.parse(self.recording.text))
            if isinstance(node, ast.ClassDef)
            and node.lineno <= self.region[0] <= (node.end_lineno or node.lineno)
        }
        made = [made.object for made in self.recording.made]
        return [thing for thing in made if names & {base.__name__ for base in type(thing).__mro__}]

    @property
    def text(self) -> str:
        """The flagged text."""
        return text_at(self.recording.text, self.region)


def made_at(recording: Recording, region: Spot) -> list[Made]:
    """What a call made; for a part of a call, what the innermost call around it made."""
    found = recording.at(region)
    if found:
        outermost = max((made.region for made in found if made.region), key=_extent)
        return _direct([made for made in found if made.region == outermost])
    around = [made for made in recording.made if made.region and within(region, made.region)]
    innermost = min((made.region for made in around if made.region), key=_extent, default=None)
    return _direct([made for made in around if made.region == innermost])


def _direct(found: list[Made]) -> list[Made]:
    """What the program itself made, not what Keras made for it, where there are both."""
    return [made for made in found if made.direct] or found


def events_at(recording: Recording, region: Spot) -> list[Event]:
    """What a call did; for a part of a call, what the innermost call around it did."""
    found = recording.events_at(region)
    if found:
        return found
    around = [event for event in recording.events if event.region and within(region, event.region)]
    innermost = min((event.region for event in around if event.region), key=_extent, default=None)
    return [event for event in around if event.region == innermost]


def text_at(text: str, region: Spot) -> str:
    """The program's text in a region."""
    lines = text.split("\n")[region[0] - 1 : region[2]]
    if not lines:
        return ""
    lines[-1] = lines[-1][: region[3] - 1]
    lines[0] = lines[0][region[1] - 1 :]
    return "\n".join(lines)


def named(thing: Any) -> str:
    """An object in a few words: `Conv2D conv2d_1`."""
    name = getattr(thing, "name", None)
    kind = type(thing).__name__
    return f"{kind} {name}" if isinstance(name, str) and name != kind else kind


def _extent(region: Spot) -> tuple[int, int]:
    rows = region[2] - region[0]
    return rows, region[3] - region[1] if rows == 0 else region[3]


def _spot(place: Any) -> Spot:
    row, column, end_row, end_column = place[:4]
    return row, column, end_row, end_column


def _unique(found: Iterable[Made]) -> list[Made]:
    return list({id(made.object): made for made in found}.values())


def _is_model(thing: Any) -> bool:
    return hasattr(thing, "fit") and hasattr(thing, "compile")


def _values(arguments: Mapping[str, Any]) -> Iterator[Any]:
    for value in arguments.values():
        yield value
        if isinstance(value, list | tuple):
            yield from value
        elif isinstance(value, dict):
            yield from value.values()

"""kerlint's side of `bench.summary`: what `kerlint summary FILE:CALL` says of a subject."""

from __future__ import annotations

from bench.subjects import Subject
from kerlint.loader import DiskLoader
from kerlint.model.entry import NotThere
from kerlint.source import Source, read
from kerlint.summary import summarize
from kerlint.summary.table import Table


def source_of(subject: Subject) -> Source:
    """The file, with the names that are hidden from kerlint imported at its end from nowhere."""
    path = subject.root / subject.file
    return read(path.read_bytes() + subject.hidden_imports().encode(), str(path))


def recovered(subject: Subject) -> list[Table]:
    """The forms of the subject's model that kerlint tells apart; none if it does not know of one."""
    loader = DiskLoader((str(subject.root),))
    try:
        found = summarize(source_of(subject), subject.call, target=subject.target, loader=loader)
    except NotThere:
        return []
    return list(found.models)

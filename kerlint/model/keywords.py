"""Where the keyword of an argument stands, and how an argument is renamed or taken out of its call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.model.call_sites import Origin
from kerlint.places import Place, SourceEdit

if TYPE_CHECKING:
    import libcst as cst

    from kerlint.model.call_sites import Argument, CallSite


def _written(site: CallSite, argument: Argument) -> cst.Arg | None:
    """The argument as it is spelled in the call; None where it is not spelled there."""
    import libcst as cst  # rules import this module at start-up, where no parser is wanted

    call, place = site.place.node, argument.place
    if not isinstance(call, cst.Call) or place is None or argument.origin is not Origin.WRITTEN:
        return None
    return next((each for each in call.args if each.value is place.node and not each.star), None)


def keyword_place(site: CallSite, argument: Argument) -> Place | None:
    """The keyword's own place; None for what is given by position, unpacked, or elsewhere."""
    found = _written(site, argument)
    if found is None or found.keyword is None:
        return None
    return Place(site.place.statement, found.keyword, None, site.place.chain)


def argument_place(site: CallSite, argument: Argument) -> Place:
    """The argument with its keyword; the value, or the call, where that is not known."""
    found = _written(site, argument)
    if found is None or found.keyword is None:
        return argument.place or site.place
    return Place(site.place.statement, found, None, site.place.chain)


def renaming(site: CallSite, argument: Argument, name: str) -> SourceEdit | None:
    """An edit that gives the argument another keyword; None where the call has that one already."""
    place = keyword_place(site, argument)
    taken = site.arguments.get(name)
    if place is None or (taken is not None and taken.is_given):
        return None
    return place.replacing(name)


def removing(site: CallSite, argument: Argument) -> SourceEdit | None:
    """An edit that takes the argument out of its call, with the comma that goes with it."""
    import libcst as cst

    found, call, statement = _written(site, argument), site.place.node, site.place.statement
    if found is None or found.keyword is None or not isinstance(call, cst.Call):
        return None
    index = call.args.index(found)
    start, end = statement.span(found)
    if index + 1 < len(call.args):
        end = statement.span(call.args[index + 1])[0]
    elif index > 0:
        start = statement.span(call.args[index - 1])[1]
    if "#" in statement.text[start:end]:
        return None
    base = statement.start
    return SourceEdit(statement.source, ((base + start, base + end, ""),))

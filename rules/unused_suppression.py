"""A suppression comment that silences nothing hides the next real finding on its line.

Comments outlive the code they were written for: the layer is fixed, the rule is renamed, the code is
misspelt, and the comment stays. Whoever breaks the line again is then told nothing. kerlint reports a
comment, or one entry of its list, when the rules that it names ran and found nothing at its statement;
an entry that names no rule; and a comment that begins like a suppression and is none.

Only what can be known is reported: an entry for a rule that did not run (not selected, or ignored in the
configuration) is left alone, a bare `# kerlint: ignore` is judged only when every default rule ran, and of
`# noqa` comments only kerlint's own codes are looked at.

Bad:

```python
from keras import layers

pool = layers.MaxPooling2D(2, strides=2)  # kerlint: ignore[implicit-pool-strides]
# ^ KER002: silences nothing
```

Good:

```python
from keras import layers

pool = layers.MaxPooling2D(2)  # kerlint: ignore[implicit-pool-strides] -- the paper pools this way
```

Fix safety: safe. The fix takes away the entry, or the comment with its reason; the program is the same. A
misspelt entry is left for you to correct. To keep a comment nobody needs today, add `unused-suppression` to
its list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Edit, Location, Severity
from kerlint.probes import Unconfirmable
from kerlint.suppress import Reason, UnusedDirective

if TYPE_CHECKING:
    from kerlint.source import Place, SourceEdit

PROBE = Unconfirmable("it speaks of a comment, not of a model")

BAD = {
    "The strides are written, so there is nothing to silence": """
        from keras import layers

        pool = layers.MaxPooling2D(2, strides=2)  # kerlint: ignore[KER301]
        # ^ KER002: silences nothing
    """,
    "A whole file is excused from a hazard that it does not have": """
        # kerlint: ignore-file[optimizer-reused]
        # ^ KER002: silences nothing
        import keras

        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile(keras.optimizers.Adam(), "mse")
    """,
    "A noqa names our code only": """
        from keras import layers

        pool = layers.MaxPooling2D(2, strides=2)  # noqa: KER301
        # ^ KER002: `KER301` silences nothing
    """,
    "The rule is misspelt": """
        from keras import layers

        pool = layers.MaxPooling2D(2)  # kerlint: ignore[implicit-pool-stride]
        # ^ KER002: did you mean implicit-pool-strides?
    """,
    "The codes stand without brackets": """
        from keras import layers

        pool = layers.MaxPooling2D(2)  # kerlint: ignore KER301
        # ^ KER002: write ignore[KER301]
    """,
    "A bare comment over a statement without findings": """
        from keras import layers

        # kerlint: ignore
        # ^ KER002: silences nothing
        pool = layers.MaxPooling2D(2, strides=2)
    """,
}

GOOD = {
    "The finding is there": """
        from keras import layers

        pool = layers.MaxPooling2D(2)  # kerlint: ignore[KER301]
    """,
    "The comment stands above the call, and the finding is inside it": """
        from keras import layers, Sequential

        # kerlint: ignore[implicit-pool-strides]
        model = Sequential([
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(2),
        ])
    """,
    "Other tools' codes are none of our business": """
        import keras  # noqa: F401
    """,
    "Text that looks like a comment is none": """
        import keras

        help = "# kerlint: ignore[KER301]"
    """,
    "The author wants to keep it": """
        from keras import layers

        pool = layers.MaxPooling2D(2, 2)  # kerlint: ignore[KER301, unused-suppression]
    """,
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place outside the code: all that a finding asks of one."""

    location: Location


@dataclass(frozen=True, slots=True)
class _Change:
    """An edit that is known already."""

    edit: Edit

    def edits(self) -> tuple[Edit, ...]:
        """The one edit."""
        return (self.edit,)


@rule("KER002", Severity.WARNING, over="suppressions", fixable=True)
def check(unused: Iterable[UnusedDirective]) -> Iterator[Hit]:
    """One hit for each directive and reason."""
    for directive in unused:
        place = cast("Place", _Spot(directive.location))
        yield Hit(place, _message(directive), fix=_fix(directive))


def _message(directive: UnusedDirective) -> str:
    entries = ", ".join(f"`{code}`" for code in directive.codes) or "the comment"
    silences = "silences" if len(directive.codes) < 2 else "silence"
    where = "in this file" if directive.whole_file else "at this statement"
    hint = f"; did you mean {directive.hint}?" if directive.hint else ""
    match directive.reason:
        case Reason.UNUSED:
            return f"{entries} {silences} nothing: no such finding {where}"
        case Reason.UNKNOWN:
            return f"{entries} {silences} nothing: no such rule{hint}"
        case Reason.MALFORMED:
            return f"`{directive.text}` silences nothing: not a suppression ({directive.hint})"


def _fix(directive: UnusedDirective) -> Suggestion | None:
    if directive.edit is None:
        return None
    entries = ", ".join(directive.codes)
    title = f"Remove {entries} from the suppression" if directive.edit.content else "Remove the suppression"
    return Suggestion(title, (cast("SourceEdit", _Change(directive.edit)),), safe=True)

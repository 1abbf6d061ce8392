"""Pixels are scaled twice, or in another way than the model was trained with.

`EfficientNet`, `MobileNetV3` and `ConvNeXt` scale inside and want 0 to 255; divided before, their inputs are
below 0.004, which looks like a black picture. So does a `Rescaling` layer behind data that are divided already.
Every other application wants what the `preprocess_input` of its own module makes.

Asked of Keras 3.15: silent. `EfficientNetB0` begins with `Rescaling`, and `preprocess_input` of `efficientnet`
hands its argument on. `ImageDataGenerator` applies `preprocessing_function` first and `rescale` then.

Bad:

```python
import keras
from keras import layers

data = keras.utils.image_dataset_from_directory('photos', image_size=(64, 64))
data = data.map(lambda image, label: (image / 255.0, label))
model = keras.Sequential([
    keras.Input((64, 64, 3)),
    layers.Rescaling(1 / 255),  # KER804 warning: scaled already
    layers.Flatten(),
    layers.Dense(5),
])
model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(data)
```

Good:

```python
import keras
from keras import layers

data = keras.utils.image_dataset_from_directory('photos', image_size=(64, 64))
model = keras.Sequential([
    keras.Input((64, 64, 3)),
    layers.Rescaling(1 / 255),
    layers.Flatten(),
    layers.Dense(5),
])
model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(data)
```

How to fix: scale in one place, best in the model, and take `preprocess_input` from the module of the model.

See: https://keras.io/api/applications/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.scalings import SCALES_ITSELF, given, wanted
from kerlint.model.call_sites import CallSite
from kerlint.model.data_facts import ArrayFact, GeneratorFact
from kerlint.model.facts import Node, Program
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Symbol

from ._examples_model_input_rescaled_twice import BAD, GOOD
from ._fits import Fed, fed, single
from ._front import front, scales
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.COMPILE, (Holds(Property.RANGE_DIFFERS),))


def _is_divided(fact: ArrayFact) -> bool:
    """Whether these are pixels that were divided."""
    is_small = fact.low == 0 and fact.high is not None and 0 < fact.high <= 1.01 and fact.tight
    source = fact.source or ""
    return is_small and (fact.scaled == "divided" or source.endswith("_from_directory"))


def _application(node: Node | None) -> CallSite | None:
    """The call of `keras.applications` that a node applies, with the weights that want one scale."""
    operation = node.operation if node is not None else None
    if operation is None or operation.kind != "model" or operation.site is None:
        return None
    site = operation.site
    weights = site.value("weights")
    plain = site.value("include_preprocessing") is True or "include_preprocessing" not in site.arguments
    return site if site.exact and weights == "imagenet" and plain else None


def _preprocessing(one: Fed, fact: ArrayFact) -> str | None:
    """The `preprocess_input` that the data went through."""
    if isinstance(one.whole, GeneratorFact):
        function = one.whole.factory.value("preprocessing_function")
        return function.dotted if isinstance(function, Symbol) else None
    return fact.scaled


def _of_model(one: Fed) -> Iterator[Hit]:
    found, fact = front(one.model), single(one.x)
    if found is None or fact is None:
        return
    rescaling = next((node for node in found.passed if scales(node)), None)
    related = ((one.x_place, "the data"),)
    if rescaling is not None and _is_divided(fact):
        place = rescaling.operation.place or one.x_place
        words = f"{one.x_text} is scaled already, 0 to {fact.high:g}, and this divides it once more"
        yield Hit(place, words, related=related)
    site = _application(found.first)
    want = None if site is None or found.passed else wanted(site.symbol)
    if site is None or want is None:
        return
    name = site.symbol.rpartition(".")[2]
    done = _preprocessing(one, fact)
    made = None if done is None else given(done)
    if want == SCALES_ITSELF and _is_divided(fact):
        yield Hit(
            site.place, f"{name} scales 0 to 255 itself, but {one.x_text} is divided before", related=related
        )
    elif made is not None and done is not None and made != want:
        module = done.split(".")[-2]
        words = f"{name} wants pixels {want}, but preprocess_input of {module} gives {made}"
        yield Hit(site.place, words, confidence=Confidence.LIKELY, related=related)


def _of_factory(program: Program) -> Iterator[Hit]:
    """One generator that divides and preprocesses."""
    for site in program.calls:
        function = (
            site.value("preprocessing_function") if "preprocessing_function" in site.arguments else None
        )
        rescale = site.value("rescale") if isinstance(function, Symbol) else None
        if not isinstance(function, Symbol) or not isinstance(rescale, float):
            continue
        made = given(function.dotted)
        if made is not None and made != SCALES_ITSELF:
            yield Hit(
                site.place,
                f"preprocess_input makes the pixels {made}, and rescale divides the result once more",
            )


@rule("KER804", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report inputs that are scaled twice or in another way than the model's, once a place."""
    yield from once((*_of_factory(program), *(hit for one in fed(program) for hit in _of_model(one))))

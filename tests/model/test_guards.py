"""Code that is prepared to fail, or written for one version of Keras, is known as such."""

from __future__ import annotations

import pytest

from kerlint.model.guards import is_guarded

from .helpers import program_of

GUARDED = {
    "a try with a handler": "try:\n    x = layers.Dense(3)\nexcept TypeError:\n    x = None\n",
    "the handler itself": "try:\n    x = keras.made_up()\nexcept TypeError:\n    x = layers.Dense(3)\n",
    "pytest.raises": "import pytest\nwith pytest.raises(ValueError):\n    layers.Dense(3)\n",
    "a version test": "if keras.__version__ < '3':\n    layers.Dense(3)\n",
    "the other arm of a version test": "if IS_KERAS_3:\n    pass\nelse:\n    layers.Dense(3)\n",
    "a caller in a try": "def f():\n    return layers.Dense(3)\ntry:\n    f()\nexcept ValueError:\n    pass\n",
}
PLAIN = {
    "the module": "layers.Dense(3)\n",
    "a test of something else": "if True:\n    layers.Dense(3)\n",
    "a try that only cleans up": "try:\n    layers.Dense(3)\nfinally:\n    print()\n",
    "a strategy's scope": "with strategy.scope():\n    layers.Dense(3)\n",
}


@pytest.mark.parametrize("text", GUARDED.values(), ids=list(GUARDED))
def test_code_that_may_fail_is_guarded(text: str) -> None:
    sites = [site for site in program_of(text).calls if site.symbol == "keras.layers.Dense"]
    assert sites
    assert all(is_guarded(site.place) for site in sites)


@pytest.mark.parametrize("text", PLAIN.values(), ids=list(PLAIN))
def test_other_code_is_not_guarded(text: str) -> None:
    sites = [site for site in program_of(text).calls if site.symbol == "keras.layers.Dense"]
    assert sites
    assert not any(is_guarded(site.place) for site in sites)

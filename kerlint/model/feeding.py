"""Models that a program leaves unbuilt: called on the shapes that somebody gives, or built on their own."""

from __future__ import annotations

from kerlint.keras_api.shapes import Shape
from kerlint.model.apply import call_layer, user_call
from kerlint.model.calls import is_settled_call
from kerlint.model.recover import Evaluation
from kerlint.model.sequential import sequential_graph, start_of
from kerlint.model.states import ModelState, TensorValue
from kerlint.places import Place
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, ListValue


def build_sequentials(made: Evaluation) -> None:
    """A Sequential that knows its input is built, whatever else is done with it: its layers have weights."""
    for instance in made.domain.models:
        state = instance.native
        if isinstance(state, ModelState) and state.kind == "sequential":
            for layers in state.variants:
                if start_of(made.domain, state, layers) is not None:
                    sequential_graph(made.domain, state, layers)


def give_input(
    made: Evaluation, instance: Instance, shapes: tuple[Shape, ...], place: Place, *, anew: bool = False
) -> bool:
    """Call a model that nobody called on inputs of these shapes; whether it needed that.

    With `anew` also one that was only called on something unknown.
    """
    state = instance.native
    assert isinstance(state, ModelState)
    if not _waits_for_input(made, state, anew):
        return False
    tensors = [TensorValue(shape) for shape in shapes]
    if len(tensors) == 1 or _takes(instance) >= len(tensors):
        given = Arguments.of(*tensors)
    else:
        given = Arguments.of(ListValue(list(tensors)))
    call_layer(made.domain, instance, given, place)
    return True


def _waits_for_input(made: Evaluation, state: ModelState, anew: bool) -> bool:
    if state.kind == "sequential":
        return not state.uncertain and not any(
            start_of(made.domain, state, variant) for variant in state.variants
        )
    done = [node for node in state.calls if node.inner is not None and (not anew or is_settled_call(node))]
    return state.kind == "subclassed" and not done


def _takes(instance: Instance) -> int:
    """How many arguments the user's `call` must be given, besides the model itself."""
    method = user_call(instance)
    if method is None:
        return 1
    params = method.node.params
    return len([param for param in (*params.posonly_params, *params.params) if param.default is None]) - 1

"""Methods and attributes of Keras 2's objects that Keras 3's do not have, and what does their work now.

Held to both libraries by tests/oracle/test_former.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORMER_MEMBERS: Final[Mapping[str, Mapping[str, str]]] = {
    "model": {
        "fit_generator": "fit",
        "evaluate_generator": "evaluate",
        "predict_generator": "predict",
        "predict_classes": "predict(x).argmax(axis=-1), or (predict(x) > 0.5) for one unit",
        "predict_proba": "predict",
        "reset_states": "reset_states() of each stateful layer",
        "to_yaml": "to_json",
        "state_updates": "",
        "total_loss": "",
        "metrics_tensors": "",
        "uses_learning_phase": "",
        "_make_predict_function": "",
        "_make_train_function": "make_train_function",
    },
    "layer": {
        "output_shape": "output.shape",
        "input_shape": "input.shape",
        "get_output_at": "output",
        "get_input_at": "input",
        "get_output_shape_at": "output.shape",
        "get_input_shape_at": "input.shape",
        "inbound_nodes": "_inbound_nodes",
        "outbound_nodes": "_outbound_nodes",
        "add_update": "an assignment to the variable in call",
        "updates": "",
    },
    "metric": {"reset_states": "reset_state"},
    "shape": {"as_list": "list(shape)"},
    "optimizer": {
        "lr": "learning_rate",
        "decay": "a schedule of keras.optimizers.schedules",
        "minimize": "apply_gradients of a GradientTape's gradients",
        "get_updates": "apply_gradients",
        "get_gradients": "a GradientTape",
        "get_weights": "variables",
        "weights": "variables",
        "_decayed_lr": "learning_rate",
    },
}
"""Category of the object to member to its successor; empty where there is none."""
WATCHED: Final = frozenset(name for table in FORMER_MEMBERS.values() for name in table)
"""Attribute names that are worth remembering when a program uses them."""

"""Every attribute that a Layer and a Model may have, on any backend: what is not among them is absent.

Taken from the classes, from objects of theirs, and from the text of the files that define their bases.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

TORCH = """
T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches
eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict
modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook
register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook
register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_
set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
"""
"""What layers of Keras 3 have on PyTorch beside the rest (docs of torch.nn.Module, 2.x)."""
_SET = re.compile(r"\b(?:self|obj|instance|cls)\.(\w+)(?:\s*:[^=\n]+)?\s*=(?!=)")
_DEFINED = re.compile(r"^\s+def (\w+)\(", re.MULTILINE)
_QUOTED = re.compile(r"""setattr__?\(\s*\w+,\s*["'](\w+)["']""")


def attributes_of_bases(target: str) -> dict[str, str]:
    """`layer` and `model` to the names, in order, without the dunder names that every object has."""
    package = import_module("keras" if target == "keras3" else "tf_keras")
    layer, model = package.layers.Layer, package.Model
    inputs = package.Input((2,))
    functional = model(inputs, package.layers.Dense(1)(inputs))
    functional.compile("sgd", "mse")
    sequential = package.Sequential([package.Input((2,)), package.layers.Dense(1)])
    found = {
        "layer": _names(layer, layer(), functional.layers[0]),
        "model": _names(model, functional, sequential),
    }
    extra = set(TORCH.split()) if target == "keras3" else set()
    return {kind: " ".join(sorted(names | extra)) for kind, names in found.items()}


def _names(cls: type, *objects: Any) -> set[str]:
    classes = {base for one in (cls, *map(type, objects)) for base in one.__mro__ if base is not object}
    found = {name for one in (*classes, *objects) for name in dir(one)}
    for text in _texts(classes):
        found |= {name for pattern in (_SET, _DEFINED, _QUOTED) for name in pattern.findall(text)}
    return {name for name in found if not name.startswith("__")}


def _texts(classes: set[type]) -> list[str]:
    """The sources of the files that define the classes, and of their counterparts for other backends."""
    files = {Path(inspect.getfile(base)) for base in classes if "keras" in base.__module__}
    others = {
        path for file in files if "backend" in file.parts for path in file.parents[1].glob(f"*/{file.name}")
    }
    return [path.read_text(encoding="utf-8") for path in sorted(files | others)]

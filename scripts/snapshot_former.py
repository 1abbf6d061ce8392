"""Write kerlint/keras_api/former.json: names that older Keras and TensorFlow had, and what does their work now.

python scripts/snapshot_former.py            # write it
python scripts/snapshot_former.py --check    # exit 1 when the file is not what would be written

What is gone is asked of the installed packages: tf_keras against keras, `tf.compat.v1` against `tf`. A successor
of the same name in keras.ops and its like is found by itself; those with another name are listed here, and
every one must exist.
"""

from __future__ import annotations

import argparse
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[1] / "kerlint" / "keras_api" / "former.json"
HOMES = ("keras.ops", "keras.random", "keras.config", "keras.utils", "keras.saving", "keras.ops.image")
"""Where a function of the backend may have gone under its own name."""
BACKEND = {
    "batch_dot": "keras.ops.einsum",
    "batch_flatten": "keras.layers.Flatten",
    "bias_add": "keras.ops.add",
    "cast_to_floatx": "keras.ops.cast",
    "constant": "keras.ops.convert_to_tensor",
    "ctc_batch_cost": "keras.losses.CTC",
    "ctc_decode": "keras.ops.ctc_decode",
    "dot": "keras.ops.matmul",
    "dropout": "keras.random.dropout",
    "eval": "keras.ops.convert_to_numpy",
    "flatten": "keras.ops.ravel",
    "gather": "keras.ops.take",
    "get_value": "keras.ops.convert_to_numpy",
    "gradients": "tensorflow.GradientTape",
    "function": "keras.Model",
    "hard_sigmoid": "keras.ops.hard_sigmoid",
    "image_dim_ordering": "keras.config.image_data_format",
    "int_shape": "keras.ops.shape",
    "is_sparse": "",
    "l2_normalize": "keras.ops.normalize",
    "ndim": "keras.ops.ndim",
    "permute_dimensions": "keras.ops.transpose",
    "placeholder": "keras.Input",
    "pool2d": "keras.ops.max_pool",
    "pow": "keras.ops.power",
    "random_binomial": "keras.random.binomial",
    "random_bernoulli": "keras.random.binomial",
    "random_normal": "keras.random.normal",
    "random_uniform": "keras.random.uniform",
    "repeat_elements": "keras.ops.repeat",
    "resize_images": "keras.ops.image.resize",
    "reverse": "keras.ops.flip",
    "round": "keras.ops.round",
    "set_image_dim_ordering": "keras.config.set_image_data_format",
    "set_learning_phase": "the training argument of a call",
    "learning_phase": "the training argument of a call",
    "set_value": "the variable's assign",
    "update": "the variable's assign",
    "update_add": "the variable's assign_add",
    "update_sub": "the variable's assign_sub",
    "get_session": "tensorflow.compat.v1.Session",
    "set_session": "tensorflow.compat.v1.Session",
    "spatial_2d_padding": "keras.ops.pad",
    "switch": "keras.ops.where",
    "truncated_normal": "keras.random.truncated_normal",
    "variable": "keras.Variable",
    "conv2d": "keras.ops.conv",
    "sum": "keras.ops.sum",
    "tile": "keras.ops.tile",
    "tf": "tensorflow",
}
"""Functions of the backend with a successor of another name, or one that is no function."""
NAMES = {
    "keras.layers.merge": "keras.layers.concatenate, add, ...",
    "keras.layers.Merge": "keras.layers.Concatenate, Add, ...",
    "keras.layers.CuDNNLSTM": "keras.layers.LSTM",
    "keras.layers.CuDNNGRU": "keras.layers.GRU",
    "keras.layers.LocallyConnected1D": "",
    "keras.layers.LocallyConnected2D": "",
    "keras.layers.ThresholdedReLU": "keras.ops.threshold",
    "keras.layers.TimeDistributedDense": "keras.layers.TimeDistributed",
    "keras.layers.experimental.preprocessing": "keras.layers",
    "keras.models.model_from_config": "keras.Model.from_config",
    "keras.models.model_from_yaml": "keras.models.model_from_json",
    "keras.preprocessing.image.ImageDataGenerator": "keras.utils.image_dataset_from_directory",
    "keras.preprocessing.text.Tokenizer": "keras.layers.TextVectorization",
    "keras.preprocessing.text": "keras.layers.TextVectorization",
    "keras.preprocessing.image.NumpyArrayIterator": "keras.utils.PyDataset",
    "keras.preprocessing.image.DirectoryIterator": "keras.utils.image_dataset_from_directory",
    "keras.preprocessing.sequence.TimeseriesGenerator": "keras.utils.timeseries_dataset_from_array",
    "keras.utils.multi_gpu_model": "tensorflow.distribute.MirroredStrategy",
    "keras.utils.training_utils": "tensorflow.distribute.MirroredStrategy",
    "keras.utils.io_utils.HDF5Matrix": "keras.utils.PyDataset",
    "keras.utils.HDF5Matrix": "keras.utils.PyDataset",
    "keras.regularizers.l1l2": "keras.regularizers.l1_l2",
    "keras.regularizers.WeightRegularizer": "keras.regularizers.L1L2",
    "keras.regularizers.activity_l2": "keras.regularizers.l2",
    "keras.regularizers.activity_l1": "keras.regularizers.l1",
    "keras.wrappers.scikit_learn": "keras.wrappers.SKLearnClassifier",
    "keras.estimator": "",
    "keras.backend.tensorflow_backend": "keras.backend",
    "keras.losses.logcosh": "keras.losses.LogCosh",
    "keras.callbacks.experimental.BackupAndRestore": "keras.callbacks.BackupAndRestore",
    "keras.layers.experimental.SyncBatchNormalization": "keras.layers.BatchNormalization",
    "keras.optimizers.TFOptimizer": "",
    "keras.models.Graph": "keras.Model",
    "keras.mixed_precision.experimental": "keras.mixed_precision",
}
"""Other names of Keras 1 and 2 that went somewhere else."""
TENSORFLOW_SUBMODULES = ("train", "nn", "losses", "metrics", "summary", "layers", "logging", "app")
"""Modules of TensorFlow 1 whose members programs with Keras use."""
TENSORFLOW_PACKAGES = ("contrib", "examples.tutorials")
"""Packages of TensorFlow 1 that not even `tf.compat.v1` has."""


def resolve(dotted: str) -> Any:
    """The object that a dotted path names; None when there is none."""
    parts = dotted.split(".")
    found: Any = import_module(parts[0])
    for part in parts[1:]:
        found = getattr(found, part, None)
    return found


def successor(name: str) -> str:
    """Where a function of the backend went; empty when nothing does its work."""
    given = BACKEND.get(name)
    if given is not None:
        return given
    return next((f"{home}.{name}" for home in HOMES if resolve(f"{home}.{name}") is not None), "")


def backend() -> dict[str, str]:
    """Functions that the backend of Keras 3 (or `tensorflow.keras`'s) lacks, to their successors."""
    now = set(dir(import_module("keras.backend")))
    before = set(dir(import_module("tf_keras").backend)) | set(BACKEND)
    return {name: successor(name) for name in sorted(before - now) if not name.startswith("_")}


def tensorflow() -> list[str]:
    """Names of TensorFlow 1, below `tf`, that TensorFlow 2 has in `tf.compat.v1` only."""
    tf = import_module("tensorflow")
    found = [name for name in dir(tf.compat.v1) if not hasattr(tf, name) and not name.startswith("_")]
    for module in TENSORFLOW_SUBMODULES:
        then, now = getattr(tf.compat.v1, module, None), getattr(tf, module, None)
        if then is not None and now is not None:
            found += [f"{module}.{name}" for name in dir(then) if not hasattr(now, name) and name[0] != "_"]
    gone = [name for name in TENSORFLOW_PACKAGES if resolve(f"tensorflow.{name}") is None]
    return sorted((*(f"{name}={tensorflow_successor(name)}" for name in found), *gone))


def tensorflow_successor(name: str) -> str:
    """Where TensorFlow 2 has a name of TensorFlow 1."""
    homes = ("math", "random", "linalg", "strings", "io")
    words = {name, name.removeprefix("random_"), name.removeprefix("string_")}
    paths = (f"{home}.{word}" for home in homes for word in sorted(words))
    return next((path for path in paths if resolve(f"tensorflow.{path}") is not None), f"compat.v1.{name}")


def document() -> dict[str, Any]:
    """The whole file. Raises ValueError for a successor that does not exist."""
    for given in (*BACKEND.values(), *NAMES.values()):
        if given and " " not in given and resolve(given) is None:
            raise ValueError(f"{given} does not exist")
    return {"backend": backend(), "names": dict(sorted(NAMES.items())), "tensorflow": " ".join(tensorflow())}


def main() -> int:
    """Write or check the file; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the file is fresh")
    check = parser.parse_args().check
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    text = json.dumps(document(), indent=1) + "\n"
    fresh = PATH.exists() and PATH.read_text(encoding="utf-8") == text
    if not check:
        PATH.write_text(text, encoding="utf-8")
    print(f"{PATH.name}: {len(text):,} bytes, {'fresh' if fresh else 'stale' if check else 'written'}")
    return int(check and not fresh)


if __name__ == "__main__":
    raise SystemExit(main())

"""Where data come from: the data sets of Keras, splits, labels, files, pipelines and generators."""

from __future__ import annotations

import re

import pytest

from kerlint.keras_api.shapes import Shape
from kerlint.model.data.known import datasets
from kerlint.model.data_facts import ArrayFact, GeneratorFact, Labels, PipelineFact, parts_of

from ..helpers import program_of
from .helpers import data_given, fitted_on

LOAD = "(x, y), (x_test, y_test) = keras.datasets.{}.load_data()"


def array(text: str) -> ArrayFact:
    """The array that `x` is after the lines."""
    fact = data_given(text)
    assert isinstance(fact, ArrayFact)
    return fact


def pipeline(text: str) -> PipelineFact:
    """The pipeline that `x` is after the lines."""
    fact = data_given(text)
    assert isinstance(fact, PipelineFact)
    return fact


def batch(text: str) -> tuple[ArrayFact, ArrayFact]:
    """One batch of what `x` gives: x and y."""
    images, labels = parts_of(data_given(text))
    assert isinstance(images, ArrayFact) and isinstance(labels, ArrayFact)
    return images, labels


def extents(shape: Shape | None) -> tuple[int | None, ...] | None:
    """A shape with None for what is not known."""
    return None if shape is None else tuple(dim if isinstance(dim, int) else None for dim in shape)


@pytest.mark.oracle
@pytest.mark.parametrize("name", sorted(datasets()))
def test_the_table_of_data_sets_agrees_with_their_documentation(name: str) -> None:
    import keras

    words = getattr(keras.datasets, name).load_data.__doc__
    for part, arrays in datasets()[name].items():
        for role, fact in arrays.items():
            stated = re.search(rf"assert {role}_{part}\.shape == \(([\d, ]+)\)", words)
            if stated is not None:
                assert [int(one) for one in stated[1].split(",") if one.strip()] == fact["shape"]
            if "classes" in fact and "integers in range" in words:
                assert f"0-{fact['classes'] - 1})" in words
            told = re.search(rf"\*\*`{role}_{part}`\*\*: `(\w+)` NumPy", words)
            assert told is None or told[1] == fact["dtype"]
    total = re.search(r"of ([\d,]+) (?:newswires|movies reviews)", words)
    if total is not None:
        counts = [table["x"]["shape"][0] for table in datasets()[name].values()]
        assert sum(counts) in (int(total[1].replace(",", "")), 2 * int(total[1].replace(",", "")))
    features = re.search(r"shape `\(num_samples, (\d+)\)`", words)
    assert features is None or int(features[1]) == datasets()[name]["train"]["x"]["shape"][1]


def test_the_images_of_a_data_set_are_raw_until_they_are_divided() -> None:
    raw = array(LOAD.format("cifar10"))
    assert (raw.shape, raw.dtype, raw.low, raw.high, raw.tight) == ((50000, 32, 32, 3), "uint8", 0, 255, True)
    scaled = array(LOAD.format("cifar10") + "\nx = x.astype('float32') / 255")
    assert (scaled.dtype, scaled.low, scaled.high, scaled.scaled) == ("float32", 0, 1, "divided")


def test_labels_become_rows_of_one() -> None:
    made = array(LOAD.format("cifar10") + "\nx = keras.utils.to_categorical(y)")
    assert (made.shape, made.labels) == ((50000, 10), Labels("one-hot", 10))
    back = array(LOAD.format("mnist") + "\nx = np.argmax(tf.one_hot(y, 10), axis=1)")
    assert back.labels == Labels("integer", 10)


def test_the_number_of_classes_flows_into_the_model() -> None:
    program = program_of(
        "import numpy as np\n"
        + LOAD.format("reuters")
        + "\nm = keras.Sequential([keras.Input((4,)), layers.Dense(np.max(y) + 1), layers.Dense(len(np.unique(y)))])"
    )
    assert [layer.outputs for layer in program.models[0].layers] == [((None, 46),), ((None, 46),)]


def test_the_pieces_of_a_split_have_one_origin_and_no_common_rows() -> None:
    data = fitted_on(
        """
from sklearn.model_selection import train_test_split
a = np.random.rand(100, 4)
b = np.random.randint(0, 3, 100)
x, x_test, y, y_test = train_test_split(a, b, test_size=0.2)
""",
        ", y, validation_data=(x_test, y_test)",
    )
    assert isinstance(data.x, ArrayFact) and isinstance(data.validation, tuple)
    held = data.validation[0]
    assert isinstance(held, ArrayFact) and data.x.rows is not None and held.rows is not None
    assert (data.x.shape, held.shape) == ((80, 4), (20, 4))
    assert data.x.rows.origin == held.rows.origin and data.x.rows.split == held.rows.split
    assert data.x.rows.part != held.rows.part


def test_columns_of_a_file_are_as_many_as_were_asked_for() -> None:
    fact = array("table = np.loadtxt('file.csv', delimiter=',')\nx = table[:, 0:8]")
    assert extents(fact.shape) == (None, 8) and fact.is_likely
    assert extents(array("import pandas as pd\nx = pd.read_csv('f').values[:, 3]").shape) == (None,)


def test_padded_sequences_have_the_length_and_the_words_of_the_data_set() -> None:
    fact = array(
        "(x, y), _ = keras.datasets.imdb.load_data(num_words=500)\n"
        "x = keras.preprocessing.sequence.pad_sequences(x, maxlen=80)"
    )
    assert (fact.shape, fact.high) == ((25000, 80), 499)


def test_a_pipeline_knows_its_batches() -> None:
    text = LOAD.format("mnist") + "\nx = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(9).batch(32)"
    fact = pipeline(text)
    images, labels = batch(text)
    assert extents(images.shape) == (None, 28, 28) and extents(labels.shape) == (None,)
    assert (fact.batched, fact.batch_size, fact.cardinality) == (True, 32, 1875)
    assert [step.kind for step in fact.steps] == ["shuffle", "batch"]


def test_a_function_is_followed_through_a_pipeline() -> None:
    images, labels = batch(
        LOAD.format("mnist")
        + """
def prepare(image, label):
    return tf.cast(image[..., None], tf.float32) / 255.0, tf.one_hot(label, 10)
x = tf.data.Dataset.from_tensor_slices((x, y)).map(prepare).batch(8)
"""
    )
    assert extents(images.shape) == (None, 28, 28, 1) and images.high == 1
    assert labels.labels == Labels("one-hot", 10)


def test_a_function_that_cannot_be_followed_leaves_nothing_known() -> None:
    assert (
        pipeline(
            LOAD.format("mnist")
            + "\nfrom elsewhere import f\nx = tf.data.Dataset.from_tensor_slices((x, y)).map(f).batch(8)"
        ).element
        is None
    )


def test_a_generator_knows_its_batches() -> None:
    text = """
gen = keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
x = gen.flow_from_directory("d", target_size=(64, 48), class_mode="binary", color_mode="grayscale")
"""
    fact = data_given(text)
    images, labels = batch(text)
    assert isinstance(fact, GeneratorFact) and fact.batch_size == 32
    assert extents(images.shape) == (None, 64, 48, 1) and images.high == 1
    assert extents(labels.shape) == (None,) and labels.labels == Labels("integer", 2)


def test_a_directory_of_images_is_a_pipeline() -> None:
    images, labels = batch('x = keras.utils.image_dataset_from_directory("d", label_mode="categorical")')
    assert extents(images.shape) == (None, 256, 256, 3) and images.high == 255
    assert labels.labels == Labels("one-hot")


def test_lists_are_told_from_arrays() -> None:
    fact = array("x = [[1, 2], [3, 4]]")
    assert fact.is_list and fact.shape == (2, 2)


def test_unknown_code_may_change_what_is_in_an_array() -> None:
    fact = array("from elsewhere import f\nx = np.ones((3, 4))\ng = f()\ng(x)")
    assert fact.shape == (3, 4) and fact.high is None


def test_a_subclassed_model_is_built_by_what_it_is_fitted_on() -> None:
    program = program_of("""
        import numpy as np
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(3)

            def call(self, x):
                return self.hidden(x)

        class Own(Net):
            def train_step(self, data):
                return {}

        net, own = Net(), Own()
        net.fit(np.zeros((9, 4)), np.zeros((9, 3)))
        own.fit(np.zeros((9, 4)), np.zeros((9, 3)))
    """)
    first, second = [event.data for event in program.trainings]
    assert first is not None and first.is_plain and second is not None and not second.is_plain
    net = next(model for model in program.models if model.variable == "net")
    assert net.outputs[0].shape == (None, 3) and net.weigh().total == 15

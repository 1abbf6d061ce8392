"""The user's classes, the modes that their calls run in, and what is known of their methods."""

from __future__ import annotations

from kerlint.model.recover import recover

from .helpers import named, program_of, source_of

NET = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.5)
        self.norm = layers.BatchNormalization()

    def call(self, x{parameters}):
        return {body}


net = Net()
net.compile(loss="mse")
"""


def modes(parameters: str, body: str) -> list[object]:
    """The training mode of each layer of a small model."""
    model = named(program_of(NET.format(parameters=parameters, body=body)), "net")
    return [node.training for node in model.flat.nodes]


def test_a_class_knows_its_methods_and_their_parameters() -> None:
    (cls,) = program_of(NET.format(parameters=", *rest, training=None, **more", body="x")).classes
    call = cls.methods["call"]
    assert (cls.name, cls.symbol, cls.is_model, cls.exact) == ("Net", "keras.Model", True, True)
    assert call.parameters == ("x", "training")
    assert call.takes_any_keyword
    assert call.takes_any_position
    assert call.place.text == "call"
    assert call.whole.text.startswith("def call(self, x")


def test_a_class_inherits_methods_of_other_user_classes() -> None:
    program = program_of(
        """
        class Base(keras.Model):
            def train_step(self, data):
                return {}

        class Net(Base):
            def call(self, x):
                return x

        net = Net()
        net.compile(loss="mse")
        """
    )
    net = next(cls for cls in program.classes if cls.name == "Net")
    assert {name: method.owner for name, method in net.methods.items()} == {
        "call": "Net",
        "train_step": "Base",
    }
    assert program.class_of(program.models[0].identity) is net


def test_a_class_with_an_unknown_base_is_not_exact() -> None:
    program = program_of(
        """
        from elsewhere import Mixin

        class Net(keras.Model, Mixin):
            def call(self, x):
                return x

        net = Net()
        """
    )
    assert [cls.exact for cls in program.classes] == [False]


def test_a_parameter_goes_behind_the_last_plain_one() -> None:
    for given, expected in {
        "": "self, x, training=None",
        ", mask=None, **rest": "self, x, mask=None, training=None, **rest",
        ", *rest": "self, x, training=None, *rest",
        ", *, scale=1": "self, x, *, scale=1, training=None",
    }.items():
        (cls,) = program_of(NET.format(parameters=given, body="x")).classes
        edit = cls.methods["call"].adding_parameter("training=None")
        assert edit is not None
        ((start, end, text),) = edit.replacements
        source = edit.source.text
        assert f"def call({expected}):" in source[:start] + text + source[end:]


def test_a_layer_runs_in_the_mode_that_it_is_given() -> None:
    assert modes("", "self.norm(self.drop(x))") == [None, None]
    assert modes("", "self.norm(x, training=True)") == [True]
    assert modes("", "self.norm(x, True)") == [True]
    assert modes(", training=True", "self.norm(self.drop(x), training=training)") == [True, True]
    assert modes(", training=None", "self.norm(self.drop(x), training=training)") == [None, None]


def test_what_one_layer_settles_holds_for_the_next() -> None:
    assert modes("", "self.norm(self.drop(x, training=True))") == [True, True]
    assert modes("", "self.drop(self.norm(x), training=True)") == [None, True]
    assert modes("", "self.norm(layers.RandomFlip()(x))") == [True, True]
    assert modes("", "self.norm(keras.Sequential([layers.RandomFlip()])(x))") == [True, True]


def test_a_default_mode_holds_inside_the_layer() -> None:
    assert modes(", training=True", "self.norm(self.drop(x))") == [True, True]


def test_tf_keras_means_keras_2_wherever_it_is_imported() -> None:
    for line in ("import tf_keras", "import tensorflow as tf, tf_keras", "from tf_keras import layers"):
        assert recover(source_of(line + "\n")).target == "keras2"
    assert recover(source_of("import keras  # not tf_keras\n")).target == "keras3"

"""Functional models: branches, shared layers, nested models, structures, operators."""

from __future__ import annotations

import pytest

from .helpers import applied, classes, flat, model_of, named, names, params, program_of, shapes, totals


def test_a_chain_has_layers_shapes_and_counts() -> None:
    model = model_of("""
        inputs = keras.Input(shape=(28, 28, 1))
        x = layers.Conv2D(8, 3, activation="relu")(inputs)
        x = layers.MaxPooling2D(2)(x)
        x = layers.Flatten()(x)
        outputs = layers.Dense(10)(x)
        model = keras.Model(inputs=inputs, outputs=outputs, name="mnist")
    """)
    assert (model.kind, model.cls, model.name, model.complete) == ("functional", "Functional", "mnist", True)
    assert names(model) == ["input_layer", "conv2d", "max_pooling2d", "flatten", "dense"]
    assert shapes(model)[1:3] == [(None, 26, 26, 8), (None, 13, 13, 8)]
    assert params(model) == [0, 80, 0, 0, 13530]
    assert totals(model) == (13610, 13610)


def test_several_inputs_and_outputs() -> None:
    model = model_of("""
        a, b = keras.Input((4,), name="a"), keras.Input((6,), name="b")
        x = layers.concatenate([layers.Dense(3)(a), layers.Dense(3)(b)])
        model = keras.Model([a, b], [layers.Dense(1, name="p")(x), layers.Dense(2, name="q")(x)])
    """)
    assert [tensor.shape for tensor in model.inputs] == [(None, 4), (None, 6)]
    assert [tensor.shape for tensor in model.outputs] == [(None, 1), (None, 2)]
    assert classes(model) == ["InputLayer", "InputLayer", "Dense", "Dense", "Concatenate", "Dense", "Dense"]


def test_dicts_are_flattened_by_sorted_keys() -> None:
    model = model_of("""
        left, right = keras.Input((4,)), keras.Input((6,))
        x = layers.Concatenate()([left, right])
        model = keras.Model({"z": left, "a": right}, {"out": x, "more": left})
    """)
    assert [tensor.shape for tensor in model.inputs] == [(None, 6), (None, 4)]
    assert [tensor.shape for tensor in model.outputs] == [(None, 4), (None, 10)]


def test_a_shared_layer_is_one_operation_with_two_nodes() -> None:
    model = model_of("""
        a, b = keras.Input((4,)), keras.Input((4,))
        shared = layers.Dense(3)
        model = keras.Model([a, b], layers.Subtract()([shared(a), shared(b)]))
    """)
    assert classes(model).count("Dense") == 1
    assert applied(model).count("Dense") == 2
    assert totals(model) == (15, 15)


def test_a_nested_model_is_one_layer_and_its_inside_is_in_the_flat_graph() -> None:
    program = program_of("""
        i = keras.Input((4,))
        inner = keras.Model(i, layers.Dense(3, activation="relu")(i), name="inner")
        j = keras.Input((4,))
        outer = keras.Model(j, layers.Dense(2)(inner(j)))
    """)
    outer = named(program, "outer")
    assert classes(outer) == ["InputLayer", "Functional", "Dense"]
    assert params(outer) == [0, 15, 8]
    assert flat(outer) == ["Dense", "Dense"]
    dense, last = outer.flat.nodes
    assert outer.flat.sole_consumer(dense) is last


def test_a_nested_model_on_another_shape_is_shaped_anew() -> None:
    program = program_of("""
        i = keras.Input((None, None, 3))
        inner = keras.Model(i, layers.Conv2D(4, 3)(i) * 2.0)
        outer = keras.Model(j := keras.Input((9, 9, 3)), inner(j))
    """)
    assert named(program, "outer").outputs[0].shape == (None, 7, 7, 4)


def test_a_nested_model_with_two_outputs_gives_two_tensors() -> None:
    program = program_of("""
        i = keras.Input((4,))
        inner = keras.Model(i, {"a": layers.Dense(3)(i), "b": layers.Dense(5)(i)})
        j = keras.Input((4,))
        out = inner(j)
        outer = keras.Model(j, layers.Dense(2)(out["b"]))
    """)
    assert params(named(program, "outer"))[-1] == 12


MERGES = {
    "layers.add([x, y])": "Add",
    "layers.Add()([x, y])": "Add",
    "layers.multiply([x, y])": "Multiply",
    "layers.maximum([x, y])": "Maximum",
    "layers.average([x, y])": "Average",
    "layers.subtract([x, y])": "Subtract",
    "layers.concatenate([x, y], axis=-1)": "Concatenate",
    "layers.dot([x, y], axes=1)": "Dot",
    "x + y": "keras.ops.add",
    "x - 1.5": "keras.ops.subtract",
    "2 * x": "keras.ops.multiply",
    "ops.maximum(x, y)": "keras.ops.maximum",
}


@pytest.mark.parametrize("text", MERGES)
def test_a_merge_takes_both_branches(text: str) -> None:
    model = model_of(f"""
        i = keras.Input((4,))
        x, y = layers.Dense(3)(i), layers.Dense(3)(i)
        model = keras.Model(i, {text})
    """)
    assert model.graph.nodes[-1].operation.cls == MERGES[text]
    assert model.complete
    producers = model.graph.producers(model.graph.nodes[-1])
    assert len(producers) == len(set("xy") & set(text.replace("maximum", "").replace("axis", "")))


def test_operations_are_no_layers_and_have_traits() -> None:
    model = model_of("""
        i = keras.Input((4,))
        x = ops.relu(layers.Dense(3)(i))
        model = keras.Model(i, keras.activations.softmax(x))
    """)
    assert classes(model) == ["InputLayer", "Dense"]
    kinds = [(node.operation.kind, node.operation.has("activation")) for node in model.graph.nodes]
    assert kinds == [("layer", False), ("operation", True), ("operation", True)]


def test_old_keras_keywords_for_inputs_and_outputs_are_understood() -> None:
    model = model_of("""
        i = keras.Input((4,))
        model = keras.Model(input=i, output=layers.Dense(3)(i))
    """)
    assert classes(model) == ["InputLayer", "Dense"]


def test_an_input_that_no_output_needs_is_listed_before_the_last_layers() -> None:
    model = model_of("""
        a, unused = keras.Input((4,), name="a"), keras.Input((2,), name="unused")
        model = keras.Model([a, unused], layers.Dense(3)(a))
    """)
    assert names(model) == ["a", "unused", "dense"]


def test_masks_and_states_are_context_and_not_data() -> None:
    model = model_of("""
        i, j = keras.Input((7, 4)), keras.Input((5, 4))
        _, h, c = layers.LSTM(3, return_state=True)(i)
        model = keras.Model([i, j], layers.LSTM(3)(j, initial_state=[h, c]))
    """)
    last = model.graph.nodes[-1]
    assert [tensor.shape for tensor in last.inputs] == [(None, 5, 4)]
    assert [tensor.shape for tensor in last.context] == [(None, 3), (None, 3)]
    assert sorted(classes(model)) == ["InputLayer", "InputLayer", "LSTM", "LSTM"]


def test_attention_takes_query_value_and_key_by_keyword() -> None:
    model = model_of("""
        q, v = keras.Input((5, 4)), keras.Input((7, 6))
        x = layers.MultiHeadAttention(num_heads=2, key_dim=3)(value=v, query=q)
        model = keras.Model([q, v], x)
    """)
    assert model.outputs[0].shape == (None, 5, 4)


def test_a_wrong_merge_is_a_refusal_with_the_words_of_keras() -> None:
    program = program_of("""
        a, b = keras.Input((4,)), keras.Input((5,))
        x = layers.Add()([a, b])
        model = keras.Model([a, b], x)
    """)
    ((place, words),) = program.refusals
    assert "shape" in words
    assert place.text == "layers.Add()([a, b])"
    assert program.models[0].graph.nodes[0].error == words


def test_what_unknown_code_makes_of_a_tensor_is_opaque() -> None:
    model = model_of("""
        from elsewhere import magic
        i = keras.Input((4,))
        x = magic(layers.Dense(3)(i))
        model = keras.Model(i, layers.Dense(2)(x))
    """)
    assert not model.complete
    assert [node.operation.kind for node in model.graph.nodes] == ["layer", "opaque", "layer"]
    assert names(model)[:2] == ["input_layer", "dense"]
    assert names(model)[-1] is None


def test_a_model_whose_outputs_come_from_nowhere_known_is_not_complete() -> None:
    source = """
        import keras
        from keras import layers
        from elsewhere import trunk

        inputs = keras.Input((8,))
        hidden = trunk.features
        outputs = layers.Dense(2)(layers.Dense(4)(hidden))
        model = keras.Model(inputs, outputs)
    """
    assert not model_of(source).complete


def test_the_graphs_of_a_model_are_drawn_once_and_are_one_where_nothing_is_nested() -> None:
    text = """
        inputs = keras.Input((4,))
        inner = keras.Model(inputs, layers.Dense(3)(inputs))
        outer = keras.Sequential([keras.Input((4,)), inner])
    """
    program = program_of(text)
    plain, nesting = named(program, "inner"), named(program, "outer")
    assert plain.graph is plain.flat is plain.graph
    assert nesting.graph is nesting.graph is not nesting.flat
    assert [node.operation.cls for node in nesting.flat.nodes] == ["Dense"]


def test_calls_of_one_form_keep_their_own_values_and_places() -> None:
    model = model_of("""
        x = inputs = keras.Input((4,))
        for size in (2, 3):
            x = layers.Dense(size, name=f"d{size}")(x)
        x = layers.Dense(5, name="d5")(x)
        model = keras.Model(inputs, x)
    """)
    units = [layer.site.arguments["units"] for layer in model.layers[1:] if layer.site is not None]
    assert [(one.value, one.text) for one in units] == [(2, "size"), (3, "size"), (5, "5")]
    assert [layer.site.value("use_bias") for layer in model.layers[1:] if layer.site is not None] == [
        True
    ] * 3

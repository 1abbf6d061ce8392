"""The checker of facts finds facts that break their promises."""

from __future__ import annotations

from dataclasses import replace

from kerlint.model.check import check_graph, check_model, check_program
from kerlint.model.facts import Graph, Tensor

from .helpers import program_of

TEXT = """
i = keras.Input((4,))
x = layers.Dense(3)(i)
m = keras.Model(i, layers.ReLU()(x))
m.compile("adam")
m.fit(i)
"""


def test_good_facts_are_left_alone() -> None:
    assert list(check_program(program_of(TEXT))) == []


def test_nodes_out_of_order_are_found() -> None:
    graph = program_of(TEXT).models[0].graph
    assert any("stands before" in problem for problem in check_graph(replace(graph, nodes=graph.nodes[::-1])))


def test_an_input_from_nowhere_is_found() -> None:
    graph = program_of(TEXT).models[0].graph
    cut = Graph(graph.nodes[1:], graph.inputs, graph.outputs)
    assert any("nothing before it gave" in problem for problem in check_graph(cut))


def test_a_negative_extent_is_found() -> None:
    graph = program_of(TEXT).models[0].graph
    bad = Graph(graph.nodes, (Tensor((None, -1)),), graph.outputs)
    assert "an extent of -1" in list(check_graph(bad))


def test_a_layer_that_is_not_listed_is_found() -> None:
    model = program_of(TEXT).models[0]
    assert any("does not list" in problem for problem in check_model(replace(model, layers=model.layers[:1])))


def test_a_layer_that_is_listed_twice_is_found() -> None:
    model = program_of(TEXT).models[0]
    twice = replace(model, layers=(*model.layers, model.layers[-1]))
    assert "lists a layer twice" in list(check_model(twice))


def test_trainings_out_of_order_are_found() -> None:
    program = program_of(TEXT)
    assert any(
        "comes before" in one for one in check_program(replace(program, trainings=program.trainings[::-1]))
    )


def test_one_identity_for_two_layers_is_found() -> None:
    program = program_of(TEXT)
    model = program.models[0]
    same = replace(model.layers[1], identity=model.layers[2].identity)
    broken = replace(model, layers=(model.layers[0], same, model.layers[2]))
    assert any(
        "is Dense and ReLU" in one or "is ReLU and Dense" in one
        for one in check_program(replace(program, models=(broken,)))
    )

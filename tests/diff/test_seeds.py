"""Pairs that people asked about: what they found themselves, and what they did not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.diff.result import Diff, diff, sentence, words_of
from kerlint.diff.sides import sides_of

from . import pairs

Ask = Callable[[str, str, str], Diff]


@pytest.fixture
def asked(tmp_path: Path) -> Ask:
    """Compare two models of a program."""

    def ask(text: str, left: str, right: str) -> Diff:
        path = tmp_path / "net.py"
        path.write_text(text)
        one, other, _ = sides_of(f"{path}:{left}", f"{path}:{right}")
        return diff(one, other)

    return ask


def _told(found: Diff) -> set[str]:
    return {words_of(one) for one in found.differences}


def test_blocks_with_strides_of_their_own_are_not_the_stack(asked: Ask) -> None:
    found = asked(pairs.BLOCKS, "first", "second")
    assert found.equivalent is False
    assert _told(found) == {
        "strides of Conv2D (1, 1) against (2, 2)",
        "padding of Conv2D 'valid' against 'same'",
        "padding of MaxPooling2D 'valid' against 'same'",
    }
    assert "parameters: 9,679,041 against 307,393" in found.consequences
    assert any("12 x 12 x 128 against 1 x 1 x 128" in line for line in found.consequences)
    assert any("46 against 341" in line for line in found.consequences)
    assert found.side == "right"
    assert sorted((edit.text, edit.location.row) for edit in found.edits) == [
        ("padding='valid'", 29),
        ("padding='valid'", 30),
        ("strides=(1, 1)", 29),
    ]


def test_a_loop_of_ones_own_trains_the_same_model_on_data_that_come_otherwise(asked: Ask) -> None:
    found = asked(pairs.LOOP, "fitted", "looped")
    assert found.equivalent is True
    assert _told(found) == {
        "fitted is trained by fit(), looped by a loop of its own (apply_gradients)",
        "shuffling of all against within 1024",
        "numbers in x float64 against float32",
    }


def test_a_softmax_written_by_hand_is_neither_called_equal_nor_different(asked: Ask) -> None:
    found = asked(pairs.LOOP, "fitted", "by_hand")
    assert found.equivalent is None
    assert found.doubts == ("what ReduceMax, Subtract, Exp and 2 more compute together is not followed",)
    assert not found.edits


def test_an_activation_that_one_model_lacks_is_found_between_equal_numbers_of_weights(asked: Ask) -> None:
    found = asked(pairs.RELU, "listed", "named")
    assert found.equivalent is False
    assert [words_of(one) for one in found.differences] == ["relu only on the right"] * 3
    assert sentence(found) == (
        "listed and named are not the same: relu only in named (3 times). To make them equal, in listed:"
        " add Activation('relu') after batch_normalization in line 11,"
        " add Activation('relu') after batch_normalization_1 in line 14,"
        " add Activation('relu') after batch_normalization_2 in line 17."
    )


def test_paddings_rates_and_a_shared_callback_are_told_apart(asked: Ask) -> None:
    found = asked(pairs.PADDING, "model", "modelAPI")
    assert _told(found) == {
        "padding of Conv2D 'valid' against 'same'",
        "rate of Dropout 0.25 against 0.2",
    }
    assert any("one callback object (checkpoint)" in note for note in found.notes)


def test_equal_models_with_one_optimizer_are_equal_and_the_optimizer_is_named(asked: Ask) -> None:
    found = asked(pairs.OPTIMIZER, "graph", "stack")
    assert found.equivalent is True
    assert found.is_equal
    assert any("one optimizer object (opt, line 12)" in note for note in found.notes)
    assert any("no seed is set" in note for note in found.notes)

"""Random twins: what is equal in three styles, and one changed argument, found alone."""

from __future__ import annotations

import pytest

from bench.twins import equal_pairs, is_found_alone, mutated_pair, told

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stack_in_three_styles_is_one_model(seed: int) -> None:
    for text, found in equal_pairs(seed):
        assert found.is_equal, f"{told(found)} {found.doubts}\n{text}"


@pytest.mark.parametrize("seed", SEEDS)
def test_one_changed_argument_is_the_one_difference(seed: int) -> None:
    text, changed, found = mutated_pair(seed)
    assert is_found_alone(changed, found), f"{changed}: {told(found)} {found.doubts}\n{text}"

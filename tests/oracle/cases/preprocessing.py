"""Layers that prepare numbers, text, categories and sound."""

from __future__ import annotations

from hypothesis import strategies as st

from .draws import Case, any_rank, data_format, flag, mostly, one, shape, sides, spatial, timed

_flat = one(st.one_of(shape(st.integers(1, 3)), shape(), any_rank(1, 3, last=st.sampled_from([1, 3, None]))))
_output_mode = mostly(st.sampled_from(["int", "one_hot", "multi_hot", "count"]), "bag")
_lookup = {
    "max_tokens": mostly(st.sampled_from([None, 20]), 1),
    "num_oov_indices": st.integers(0, 2),
    "output_mode": mostly(st.sampled_from(["int", "one_hot", "multi_hot", "count"]), "bag"),
    "pad_to_max_tokens": flag,
    "invert": mostly(st.just(False), True),
}

PREPROCESSING = {
    "Rescaling": Case({"scale": st.floats(0, 1)}, {"offset": st.floats(0, 1)}, one(any_rank(0, 3))),
    "Normalization": Case(
        {},
        {
            "axis": mostly(st.sampled_from([-1, None, 1, (1, 2), (-1, 1)]), 7),
            "mean": mostly(st.none(), 1.0),
            "variance": mostly(st.none(), 2.0),
        },
        one(any_rank(1, 3)),
    ),
    "CategoryEncoding": Case(
        {"num_tokens": mostly(sides, None, 0)},
        {"output_mode": mostly(st.sampled_from(["one_hot", "multi_hot", "count"]), "int")},
        _flat,
        dtype="int32",
    ),
    "Discretization": Case(
        {},
        {
            "bin_boundaries": mostly(st.just((0.0, 1.0)), None),
            "num_bins": mostly(st.none(), 4, -1),
            "output_mode": _output_mode,
            "sparse": mostly(st.just(False), True),
        },
        _flat,
    ),
    "Hashing": Case(
        {"num_bins": mostly(sides, 0, None)},
        {"output_mode": _output_mode, "sparse": mostly(st.just(False), True)},
        _flat,
        dtype="int32",
    ),
    "HashedCrossing": Case(
        {"num_bins": sides},
        {"output_mode": mostly(st.sampled_from(["int", "one_hot"]), "count")},
        mostly(_flat.map(lambda pair: pair * 2), ((None, 1),), ((None, 1), (None, 2))),
        dtype="int32",
        call="list",
    ),
    "IntegerLookup": Case(
        {},
        {**_lookup, "vocabulary": st.sampled_from([None, (3, 4, 5), (-1, 3, 4)])},
        _flat,
        "int64",
        vague=True,
    ),
    "StringLookup": Case(
        {},
        {**_lookup, "vocabulary": st.sampled_from([None, ("a", "b"), ("[UNK]", "a")])},
        _flat,
        "string",
        vague=True,
    ),
    "TextVectorization": Case(
        {},
        {
            "max_tokens": _lookup["max_tokens"],
            "output_mode": _lookup["output_mode"],
            "output_sequence_length": mostly(st.sampled_from([None, 5]), 2.5),
            "split": mostly(st.sampled_from(["whitespace", "character", None]), "word"),
            "standardize": mostly(st.sampled_from([None, "lower"]), "upper"),
            "pad_to_max_tokens": flag,
            "vocabulary": st.sampled_from([None, ("a", "b")]),
        },
        one(st.one_of(shape(), shape(st.just(1)))),
        "string",
        vague=True,
    ),
    "MelSpectrogram": Case(
        {},
        {
            "fft_length": mostly(st.just(512), 16),
            "sequence_stride": st.integers(1, 64),
            "sequence_length": mostly(st.sampled_from([None, 256]), 4096),
            "num_mel_bins": sides,
        },
        one(st.one_of(shape(), shape(st.integers(100, 500)), shape(st.none()))),
    ),
    "STFTSpectrogram": Case(
        {"frame_length": st.sampled_from([8, 12, 16]), "window": st.none()},
        {
            "mode": mostly(st.sampled_from(["log", "stft", "real", "imag"]), "mel"),
            "frame_step": mostly(st.sampled_from([None, 2, 4]), 0, 32),
            "fft_length": mostly(st.sampled_from([None, 16, 32]), 4),
            "padding": mostly(st.sampled_from(["valid", "same"]), "causal"),
            "expand_dims": flag,
            "data_format": data_format,
        },
        one(spatial(1, extent=st.sampled_from([None, 4, 40, 41]))),
    ),
    "Pipeline": Case(
        {"layers": st.lists(timed, min_size=1, max_size=2).map(tuple)}, {}, one(any_rank(1, 3)), vague=True
    ),
}

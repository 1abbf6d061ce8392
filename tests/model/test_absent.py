"""Names that Keras 3 lacks are found wherever the program spells them, unless it is prepared for that."""

from __future__ import annotations

from kerlint.model.absent import absent_names
from kerlint.source import read


def found(text: str) -> list[tuple[str, str]]:
    """Dotted path and text at the place of each."""
    return [(one.dotted, one.place.text) for one in absent_names(read(text.encode(), "program.py"))]


def test_a_module_is_found_once_with_what_is_taken_from_it() -> None:
    (one,) = absent_names(read(b"from keras.layers.core import Dense, Dropout as D\n", "program.py"))
    assert (one.dotted, one.imported, one.is_import) == ("keras.layers.core", ("Dense", "Dropout"), True)
    assert one.place.text == "keras.layers.core"


def test_names_are_found_one_by_one() -> None:
    text = "from keras.layers import Dense, CuDNNLSTM, Merge as M\n"
    assert found(text) == [("keras.layers.CuDNNLSTM", "CuDNNLSTM"), ("keras.layers.Merge", "Merge")]


def test_attributes_are_followed_through_what_imports_bind() -> None:
    text = (
        "import tensorflow as tf\nfrom keras import backend as K\n\ndef f(x):\n    return K.mean(tf.log(x))\n"
    )
    assert found(text) == [("keras.backend.mean", "K.mean"), ("tensorflow.log", "tf.log")]


def test_members_reached_through_an_absent_module_are_noted_with_it() -> None:
    text = "from keras.utils import np_utils\ny = np_utils.to_categorical(1)\nz = np_utils.normalize(2)\n"
    (one,) = absent_names(read(text.encode(), "program.py"))
    assert one.members == ("to_categorical", "normalize")
    assert one.whole is not None
    assert one.whole.text == "keras.utils import np_utils"


def test_text_and_comments_are_not_code() -> None:
    assert found("from keras import backend as K\n'''K.mean'''\n# K.mean\n") == []


def test_a_name_with_two_meanings_is_not_followed() -> None:
    assert found("from keras import backend as K\nfrom numpy import linalg as K\nK.mean(1)\n") == []
    assert found("from keras import backend as K\nK = 3\nK.mean(1)\n") == []


def test_guarded_code_is_left_alone() -> None:
    text = "try:\n    import keras.layers.core\nexcept ImportError:\n    pass\n"
    assert found(text) == []


def test_imports_inside_functions_count() -> None:
    assert found("def f():\n    from keras.layers.core import Dense\n    return Dense\n") != []


def test_other_packages_and_relative_imports_are_not_judged() -> None:
    assert found("from .keras.layers.core import Dense\nimport torch.keras\nfrom mine.keras import x\n") == []

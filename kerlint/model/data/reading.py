"""Data from outside: files, frames, pictures. What is in them is not known, but where it goes is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim
from kerlint.model.call_sites import CallSite
from kerlint.model.data.arrays import ArrayValue, fact_of, fresh, unknown_array
from kerlint.model.data_facts import ArrayFact
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, Ref, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain

READERS = frozenset(
    {
        "pandas.read_csv",
        "pandas.read_table",
        "pandas.read_excel",
        "pandas.read_pickle",
        "pandas.read_json",
        "pandas.read_parquet",
        "pandas.DataFrame",
        "pandas.Series",
        "pandas.concat",
        "numpy.load",
        "numpy.loadtxt",
        "numpy.genfromtxt",
        "numpy.fromfile",
        "numpy.frombuffer",
        "cv2.imread",
        "cv2.cvtColor",
        "imageio.imread",
        "matplotlib.image.imread",
        "matplotlib.pyplot.imread",
        "skimage.io.imread",
        "scipy.io.loadmat",
        "joblib.load",
        "pickle.load",
    }
)
PIXEL_MODES = {"grayscale": 1, "rgb": 3, "rgba": 4}
NOT_ARRAYS = frozenset({"scipy.io.loadmat", "joblib.load", "pickle.load", "numpy.load"})
"""What these give may be anything."""


def read(symbol: str, arguments: Arguments) -> ArrayValue | None:
    """Something read from a file, with an identity; None when the function is no such reader."""
    if symbol not in READERS:
        return None
    rank_two = symbol in ("pandas.read_csv", "pandas.read_table", "pandas.read_excel")
    return unknown_array(symbol, (UNKNOWN_DIM, UNKNOWN_DIM) if rank_two else None)


def pads(domain: KerasDomain, site: CallSite) -> Value:
    """`pad_sequences(sequences, maxlen)`: rows of one length."""
    fact = fact_of(site.value("sequences")) or ArrayFact()
    width = site.value("maxlen")
    shape = (fact.count if fact.shape else UNKNOWN_DIM, width if is_size(width) else UNKNOWN_DIM)
    is_plain = site.value("value") in (0, 0.0)
    low, high = (fact.low, fact.high) if is_plain and fact.low == 0 else (None, None)
    dtype = site.value("dtype")
    if fact.rank not in (1, None):
        shape = (shape[0], shape[1])
        return ArrayValue(ArrayFact(None, rows=fact.rows, source=fact.source))
    return ArrayValue(
        ArrayFact(
            shape,
            dtype if isinstance(dtype, str) else None,
            low,
            high,
            tight=fact.tight,
            rows=fact.rows,
            source=fact.source,
        )
    )


ALL_WORDS = Unknown("as many as the words that a Tokenizer met: its ids begin at 1")
"""`len(tokenizer.word_index)`: one less than the rows that an embedding of its ids needs."""


class Tokenizer(Ref):
    """Keras's former `Tokenizer`."""

    __slots__ = ("site",)

    def __init__(self, site: CallSite) -> None:
        super().__init__()
        self.site = site

    @property
    def takes_all(self) -> bool:
        """Whether ids go as far as there are words."""
        return self.site.exact and self.site.is_omitted("num_words")


class WordIndex(Ref):
    """`tokenizer.word_index`."""

    __slots__ = ("tokenizer",)

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer


class Picture:
    """What `load_img` gives: a PIL image of a size."""

    __slots__ = ("channels", "size")

    def __init__(self, site: CallSite) -> None:
        mode = site.value("color_mode")
        self.channels: Dim = PIXEL_MODES.get(mode, UNKNOWN_DIM) if isinstance(mode, str) else UNKNOWN_DIM
        size = site.value("target_size")
        plain = isinstance(size, tuple) and len(size) == 2 and all(is_size(one) for one in size)
        self.size: tuple[Dim, Dim] = (size[0], size[1]) if plain else (UNKNOWN_DIM, UNKNOWN_DIM)


def load_img(site: CallSite) -> Value:
    """`load_img(path, target_size=...)`."""
    return Instance(Symbol("PIL.Image.Image"), Picture(site))


def img_to_array(site: CallSite) -> Value:
    """`img_to_array(image)`: height, width, channels, values from 0 to 255."""
    given = site.value("img")
    if isinstance(given, Instance) and isinstance(given.native, Picture):
        shape = (*given.native.size, given.native.channels)
        return fresh(ArrayFact(shape, "float32", 0, 255, source="keras.utils.img_to_array"))
    return fresh(
        ArrayFact((UNKNOWN_DIM, UNKNOWN_DIM, UNKNOWN_DIM), "float32", source="keras.utils.img_to_array")
    )

"""An embedding has fewer rows than there are ids.

Ids from 0 to n need n + 1 rows. A `Tokenizer` counts its words from 1 and keeps 0 for the padding, so that
`len(tokenizer.word_index)` is the largest id and one row too few.

Asked of Keras 3.15: on a CPU the largest id raises `InvalidArgumentError` ("indices[0,3] = 20 is not in
[0, 20)") as soon as a batch holds it; on a GPU it reads zeros in silence.

Bad:

```python
from keras.layers import Dense, Embedding, Flatten
from keras.models import Sequential
from keras.preprocessing.text import Tokenizer

texts = open('reviews.txt').readlines()
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
vocab_size = len(tokenizer.word_index)
model = Sequential()
model.add(Embedding(vocab_size, 32, input_length=50))  # KER602 warning: no row for the last word
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
```

Good:

```python
from keras.layers import Dense, Embedding, Flatten
from keras.models import Sequential
from keras.preprocessing.text import Tokenizer

texts = open('reviews.txt').readlines()
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
vocab_size = len(tokenizer.word_index) + 1
model = Sequential()
model.add(Embedding(vocab_size, 32, input_length=50))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
```

How to fix: `input_dim` is the largest id and one more.

Fix safety: safe; a row is added that the ids need.

See: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import CallSite, Origin
from kerlint.model.data.reading import ALL_WORDS
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._fits import fed, single
from ._front import front
from ._once import once

PROBE = Probe(Step.COMPILE, (Holds(Property.ROWS_MISSING), Raises("is not in [0")))

BAD = {
    "fewer rows than words were asked for": """
        from keras import Sequential, layers
        from keras.datasets import imdb
        from keras.preprocessing import sequence

        (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=10000)
        x_train = sequence.pad_sequences(x_train, maxlen=200)
        model = Sequential([
            layers.Input((200,)),
            layers.Embedding(5000, 32),  # KER602 error: ids up to 9999
            layers.LSTM(32),
            layers.Dense(1, activation='sigmoid'),
        ])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x_train, y_train)
    """,
    "ids that count from one": """
        import numpy as np
        from tensorflow import keras

        ids = np.random.randint(1, 21, size=(64, 10))
        model = keras.Sequential()
        model.add(keras.layers.Embedding(20, 8, input_length=10))  # KER602 error: ids up to 20
        model.add(keras.layers.GlobalAveragePooling1D())
        model.add(keras.layers.Dense(1))
        model.compile('adam', 'mse')
        model.fit(ids, np.zeros((64, 1)))
    """,
}
GOOD = {
    "as many rows as words": """
        from keras import Sequential, layers
        from keras.datasets import imdb
        from keras.preprocessing import sequence

        (x_train, y_train), _ = imdb.load_data(num_words=10000)
        x_train = sequence.pad_sequences(x_train, maxlen=200)
        model = Sequential([
            layers.Input((200,)), layers.Embedding(10000, 32), layers.LSTM(32), layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x_train, y_train)
    """,
    "the ids are limited": """
        from keras.layers import Embedding
        from keras.preprocessing.text import Tokenizer

        tokenizer = Tokenizer(num_words=5000)
        tokenizer.fit_on_texts(open('reviews.txt').readlines())
        layer = Embedding(len(tokenizer.word_index), 32)
    """,
    "two more for good measure": """
        from keras.layers import Embedding
        from keras.preprocessing.text import Tokenizer

        tokenizer = Tokenizer()
        words = tokenizer.word_index
        layer = Embedding(input_dim=2 + len(words), output_dim=32)
    """,
    "a vocabulary that begins at zero": """
        import keras

        vectorize = keras.layers.TextVectorization(max_tokens=100)
        layer = keras.layers.Embedding(vectorize.vocabulary_size(), 16)
    """,
    "what cannot be known: a dictionary of one's own": """
        import json
        from keras.layers import Embedding

        words = json.load(open('words.json'))
        layer = Embedding(len(words), 16)
    """,
}


def _one_more(site: CallSite) -> Suggestion | None:
    """`+ 1` behind the argument."""
    argument = site.argument("input_dim")
    if argument is None or argument.origin is not Origin.WRITTEN or argument.place is None:
        return None
    return Suggestion("add the row", (argument.place.replacing(f"{argument.text} + 1"),), safe=True)


def _tokenizers(program: Program) -> Iterator[Hit]:
    for site in program.calls:
        if site.symbol == "keras.layers.Embedding" and site.value("input_dim") is ALL_WORDS:
            words = "the Tokenizer's ids go from 1 to len(word_index), and the embedding has no row for the last word"
            yield Hit(site.place, words, Severity.WARNING, Confidence.LIKELY, fix=_one_more(site))


def _too_large(program: Program) -> Iterator[Hit]:
    for one in fed(program):
        found, fact = front(one.model), single(one.x)
        if found is None or found.first is None or fact is None or not fact.tight or fact.high is None:
            continue
        layer = found.first.operation
        rows = layer.value("input_dim")
        if layer.cls != "Embedding" or type(rows) is not int or fact.high < rows or layer.place is None:
            continue
        words = f"{one.x_text} holds ids up to {int(fact.high)}, but the embedding has {rows} rows, 0 to {rows - 1}"
        yield Hit(layer.place, words, Severity.ERROR, related=((one.x_place, "the ids"),))


@rule("KER602", Severity.WARNING, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report embeddings that lack rows for ids they are given, once a layer."""
    yield from once((*_too_large(program), *_tokenizers(program)))

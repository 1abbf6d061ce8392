"""The few functions of scikit-learn that stand between data and Keras, for where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def train_test_split(*arrays: Any, test_size: Any = None, train_size: Any = None, **options: Any) -> Any:
    """Each array in two parts of the sizes that scikit-learn gives them, in one random order."""
    import numpy as np

    count = len(arrays[0])
    held = _size(_rest(train_size, count) if test_size is None else test_size, count)
    order = np.arange(count)
    if options.get("shuffle", True):
        np.random.default_rng(options.get("random_state") or 0).shuffle(order)
    first, second = order[held:], order[:held]
    return [_rows(array, part) for array in arrays for part in (first, second)]


def _size(share: Any, count: int) -> int:
    return -int(-share * count // 1) if isinstance(share, float) else int(share)


def _rest(share: Any, count: int) -> Any:
    if share is None:
        return 0.25
    return 1 - share if isinstance(share, float) else count - share


def _rows(array: Any, part: Any) -> Any:
    if isinstance(array, list | tuple):
        return [array[index] for index in part]
    return array[part]


def shuffle(*arrays: Any, **options: Any) -> Any:
    """The arrays in one random order."""
    import numpy as np

    order = np.random.default_rng(options.get("random_state") or 0).permutation(len(arrays[0]))
    moved = [_rows(array, order) for array in arrays]
    return moved[0] if len(moved) == 1 else moved


class KFold:
    """Folds of consecutive rows."""

    def __init__(self, n_splits: int = 5, **options: Any) -> None:
        self.n_splits = n_splits

    def split(self, data: Any, *others: Any) -> Iterator[Any]:
        """Pairs of rows to train on and rows to test."""
        import numpy as np

        rows = np.arange(len(data))
        for part in np.array_split(rows, self.n_splits):
            yield np.setdiff1d(rows, part), part

    def get_n_splits(self, *others: Any) -> int:
        """How many folds there are."""
        return self.n_splits


class Scaler:
    """Columns to mean 0 and deviation 1, or between two bounds."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.bounds: Any = options.get("feature_range", args[0] if args else None)

    def fit(self, data: Any, *others: Any) -> Scaler:
        """Learn the columns' scale."""
        import numpy as np

        values = np.asarray(data, "float64")
        low, high = self.bounds or (0, 1)
        if self.bounds or type(self).__name__ == "MinMaxScaler":
            span = np.where(np.ptp(values, 0) == 0, 1, np.ptp(values, 0))
            self.scale_, self.offset_ = (high - low) / span, low - values.min(0) * (high - low) / span
        else:
            deviation = np.where(values.std(0) == 0, 1, values.std(0))
            self.scale_, self.offset_ = 1 / deviation, -values.mean(0) / deviation
        return self

    def transform(self, data: Any) -> Any:
        """The data, scaled."""
        import numpy as np

        return np.asarray(data) * self.scale_ + self.offset_

    def inverse_transform(self, data: Any) -> Any:
        """The data as it was."""
        import numpy as np

        return (np.asarray(data) - self.offset_) / self.scale_

    def fit_transform(self, data: Any, *others: Any) -> Any:
        """Both at once."""
        return self.fit(data).transform(data)


class MinMaxScaler(Scaler):
    """Between two bounds, 0 and 1 if nothing is said."""


class LabelEncoder:
    """Labels as codes from 0."""

    def fit(self, labels: Any) -> LabelEncoder:
        """Learn the labels."""
        import numpy as np

        self.classes_ = np.unique(np.asarray(labels))
        return self

    def transform(self, labels: Any) -> Any:
        """The codes."""
        import numpy as np

        return np.searchsorted(self.classes_, np.asarray(labels))

    def fit_transform(self, labels: Any) -> Any:
        """Both at once."""
        return self.fit(labels).transform(labels)


class LabelBinarizer(LabelEncoder):
    """Labels as one-hot rows; a column where there are two."""

    def transform(self, labels: Any) -> Any:
        """The rows."""
        import numpy as np

        codes = super().transform(labels)
        if len(self.classes_) <= 2:
            return codes.reshape(-1, 1)
        return np.eye(len(self.classes_), dtype="int64")[codes]


MEMBERS = {
    "train_test_split": train_test_split,
    "shuffle": shuffle,
    "KFold": KFold,
    "StratifiedKFold": KFold,
    "StandardScaler": Scaler,
    "MinMaxScaler": MinMaxScaler,
    "LabelEncoder": LabelEncoder,
    "LabelBinarizer": LabelBinarizer,
}
"""Whatever module of scikit-learn they are asked of."""

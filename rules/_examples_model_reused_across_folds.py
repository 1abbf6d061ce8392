"""Example programs of `model-reused-across-folds`."""

from __future__ import annotations

BAD = {
    "stratified folds": """
        import numpy as np
        from keras.layers import Dense
        from keras.models import Sequential
        from sklearn.model_selection import StratifiedKFold

        X, Y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
        kfold = StratifiedKFold(n_splits=10, shuffle=True, random_state=7)
        model = Sequential()
        model.add(Dense(12, input_dim=8, activation="relu"))
        model.add(Dense(1, activation="sigmoid"))
        model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
        scores = []
        for train, test in kfold.split(X, Y):
            model.fit(X[train], Y[train], epochs=150, batch_size=10, verbose=0)  # KER710 warning: `model` goes on
            scores.append(model.evaluate(X[test], Y[test], verbose=0)[1])
        """,
    "numbered folds, in a function": """
        import tensorflow as tf
        from sklearn.model_selection import KFold


        def build_model():
            model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
            model.compile("adam", "mse")
            return model


        def cross_validate(x, y):
            network = build_model()
            for fold, (train, test) in enumerate(KFold(5).split(x, y)):
                print(fold)
                network.fit(x[train], y[train])  # KER710: goes on from the fold before
        """,
    "a helper trains it": """
        import keras
        from keras import layers
        from sklearn.model_selection import KFold


        def train(model, x, y):
            model.fit(x, y, epochs=3)  # KER710: `model` goes on


        def run(x, y):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile("adam", "mse")
            for train_index, _ in KFold(3).split(x):
                train(model, x[train_index], y[train_index])
        """,
}

GOOD = {
    "a model for every fold": """
        import keras
        from keras import layers
        from sklearn.model_selection import KFold


        def run(x, y):
            for train, test in KFold(3).split(x):
                model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
                model.compile("adam", "mse")
                model.fit(x[train], y[train])
        """,
    "the first weights come back": """
        import keras
        from keras import layers
        from sklearn.model_selection import KFold


        def run(x, y):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile("adam", "mse")
            start = model.get_weights()
            for train, test in KFold(3).split(x):
                model.set_weights(start)
                model.fit(x[train], y[train])
        """,
    "epochs are no folds": """
        import keras
        from keras import layers


        def run(x, y, line):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile("adam", "mse")
            for word in line.split(","):
                model.fit(x, y)
            for epoch in range(3):
                model.fit(x, y)
        """,
    "the parts of a series grow": """
        import keras
        from keras import layers
        from sklearn.model_selection import TimeSeriesSplit


        def run(x, y):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile("adam", "mse")
            for train, test in TimeSeriesSplit(3).split(x):
                model.fit(x[train], y[train])
        """,
    "fitted after the folds": """
        import keras
        from keras import layers
        from sklearn.model_selection import KFold


        def run(x, y):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile("adam", "mse")
            for train, test in KFold(3).split(x):
                print(len(train))
            model.fit(x, y)
        """,
    "cannot know: where the model comes from": """
        from project import make_model
        from sklearn.model_selection import KFold


        def run(x, y):
            for train, test in KFold(3).split(x):
                model = make_model()
                model.fit(x[train], y[train])
        """,
}

"""Examples of dropout-rate-invalid."""

BAD = {
    "everything is dropped": """
        import tensorflow as tf

        model = tf.keras.Sequential([
            tf.keras.layers.Dense(8, activation="relu"),
            tf.keras.layers.Dropout(rate=1.0),  # KER503 error: drops everything
            tf.keras.layers.Dense(1),
        ])
    """,
    "percents in a recurrent layer": """
        from keras.models import Sequential
        from keras.layers import LSTM

        model = Sequential()
        model.add(LSTM(8, dropout=20, recurrent_dropout=0.2))  # KER503 error: dropout of LSTM takes a rate
    """,
    "a negative rate": """
        import keras
        from keras import layers

        i = keras.Input((10, 8))
        o = layers.SpatialDropout1D(-0.5)(i)  # KER503 error: not -0.5
    """,
    "the share that is kept": """
        import keras
        from keras import layers

        KEEP_PROB = 0.95
        i = keras.Input((8,))
        x = layers.Dense(16, "relu")(i)
        x = layers.Dropout(KEEP_PROB)(x)  # KER503 warning: drops 95 % of its inputs
    """,
    "noise that divides by zero": """
        from keras import layers

        noise = layers.GaussianDropout(1)  # KER503 error: drops everything
    """,
}
GOOD = {
    "usual rates": """
        from keras import layers

        found = [layers.Dropout(rate) for rate in (0, 0.0, 0.1, 0.5, 0.8)]
        rnn = layers.GRU(8, dropout=0.2, recurrent_dropout=0.2)
    """,
    "a rate that cannot be known": """
        import sys
        from keras import layers

        drop = layers.Dropout(float(sys.argv[1]))
        other = layers.LSTM(4, dropout=rate)
    """,
    "a class of another library": """
        from torch.nn import Dropout

        drop = Dropout(1.0)
    """,
    "noise has no rate": """
        from keras import layers

        noise = layers.GaussianNoise(20)
    """,
    "a rate of a function's caller": """
        from keras import layers

        def block(x, rate):
            return layers.Dropout(rate)(x)
    """,
}

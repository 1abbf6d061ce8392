"""Examples of mask-destroyed."""

from __future__ import annotations

BAD = {
    "a convolution over words": """
        from keras.models import Sequential
        from keras.layers import Embedding, Conv1D, GlobalMaxPooling1D, Dense

        model = Sequential()
        model.add(Embedding(5000, 50, mask_zero=True))
        model.add(Conv1D(64, 3, activation='relu'))  # KER603 warning: Conv1D loses the mask of Embedding
        model.add(GlobalMaxPooling1D())
        model.add(Dense(1, activation='sigmoid'))
        model.build((None, 30))
        """,
    "masking before a permutation": """
        import keras
        from keras import layers

        inputs = keras.Input((20, 3))
        x = layers.Masking(0.0)(inputs)
        x = layers.Dropout(0.2)(x)
        x = layers.Permute((2, 1))(x)  # KER603: Permute loses the mask of Masking
        model = keras.Model(inputs, layers.LSTM(4)(x))
        """,
    "a sum in a lambda": """
        from tensorflow.keras import Sequential, layers

        model = Sequential([
            layers.Input((20,)),
            layers.Embedding(100, 8, mask_zero=True, name="words"),
            layers.Lambda(lambda x: x * 2.0),  # KER603: Lambda loses the mask of Embedding 'words'
            layers.LSTM(4),
        ])
        """,
}

GOOD = {
    "a recurrent layer uses it": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((20,)),
            layers.Embedding(100, 8, mask_zero=True),
            layers.SpatialDropout1D(0.2),
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.Flatten(),
            layers.Dense(1),
        ])
        """,
    "no mask is made": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((20,)), layers.Embedding(100, 8), layers.Flatten(), layers.Dense(1)])
        """,
    "attention uses it": """
        import keras
        from keras import layers

        inputs = keras.Input((20,))
        x = layers.Embedding(100, 8, mask_zero=True)(inputs)
        x = layers.MultiHeadAttention(2, 4)(x, x)
        model = keras.Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling1D()(x)))
        """,
    "cannot know: whether a mask is made": """
        from keras import Sequential, layers

        def build(masked):
            return Sequential([layers.Input((20,)), layers.Embedding(100, 8, mask_zero=masked), layers.Flatten()])
        """,
    "a convolution that was taught to keep it": """
        import keras
        from keras import layers

        class MaskedConv1D(layers.Conv1D):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.supports_masking = True

            def call(self, inputs, mask=None):
                if mask is not None:
                    inputs = inputs * keras.ops.expand_dims(keras.ops.cast(mask, inputs.dtype), axis=-1)
                return super().call(inputs)

        inputs = keras.Input((20,))
        x = layers.Embedding(100, 8, mask_zero=True)(inputs)
        x = MaskedConv1D(filters=4, kernel_size=3)(x)
        model = keras.Model(inputs, x)
        """,
    "a layer of the user's": """
        import keras
        from keras import layers

        class Mean(layers.Layer):
            def __init__(self):
                super().__init__()
                self.supports_masking = True

            def call(self, x, mask=None):
                return keras.ops.mean(x, axis=1)

        model = keras.Sequential([layers.Input((20,)), layers.Embedding(100, 8, mask_zero=True), Mean()])
        """,
}

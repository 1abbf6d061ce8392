"""Examples of optimizer-legacy-argument."""

from __future__ import annotations

BAD = {
    "an old script": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.optimizers import SGD

        model = Sequential()
        model.add(Dense(1, input_dim=4))
        sgd = SGD(lr=0.01, decay=1e-6, momentum=0.9, nesterov=True)  # KER112 error: SGD takes no `lr`, it is `learning_rate` now
        # ^ KER112 warning: SGD ignores `decay` in Keras 3: the learning rate stays as it is; give it InverseTimeDecay(rate, 1, 1e-6)
        model.compile(loss='mse', optimizer=sgd)
        """,
    "through tensorflow": """
        import tensorflow as tf

        adam = tf.keras.optimizers.Adam(lr=1e-4)  # KER112: it is `learning_rate` now
        nadam = tf.keras.optimizers.Nadam(learning_rate=0.002, schedule_decay=0.004)  # KER112: Nadam takes no `schedule_decay` (Nadam has a fixed one)
        """,
    "legacy optimizers": """
        import tensorflow as tf

        adam = tf.keras.optimizers.legacy.Adam(learning_rate=1e-4)  # KER112 error: Keras 3 raises ImportError; use optimizers.Adam
        """,
    "a slip, and the argument of another optimizer": """
        from keras import optimizers

        a = optimizers.Adam(learing_rate=0.1)  # KER112: did you mean `learning_rate`
        b = optimizers.SGD(learning_rate=0.1, amsgrad=True)  # KER112: SGD takes no `amsgrad` (that is an argument of Adam)
        c = optimizers.Adam(0.001, beta1=0.5)  # KER112: it is `beta_1`
        """,
    "two ways of clipping": """
        from keras.optimizers import Adam

        adam = Adam(0.001, clipnorm=1.0, clipvalue=0.5)  # KER112: Adam takes one of clipnorm and clipvalue, not both
        """,
    "a rate by its old name on the model's optimizer": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(1)])
        model.compile("adam", "mse")
        model.optimizer.lr = 0.0001  # KER112: Keras 3 keeps the value and ignores it; set learning_rate
        """,
    "reading the rate": """
        from keras import optimizers

        adam = optimizers.Adam(0.001)
        print(adam.lr)  # KER112: Keras 3 raises AttributeError; use learning_rate
        """,
    "halving the rate": """
        from keras import optimizers

        adam = optimizers.Adam(0.001)
        adam.lr *= 0.5  # KER112: `lr` is an attribute of Adam no more
        """,
    "minimize": """
        import tensorflow as tf
        from keras import optimizers

        adam = optimizers.Adam(0.001)
        w = tf.Variable(1.0)
        adam.minimize(lambda: w * w, [w])  # KER112: use apply_gradients
        """,
    "a decay by position": """
        from keras.optimizers import SGD

        sgd = SGD(0.01, 0.9, 1e-6)  # KER112 warning: SGD takes 1e-6 for `nesterov` at this position
        """,
    "a decay of zero": """
        from keras.optimizers import Adam

        adam = Adam(learning_rate=0.001, decay=0.0)  # KER112 info: Adam ignores `decay`
        """,
}

GOOD = {
    "what Keras 3 takes": """
        from keras import optimizers

        sgd = optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True, weight_decay=1e-6, clipnorm=1.0)
        adam = optimizers.Adam(0.001, 0.9, 0.999, 1e-7, True)
        adam.learning_rate = 0.1
        """,
    "Keras 2 takes the old names": """
        from tf_keras import optimizers

        sgd = optimizers.SGD(lr=0.1)
        sgd.lr = 0.01
        """,
    "an environment that asks for Keras 2": """
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        import tensorflow as tf

        sgd = tf.keras.optimizers.legacy.SGD(lr=0.1, decay=1e-6)
        """,
    "another library's": """
        from torch.optim import SGD

        sgd = SGD([], lr=0.1, decay=1)
        """,
    "a version test": """
        import keras
        from keras.optimizers import Adam

        if keras.__version__ < "2.3":
            adam = Adam(lr=0.1)
        else:
            adam = Adam(learning_rate=0.1)
        """,
    "an attempt": """
        from keras.optimizers import Adam

        try:
            adam = Adam(lr=0.1)
        except ValueError:
            adam = Adam(learning_rate=0.1)
        """,
    "cannot know: which optimizer it is": """
        from settings import make_optimizer

        optimizer = make_optimizer(lr=0.1)
        optimizer.lr = 0.3
        """,
}

"""Well-known architectures for text, sequences and generation, and classes of a user's own."""

from __future__ import annotations

OTHERS: dict[str, str] = {
    "Variational autoencoder with a sampling layer": """
import keras
from keras import layers, ops

class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        mean, log_var = inputs
        batch = ops.shape(mean)[0]
        dim = ops.shape(mean)[1]
        epsilon = keras.random.normal(shape=(batch, dim), seed=self.seed_generator)
        return mean + ops.exp(0.5 * log_var) * epsilon

latent_dim = 2
encoder_inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(encoder_inputs)
x = layers.Flatten()(x)
x = layers.Dense(16, activation="relu")(x)
z_mean = layers.Dense(latent_dim, name="z_mean")(x)
z_log_var = layers.Dense(latent_dim, name="z_log_var")(x)
z = Sampling()([z_mean, z_log_var])
encoder = keras.Model(encoder_inputs, [z_mean, z_log_var, z], name="encoder")

latent_inputs = keras.Input(shape=(latent_dim,))
x = layers.Dense(7 * 7 * 8, activation="relu")(latent_inputs)
x = layers.Reshape((7, 7, 8))(x)
x = layers.Conv2DTranspose(8, 3, activation="relu", strides=2, padding="same")(x)
decoder_outputs = layers.Conv2DTranspose(1, 3, activation="sigmoid", strides=2, padding="same")(x)
decoder = keras.Model(latent_inputs, decoder_outputs, name="decoder")

class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")

    def call(self, x):
        return self.decoder(self.encoder(x)[2])

vae = VAE(encoder, decoder)
out = vae(encoder_inputs)
""",
    "GAN: a discriminator frozen inside the combined model": """
import keras
from keras import layers
from keras.models import Sequential, Model

class GAN:
    def __init__(self):
        self.img_shape = (28, 28, 1)
        self.latent = 100
        optimizer = keras.optimizers.Adam(0.0002, 0.5)
        self.discriminator = self.build_discriminator()
        self.discriminator.compile(loss="binary_crossentropy", optimizer=optimizer)
        self.generator = self.build_generator()
        z = layers.Input(shape=(self.latent,))
        img = self.generator(z)
        self.discriminator.trainable = False
        valid = self.discriminator(img)
        self.combined = Model(z, valid, name="combined")
        self.combined.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.0002))

    def build_generator(self):
        model = Sequential()
        model.add(layers.Dense(32, input_dim=self.latent))
        model.add(layers.LeakyReLU(negative_slope=0.2))
        model.add(layers.BatchNormalization(momentum=0.8))
        model.add(layers.Dense(784, activation="tanh"))
        model.add(layers.Reshape(self.img_shape))
        noise = layers.Input(shape=(self.latent,))
        return Model(noise, model(noise), name="generator")

    def build_discriminator(self):
        model = Sequential()
        model.add(layers.Flatten(input_shape=self.img_shape))
        model.add(layers.Dense(64))
        model.add(layers.LeakyReLU(negative_slope=0.2))
        model.add(layers.Dense(1, activation="sigmoid"))
        img = layers.Input(shape=self.img_shape)
        return Model(img, model(img), name="discriminator")

gan = GAN()
models = [gan.generator, gan.discriminator, gan.combined]
""",
    "LSTM classifier": """
from tensorflow.keras.preprocessing import sequence
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Embedding, LSTM, Bidirectional, SpatialDropout1D, Input

max_features, maxlen = 20000, 80
model = Sequential()
model.add(Input(shape=(maxlen,)))
model.add(Embedding(max_features, 128))
model.add(SpatialDropout1D(0.2))
model.add(Bidirectional(LSTM(64, return_sequences=True)))
model.add(LSTM(units=32, dropout=0.2, recurrent_dropout=0.2))
model.add(Dense(1, activation="sigmoid"))

late = Sequential([Embedding(100, 8), LSTM(4), Dense(2)])
late.build(input_shape=(None, 12))
""",
    "Text CNN with parallel filters": """
import keras
from keras.layers import Input, Embedding, Conv1D, GlobalMaxPooling1D, Concatenate, Dropout, Dense

filter_sizes = [3, 4, 5]
inputs = Input(shape=(50,), dtype="int32", name="tokens")
embedded = Embedding(input_dim=1000, output_dim=32, name="embedding")(inputs)
pooled = [GlobalMaxPooling1D()(Conv1D(16, size, activation="relu")(embedded)) for size in filter_sizes]
merged = Concatenate()(pooled) if len(pooled) > 1 else pooled[0]
outputs = Dense(3, activation="softmax")(Dropout(0.5)(merged))
textcnn = keras.Model(inputs=inputs, outputs=outputs, name="textcnn")
""",
    "Siamese network with a shared encoder and a distance": """
import keras
from keras import layers, ops

def encoder():
    i = keras.Input((32, 32, 1))
    x = layers.Conv2D(4, 5, activation="tanh")(i)
    x = layers.AveragePooling2D(2)(x)
    x = layers.Flatten()(x)
    return keras.Model(i, layers.Dense(10)(x), name="encoder")

def distance(vects):
    a, b = vects
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=1, keepdims=True), 1e-7))

shared = encoder()
left, right = keras.Input((32, 32, 1), name="left"), keras.Input((32, 32, 1), name="right")
merged = layers.Lambda(distance, output_shape=(1,))([shared(left), shared(right)])
normal = layers.BatchNormalization()(merged)
siamese = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(normal), name="siamese")
""",
    "Transformer block as layers": """
import keras
from keras import layers, ops

class TransformerBlock(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1):
        super().__init__()
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
        self.layernorm1 = layers.LayerNormalization(epsilon=1e-6)
        self.layernorm2 = layers.LayerNormalization(epsilon=1e-6)
        self.dropout1 = layers.Dropout(rate)
        self.dropout2 = layers.Dropout(rate)

    def call(self, inputs, training=False):
        attn_output = self.att(inputs, inputs)
        attn_output = self.dropout1(attn_output, training=training)
        out1 = self.layernorm1(inputs + attn_output)
        ffn_output = self.ffn(out1)
        ffn_output = self.dropout2(ffn_output, training=training)
        return self.layernorm2(out1 + ffn_output)

class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(input_dim=vocab_size, output_dim=embed_dim)
        self.pos_emb = layers.Embedding(input_dim=maxlen, output_dim=embed_dim)

    def call(self, x):
        maxlen = ops.shape(x)[-1]
        positions = ops.arange(start=0, stop=maxlen, step=1)
        positions = self.pos_emb(positions)
        x = self.token_emb(x)
        return x + positions

maxlen, vocab = 20, 200
inputs = layers.Input(shape=(maxlen,))
x = TokenAndPositionEmbedding(maxlen, vocab, 16)(inputs)
x = TransformerBlock(16, 2, 32)(x)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dropout(0.1)(x)
outputs = layers.Dense(2, activation="softmax")(x)
model = keras.Model(inputs=inputs, outputs=outputs)
""",
    "Functional transformer encoder": """
import keras
from keras import layers

def encoder(x, heads, size, ff):
    a = layers.LayerNormalization(epsilon=1e-6)(x)
    a = layers.MultiHeadAttention(key_dim=size, num_heads=heads, dropout=0.1)(a, a)
    a = layers.Dropout(0.1)(a)
    res = a + x
    y = layers.LayerNormalization(epsilon=1e-6)(res)
    y = layers.Conv1D(filters=ff, kernel_size=1, activation="relu")(y)
    y = layers.Conv1D(filters=x.shape[-1], kernel_size=1)(y)
    return y + res

i = keras.Input((24, 6))
x = i
for _ in range(2):
    x = encoder(x, 2, 8, 4)
x = layers.GlobalAveragePooling1D(data_format="channels_last")(x)
for dim in [12]:
    x = layers.Dense(dim, activation="relu")(x)
    x = layers.Dropout(0.4)(x)
model = keras.Model(i, layers.Dense(2, activation="softmax")(x))
""",
    "Vision transformer with patches": """
import keras
from keras import layers, ops

class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        shape = ops.shape(images)
        height, width, channels = shape[1], shape[2], shape[3]
        rows, columns = height // self.patch_size, width // self.patch_size
        patches = keras.ops.image.extract_patches(images, size=self.patch_size)
        return ops.reshape(patches, (shape[0], rows * columns, self.patch_size * self.patch_size * channels))

class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=projection_dim)
        self.position_embedding = layers.Embedding(input_dim=num_patches, output_dim=projection_dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.num_patches, step=1), axis=0)
        return self.projection(patch) + self.position_embedding(positions)

inputs = keras.Input((32, 32, 3))
x = PatchEncoder(16, 8)(Patches(8)(inputs))
for _ in range(2):
    x1 = layers.LayerNormalization()(x)
    a = layers.MultiHeadAttention(2, 8)(x1, x1)
    x2 = layers.Add()([a, x])
    x3 = layers.Dense(16, activation=keras.activations.gelu)(layers.LayerNormalization()(x2))
    x = layers.Add()([layers.Dense(8)(x3), x2])
model = keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
""",
    "Sequence to sequence with states": """
from keras.models import Model
from keras.layers import Input, LSTM, Dense

num_encoder_tokens, num_decoder_tokens, latent_dim = 71, 93, 32
encoder_inputs = Input(shape=(None, num_encoder_tokens))
encoder = LSTM(latent_dim, return_state=True)
encoder_outputs, state_h, state_c = encoder(encoder_inputs)
encoder_states = [state_h, state_c]
decoder_inputs = Input(shape=(None, num_decoder_tokens))
decoder_lstm = LSTM(latent_dim, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(num_decoder_tokens, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
encoder_model = Model(encoder_inputs, encoder_states)
decoder_state_inputs = [Input(shape=(latent_dim,)), Input(shape=(latent_dim,))]
outs, h, c = decoder_lstm(decoder_inputs, initial_state=decoder_state_inputs)
decoder_model = Model([decoder_inputs] + decoder_state_inputs, [decoder_dense(outs), h, c])
""",
    "Subclassed model with blocks in lists": """
import tensorflow as tf

class ConvBlock(tf.keras.layers.Layer):
    def __init__(self, filters, pool=True):
        super(ConvBlock, self).__init__()
        self.conv = tf.keras.layers.Conv2D(filters, 3, padding="same")
        self.bn = tf.keras.layers.BatchNormalization()
        self.pool = tf.keras.layers.MaxPooling2D() if pool else None

    def call(self, x, training=None):
        x = tf.nn.relu(self.bn(self.conv(x), training=training))
        return self.pool(x) if self.pool is not None else x

class Net(tf.keras.Model):
    def __init__(self, widths, classes):
        super().__init__(name="net")
        self.blocks = [ConvBlock(width, pool=i > 0) for i, width in enumerate(widths)]
        self.head = {"flat": tf.keras.layers.Flatten(), "out": tf.keras.layers.Dense(classes)}
        self.drop = tf.keras.layers.Dropout(0.1)

    def call(self, x, training=False):
        for block in self.blocks:
            x = block(x, training=training)
        x = self.head["flat"](x)
        return self.head["out"](self.drop(x, training=training))

net = Net([4, 8, 8], 5)
net.build((None, 16, 16, 3))
second = Net(widths=(2,), classes=3)
y = second(tf.keras.Input((8, 8, 1)))
""",
    "Custom dense layer, time distributed, masks": """
import keras
from keras import layers

class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b

class Scaled(layers.Dense):
    def __init__(self, units, factor=2.0, **kwargs):
        super().__init__(units, **kwargs)
        self.factor = factor

    def call(self, x):
        return super().call(x) * self.factor

i = keras.Input((6, 4))
x = layers.TimeDistributed(layers.Dense(3))(i)
x = Linear(5, name="lin")(x)
x = Scaled(7, activation="relu")(x)
x = layers.Masking()(x)
x = layers.GRU(3)(x)
model = keras.Model(i, Linear()(x))
""",
    "Wide and deep with several inputs and dicts": """
import keras
from keras import layers

specs = {"age": 1, "city": 10, "job": 5}
inputs = {name: keras.Input((size,), name=name) for name, size in specs.items()}
deep = layers.concatenate(list(inputs.values()))
for units in [16, 8]:
    deep = layers.Dense(units, activation="relu")(deep)
    deep = layers.Dropout(0.2)(deep)
wide = layers.Dense(1)(inputs["city"])
logit = layers.Dense(1)(layers.concatenate([wide, deep]))
model = keras.Model(inputs=inputs, outputs={"p": layers.Activation("sigmoid")(logit), "deep": deep})
again = model({name: keras.Input((size,)) for name, size in specs.items()})
""",
    "Q-network with a mixin and properties": """
import keras
from keras import layers
from dataclasses import dataclass

@dataclass
class Config:
    actions: int = 4
    hidden: tuple = (16, 8)
    dueling: bool = True

class Heads:
    @property
    def width(self):
        return self.config.hidden[-1]

    def make_heads(self):
        self.value = layers.Dense(1)
        self.advantage = layers.Dense(self.config.actions)

class QNet(Heads, keras.Model):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.trunk = keras.Sequential([layers.Dense(h, activation="relu") for h in config.hidden])
        if config.dueling:
            self.make_heads()

    def call(self, state):
        x = self.trunk(state)
        a = self.advantage(x)
        return self.value(x) + a - keras.ops.mean(a, axis=1, keepdims=True)

q = QNet(Config(actions=3))
q(keras.Input((5,)))
""",
    "Functional subclass": """
import keras
from keras import layers

class Backbone(keras.Model):
    def __init__(self, depth, width=8, **kwargs):
        inputs = keras.Input((16, 16, 3))
        x = inputs
        for _ in range(depth):
            x = layers.Conv2D(width, 3, padding="same")(x)
        super().__init__(inputs=inputs, outputs=x, **kwargs)
        self.depth = depth

backbone = Backbone(2)
named = Backbone(1, width=4, name="small")
head = keras.Sequential([backbone, layers.Flatten(), layers.Dense(2)])
""",
    "Masks that order the layers": """
import keras
from keras import layers

a = keras.Input((9,), name="a")
b, d = keras.Input((9, 6), name="b"), keras.Input((9, 6), name="d")
x = layers.Embedding(10, 6, mask_zero=True)(a)
y, z = layers.Masking()(b), layers.Masking()(d)
s = layers.Add()([layers.LSTM(6, return_sequences=True)(y), x, z])
merged = keras.Model([b, d, a], layers.LSTM(3)(layers.BatchNormalization()(s)))
t = layers.Attention()([y, x])
u = layers.Bidirectional(layers.GRU(2, return_sequences=True))(t)
attended = keras.Model([d, a, b], layers.concatenate([layers.LSTM(2)(u), layers.LSTM(2)(z)]))
v = layers.TimeDistributed(layers.Dense(2))(layers.MultiHeadAttention(2, 2)(x, y))
heads = keras.Model([b, a], layers.Softmax(axis=1)(v))
plain = keras.Model([b, a], layers.add([layers.GRU(4)(x), layers.LSTM(4)(y)]))
""",
}

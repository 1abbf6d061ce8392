"""Whole random programs in the styles in which people write models; a seed always gives the same one.

Every program leaves its models in module variables, so that Keras and kerlint can be asked about all of them.
"""

from __future__ import annotations

from random import Random

from bench.random_layers import Extents, keeping_layer, random_layer

SHAPES: tuple[Extents, ...] = ((12, 12, 3), (16, 16, 1), (9, 9, 4), (10, 4), (7, 3), (6,), (20,))


class Program:
    """The text of one program while it is written."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lines = ["import functools", "import keras", "from keras import layers, ops", ""]
        self.count = 0
        self.models: list[tuple[str, Extents, Extents]] = []
        """Models with one input and one output: variable, both shapes."""

    @property
    def text(self) -> str:
        """The source."""
        return "\n".join(self.lines) + "\n"

    def fresh(self, stem: str) -> str:
        """A name that was not used before."""
        self.count += 1
        return f"{stem}_{self.count}"

    def say(self, line: str, indent: int = 0) -> None:
        """Write one line."""
        self.lines.append("    " * indent + line)

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.random.random() < probability

    def shape(self) -> Extents:
        """A shape to begin with."""
        return self.random.choice(SHAPES)


def make_program(seed: int) -> str:
    """The source of one program of one to three models."""
    program = Program(seed)
    for _ in range(program.random.randint(1, 3)):
        program.random.choice(STYLES)(program)
    return program.text


# Functional


def functional(program: Program) -> None:
    """Layers called one after the other, with branches, helpers and models inside."""
    shape = program.shape()
    name = f', name="{program.fresh("in")}"' if program.chance(0.3) else ""
    program.say(f"inputs = keras.Input(shape={shape}{name})")
    program.say("x = inputs")
    start = shape
    for _ in range(program.random.randint(1, 5)):
        shape = program.random.choice(STEPS)(program, shape)
    outputs = "x"
    if program.chance(0.2):
        layer, _ = random_layer(program.random, shape)
        program.say(f"side = layers.{layer}(x)")
        outputs = program.random.choice(("[x, side]", '{"b": x, "a": side}'))
    model = program.fresh("model")
    name = f', name="{program.fresh("net")}"' if program.chance(0.3) else ""
    program.say(f"{model} = keras.Model(inputs, {outputs}{name})")
    if outputs == "x":
        program.models.append((model, start, shape))
        _surgery(program, model)
    program.say("")


def _surgery(program: Program, model: str) -> None:
    if program.chance(0.2):
        program.say(f"{program.fresh('model')} = keras.Model({model}.input, {model}.layers[:2][-1].output)")
    if program.chance(0.2):
        program.say(f"for layer in {model}.layers[:2]:")
        program.say("layer.trainable = False", 1)


def _one_layer(program: Program, shape: Extents) -> Extents:
    layer, shape = random_layer(program.random, shape)
    if program.chance(0.2):
        layer = layer[:-1] + ("" if layer.endswith("()") else ", ") + f'name="{program.fresh("layer")}")'
    program.say(f"x = layers.{layer}(x)")
    return shape


def _operation(program: Program, shape: Extents) -> Extents:
    text = program.random.choice(
        (
            "x + 1.0",
            "2.0 * x",
            "-x",
            "x / 2",
            "keras.activations.relu(x)",
            "ops.softmax(x)",
            "x * x",
            "ops.exp(x)",
        )
    )
    program.say(f"x = {text}")
    return shape


def _residual(program: Program, shape: Extents) -> Extents:
    program.say(f"y = layers.{keeping_layer(program.random, shape)}(x)")
    if program.chance(0.5):
        program.say(f"y = layers.{keeping_layer(program.random, shape)}(y)")
    text = program.random.choice(
        (
            "layers.Add()([x, y])",
            "x + y",
            "layers.multiply([y, x])",
            "layers.Average()([y, x])",
            "ops.maximum(x, y)",
        )
    )
    program.say(f"x = {text}")
    return shape


def _branches(program: Program, shape: Extents) -> Extents:
    count = program.random.randint(2, 3)
    if program.chance(0.5):
        program.say(f"towers = [layers.{keeping_layer(program.random, shape)}(x) for _ in range({count})]")
    else:
        program.say("towers = []")
        for _ in range(count):
            program.say(f"towers.append(layers.{keeping_layer(program.random, shape)}(x))")
    concatenate = program.random.choice(("layers.Concatenate()", "layers.concatenate"))
    program.say(f"x = {concatenate}(towers)")
    return (*shape[:-1], shape[-1] * count)


def _helper(program: Program, shape: Extents) -> Extents:
    """A function with a loop, called in a loop."""
    name, rounds = program.fresh("block"), program.random.randint(1, 3)
    program.say(f"def {name}(x, times=2, prefix=None, **options):")
    program.say("for i in range(times):", 1)
    program.say("label = None if prefix is None else f'{prefix}_{i}'", 2)
    program.say(f"y = layers.Dense({shape[-1]}, name=label, **options)(x)", 2)
    if program.chance(0.5):
        program.say(f"y = layers.{keeping_layer(program.random, shape)}(y)", 2)
    program.say("x = layers.add([x, y]) if i % 2 == 0 else y", 2)
    program.say("return x", 1)
    if program.chance(0.4):
        program.say(f'x = {name}(x, prefix="{name}", activation="relu")')
    elif program.chance(0.5):
        program.say(f"stage = functools.partial({name}, use_bias=False)")
        program.say("x = stage(stage(x, times=1))")
    else:
        program.say(f"for times in {list(range(1, rounds + 1))}:")
        program.say(f"x = {name}(x, times)", 1)
    return shape


def _shared(program: Program, shape: Extents) -> Extents:
    program.say(f"shared = layers.{keeping_layer(program.random, shape)}")
    program.say("x = layers.Subtract()([shared(x), shared(shared(x))])")
    return shape


def _nested(program: Program, shape: Extents) -> Extents:
    fitting = [(model, after) for model, before, after in program.models if before == shape]
    if not fitting:
        return _one_layer(program, shape)
    model, after = program.random.choice(fitting)
    program.say(f"x = {model}(x)")
    return after


def _attention(program: Program, shape: Extents) -> Extents:
    if len(shape) != 2:
        return _residual(program, shape)
    program.say("a = layers.MultiHeadAttention(num_heads=2, key_dim=3)(x, x)")
    program.say("x = layers.LayerNormalization()(x + layers.Dropout(0.1)(a))")
    return shape


STEPS = (
    _one_layer,
    _one_layer,
    _one_layer,
    _operation,
    _residual,
    _branches,
    _helper,
    _shared,
    _nested,
    _attention,
)


# Sequential


def sequential(program: Program) -> None:
    """A stack of layers: as a list, with `add`, with or without an input."""
    start = shape = program.shape()
    stack: list[str] = []
    for _ in range(program.random.randint(1, 5)):
        layer, shape = random_layer(program.random, shape)
        stack.append(f"layers.{layer}")
    for model, before, after in program.models:
        if before == shape and program.chance(0.5):
            stack.append(model)
            shape = after
            break
    model = program.fresh("model")
    begin = program.random.choice(("input", "input", "told", "build", "call"))
    if begin == "told" and stack[0].endswith(")") and "Bidirectional" not in stack[0]:
        extra = "" if stack[0].endswith("()") else ", "
        stack[0] = stack[0][:-1] + f"{extra}input_shape={start})"
    elif begin == "told":
        begin = "input"
    if begin == "input":
        stack.insert(0, f"keras.Input({start})")
    _write_stack(program, model, stack)
    if begin == "build":
        program.say(f"{model}.build((None, {', '.join(map(str, start))}))")
    elif begin == "call":
        program.say(f"{program.fresh('out')} = {model}(keras.Input({start}))")
    program.models.append((model, start, shape))
    program.say("")


def _write_stack(program: Program, model: str, stack: list[str]) -> None:
    name = f'name="{program.fresh("stack")}"' if program.chance(0.3) else ""
    how = program.random.choice(("list", "add", "unpacked", "pop"))
    if how in ("add", "pop"):
        program.say(f"{model} = keras.Sequential({name})")
        for layer in stack:
            program.say(f"{model}.add({layer})")
        if how == "pop" and len(stack) > 1:
            program.say(f"{model}.add(layers.Dense(2))")
            program.say(f"{model}.pop()")
        return
    items = [f"*[{stack[0]}]", *stack[1:]] if how == "unpacked" else stack
    program.say(f"{model} = keras.Sequential([")
    for item in items:
        program.say(f"{item},", 1)
    program.say(f"]{', ' + name if name else ''})")


# Subclassed


def subclassed(program: Program) -> None:
    """A model class whose layers are attributes and lists, called or built."""
    shape = start = program.shape()
    cls, block = program.fresh("Net"), program.fresh("Block")
    _block_class(program, block)
    program.say(f"class {cls}(keras.Model):")
    program.say("def __init__(self, depth, **kwargs):", 1)
    program.say("super().__init__(**kwargs)", 2)
    first, middle = random_layer(program.random, shape)
    program.say(f"self.first = layers.{first}", 2)
    program.say(f"self.blocks = [{block}({middle[-1]}) for _ in range(depth)]", 2)
    last, shape = random_layer(program.random, middle)
    program.say(f"self.head = {{'last': layers.{last}}}", 2)
    program.say("def call(self, x, training=False):", 1)
    program.say("x = self.first(x)", 2)
    program.say("for block in self.blocks:", 2)
    program.say("x = block(x)", 3)
    program.say("return self.head['last'](x)", 2)
    model = program.fresh("model")
    program.say(f"{model} = {cls}({program.random.randint(0, 2)})")
    if program.chance(0.5):
        program.say(f"{model}.build((None, {', '.join(map(str, start))}))")
    else:
        program.say(f"{program.fresh('out')} = {model}(keras.Input({start}))")
    program.models.append((model, start, shape))
    program.say("")


def _block_class(program: Program, name: str) -> None:
    program.say(f"class {name}(layers.Layer):")
    program.say("def __init__(self, width, **kwargs):", 1)
    program.say("super().__init__(**kwargs)", 2)
    program.say("self.inner = layers.Dense(width)", 2)
    if program.chance(0.5):
        program.say("self.norm = layers.LayerNormalization()", 2)
    else:
        program.say("self.norm = None", 2)
    if program.chance(0.5):
        program.say("def build(self, input_shape):", 1)
        program.say("self.scale = self.add_weight(shape=(input_shape[-1],), name='scale')", 2)
        call = "y = self.inner(x) * self.scale"
    else:
        call = "y = ops.relu(self.inner(x))"
    program.say("def call(self, x):", 1)
    program.say(call, 2)
    program.say("if self.norm is not None:", 2)
    program.say("y = self.norm(y)", 3)
    program.say("return x + y", 2)


STYLES = (functional, functional, sequential, subclassed)

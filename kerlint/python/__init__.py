"""The partial evaluator: it knows Python, not Keras (design: values, heap, frames, Unknown as a value)."""

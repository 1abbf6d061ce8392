"""kerlint: a linter that recovers the Keras models a program would build, without running it."""

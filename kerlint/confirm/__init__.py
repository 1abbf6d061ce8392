"""Asking TensorFlow, in a child process: the only rooms of kerlint that name it."""

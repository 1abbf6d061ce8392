"""The layer oracle: random configurations of every layer, asked of the installed Keras and of kerlint."""

"""What a program does with its data: arrays, labels, pipelines and generators, followed as far as they are known."""

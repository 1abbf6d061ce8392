"""What a command does, from its request to its output and exit status."""

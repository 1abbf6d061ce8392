"""Are two models the same, and if not, where do they part? Answered without running anything."""

"""From evaluation to program facts: models as layer graphs, trainings and shared objects."""

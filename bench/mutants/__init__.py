"""Real programs made faulty by one small edit: how many of the faults does kerlint name?

`python -m bench.mutants` prints the recall by rule. The operators read text and syntax only and know nothing of
what kerlint recovers, so that what kerlint does not recover counts against it.
"""

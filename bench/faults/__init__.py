"""Programs as people write them, faulty and sound, written from descriptions of faults and not from the rules.

`python -m bench.faults` prints how many of the faults are named, by rule, and what is said of sound programs.
"""

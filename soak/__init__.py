"""Long campaigns of faults: kills, power cuts, flapping lines, stalled phones.

Each fault is a module with ``run(count, seed) -> Verdict``; the default tests run a short
cut of the same code.  ``python -m soak`` prints seeds and a JSON result.
"""

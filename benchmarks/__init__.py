"""Measurements of the project: each prints a table and writes its part of `build/bench.json`.

What depends on the machine is a ratio of two things measured in one run; what does not is a law with an
interval. Run: make bench, or python -m benchmarks.run --help
"""

"""Benchmarks: each compares in one run, and prints what it measured and on what machine."""

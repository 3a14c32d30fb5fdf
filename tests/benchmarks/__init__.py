"""Benchmarks: ratios of the program to floors measured in the same run."""

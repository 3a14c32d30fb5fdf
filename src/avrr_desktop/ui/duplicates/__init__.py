"""Probable duplicates, and the merging of two files."""

"""How long files are kept: which are due, and what is left of them once anonymised (brief 2)."""

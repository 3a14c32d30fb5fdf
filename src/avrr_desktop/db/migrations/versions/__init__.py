"""Revisions of the register's tables."""

"""The bin: deleted records and their return."""

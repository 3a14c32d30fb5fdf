"""Moving to another PC: the register leaves in one protected file, and goes on from it."""

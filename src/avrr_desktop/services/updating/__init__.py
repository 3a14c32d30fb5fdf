"""A newer program takes over: the register is backed up before, and its update is rehearsed."""

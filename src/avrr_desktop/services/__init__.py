"""Use cases: what the windows and the command line do, without Qt."""

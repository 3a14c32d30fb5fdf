"""Leading the window from outside: every page of the program, every form typed by key strokes."""

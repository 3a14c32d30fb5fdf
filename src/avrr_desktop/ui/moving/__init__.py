"""Moving to another PC: the page where the file is prepared."""

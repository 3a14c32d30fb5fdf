"""Qt: windows, forms and lists."""

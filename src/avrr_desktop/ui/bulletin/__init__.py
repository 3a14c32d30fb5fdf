"""The bulletin in the window: its file, its texts and its images."""

"""Behind a figure: who is in, who is nearly in, and why."""

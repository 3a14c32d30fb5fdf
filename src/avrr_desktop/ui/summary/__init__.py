"""The summary on screen: live figures, its page and the panel beside a form."""

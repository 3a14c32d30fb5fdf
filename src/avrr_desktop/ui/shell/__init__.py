"""The main window: frame, navigation, search, history of pages, news of what was saved."""

"""Tokens, style sheet, palette, icons and fonts: the only place that holds a colour, a size or a font."""

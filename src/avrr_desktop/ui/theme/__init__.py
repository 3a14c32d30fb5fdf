"""Tokens, style sheet, palette, icons and fonts: all colours, sizes and fonts are here."""

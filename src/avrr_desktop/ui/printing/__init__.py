"""Neutral documents drawn on paper: pages, texts, tables and charts in a PDF file."""

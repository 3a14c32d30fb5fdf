"""Workbook, nominal lists, template and import."""

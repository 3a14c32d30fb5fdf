"""Workbooks of Excel: how they are written safely, and the statistical one."""

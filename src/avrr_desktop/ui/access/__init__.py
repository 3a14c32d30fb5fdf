"""The way in: first start, log-in, recovery; shown before any register is open."""

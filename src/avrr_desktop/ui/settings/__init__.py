"""Settings of the desk, the office, the lists and the opening balances."""

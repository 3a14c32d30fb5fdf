"""Who may open the register, and as whom: keys, users, passwords."""

"""Plain Python that every layer may use: labels, kinds, fields, periods, ages, errors."""

"""The bulletin of a period: a neutral document in one language, and its Word file."""

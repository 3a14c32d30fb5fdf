"""Half-typed forms: keeping them while one types, offering them again."""

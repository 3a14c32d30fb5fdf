"""Forms: every record's, derived from its declaration, and the registration screen."""

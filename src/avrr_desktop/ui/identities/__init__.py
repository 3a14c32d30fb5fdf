"""The guardian of identities."""

"""The register's own controls, free of the domain."""

"""The register of assisted voluntary return and reintegration of the IOM office in Rabat."""

__version__ = "0.1.0"

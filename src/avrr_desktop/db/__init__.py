"""The SQLite file: engine, transactions, tables beside the records, migrations, search index.

The only layer that knows the dialect.
"""

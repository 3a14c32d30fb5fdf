"""Lists of records: their table, filters, columns and deletions."""

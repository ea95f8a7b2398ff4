"""The SQL engine: a program as a few SELECTs over the accounts, run by DuckDB."""

"""The rivals: the same work as the rule files, written by hand in SQL, in Polars and for two rule engines."""

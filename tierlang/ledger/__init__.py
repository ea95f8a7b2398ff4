"""The ledger: one DuckDB file that remembers every run, every move with its reason, and what was observed; nothing in it is ever changed or removed."""

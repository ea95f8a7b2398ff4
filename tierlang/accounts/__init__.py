"""The door between files and typed accounts: reading, refusing with a cause, and writing."""

"""The words of every complaint: one function each, in one voice."""

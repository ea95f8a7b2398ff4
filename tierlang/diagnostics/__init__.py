"""Complaints as data: what is wrong, where, how bad, and what would be right."""

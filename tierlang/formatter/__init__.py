"""The one canonical layout of rule files."""

"""Test blocks: run by the interpreter, with the value under each part of what failed."""

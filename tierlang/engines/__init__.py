"""Engines turn a program and accounts into tiers. The interpreter is the referee; every other engine must agree with it."""

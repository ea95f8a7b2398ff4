"""The referee: a whole population evaluated in plain Python with exact integers, written to be read rather than to be fast."""

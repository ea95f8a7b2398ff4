"""One room per rule."""

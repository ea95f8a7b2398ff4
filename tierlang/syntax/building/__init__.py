"""From what the grammar read to nodes: one small function for each rule that has a node."""

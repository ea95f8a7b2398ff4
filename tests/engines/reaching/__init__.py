"""What generated cases reach, in words: of their nodes, of their facts, of what becomes of their accounts."""

"""What happened to an account, as far as its rules can tell: `events` of one type, and `courses` of one signal."""

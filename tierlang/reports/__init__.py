"""What people are shown, rendered from data: complaints, a run's summary, one account explained, bad input."""

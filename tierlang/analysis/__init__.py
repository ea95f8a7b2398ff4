"""What the rules mean for every account there could be: questions, and answers that are proved or shown by an example."""

"""Plans: what a run that knows the past would change, saved in one file that people can read, and applied whole or not at all."""

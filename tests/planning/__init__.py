"""Plans: what is decided becomes records, figures and a file."""

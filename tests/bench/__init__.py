"""The benchmark: tierlang against hand-written queries and rule engines, in one run and as ratios (`make bench`)."""

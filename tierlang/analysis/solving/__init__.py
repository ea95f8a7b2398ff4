"""The program as linear arithmetic: what z3 is asked, and how its answers become accounts. Nothing outside `analysis.solver` reads this folder."""

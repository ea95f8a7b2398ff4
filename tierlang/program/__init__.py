"""The waist: what a ruleset means, and the values, numbers and words that every engine must agree on."""

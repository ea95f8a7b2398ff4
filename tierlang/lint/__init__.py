"""What is wrong with a model although it compiles: one room per rule, each with its page."""

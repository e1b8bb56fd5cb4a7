"""Answers and rules to a trace: compile, fire, add up, decide."""

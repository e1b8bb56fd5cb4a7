"""Reasons about the rules with an answer-set solver: what is settled, what would change it, what can never happen."""

"""Advice that can be challenged: the solver's findings in words, why not, and what if, for one advisor."""

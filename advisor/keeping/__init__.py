"""Keeps advice in a folder of the user's: what is in it, how it is written and read back, and how it is removed."""

"""The commands of `advisor rules`."""

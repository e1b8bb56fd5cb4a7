"""The command line: the only part that prints, prompts, and ends the process."""

"""Files to model: every error names the file, the line and the key."""

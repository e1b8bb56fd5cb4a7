"""The commands of the audit: `advisor receipt`, `advisor log` and `advisor recall`, and the options that keep a log."""

"""The nouns of the audit: receipts, logs, judgments, signatures, and what recall, replay and impact find."""

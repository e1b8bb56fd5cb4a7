"""Receipts: they quote what advice was worked out with, are sealed by digests, and check themselves."""

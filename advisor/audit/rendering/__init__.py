"""Receipts, and what recall, replay and impact find, to text, pages and tables."""

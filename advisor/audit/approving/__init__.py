"""Approvals of pages: what a reviewer read, the signed statement of it, and how it stands with the rules of today."""

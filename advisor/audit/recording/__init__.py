"""What is written down of advice: content that quotes the rules, sealed by digests, masked, signed, and its schema."""

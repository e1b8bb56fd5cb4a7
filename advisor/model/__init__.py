"""The nouns: frozen data that every stage reads and none changes."""

"""What stays on the disk, each record chained to the one before, and how kept advice is read again."""

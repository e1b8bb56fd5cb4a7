"""What people keep of their advice, as typed data: letters to send, dates for the calendar, and charts."""

"""The interview at a terminal: screens and lines to answer on, the menu after the advice, and the plan in a folder."""

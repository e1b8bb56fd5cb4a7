"""What the files of a folder of kept advice are called."""

from __future__ import annotations

HTML, PDF, CALENDAR, ANSWERS, ADVICE = "plan.html", "plan.pdf", "plan.ics", "answers.yaml", "advice.json"
NOTE = "kept.json"
"""The note in which the folder says what it is."""

LETTERS = "letters"
"""The folder in the folder that holds the letters."""

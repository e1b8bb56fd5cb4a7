"""Questionnaire to answers, one question at a time, for any front end."""

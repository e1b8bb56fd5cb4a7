"""Advises behavioral-health providers on how to get paid by insurers."""

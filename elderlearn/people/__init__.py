"""Residents, staff, consents, cards and codes, signing in."""

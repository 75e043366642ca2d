"""Verbs over a person's whole record."""

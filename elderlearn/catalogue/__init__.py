"""Organisations, courses, runs and their sessions."""

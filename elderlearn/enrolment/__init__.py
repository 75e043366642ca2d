"""Seats, the waiting line, and who may have one."""

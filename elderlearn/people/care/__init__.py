"""Carers: residents who look after the courses of others, once those have agreed."""

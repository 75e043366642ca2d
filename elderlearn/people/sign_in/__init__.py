"""Signing in: by a code sent to the phone, by card and birth date, by password; and who is signed in."""

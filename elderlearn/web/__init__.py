"""Pages: shell, open, resident, leader, office."""

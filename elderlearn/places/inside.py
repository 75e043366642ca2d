"""SQL: a place and all that lies below it, ended places too, because history points at them."""

# For `WITH RECURSIVE`; $1 is the id of the place.
INSIDE = """inside AS (
    SELECT id FROM place WHERE id = $1
    UNION SELECT c.id FROM place c JOIN inside ON c.parent = inside.id)"""

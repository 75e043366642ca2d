"""Who somebody is now: a row of the register may have become part of another one, and that of a third."""

from __future__ import annotations

# SQL: the row that stayed, of the id in `{0}`; none when there is no such row. Only merged rows are followed.
WHO_NOW = """(SELECT CASE WHEN was.merged_into IS NULL THEN was.id ELSE (
        WITH RECURSIVE way AS (
            SELECT n.id, n.merged_into FROM resident n WHERE n.id = was.merged_into
            UNION SELECT n.id, n.merged_into FROM way JOIN resident n ON n.id = way.merged_into)
        SELECT id FROM way WHERE merged_into IS NULL) END
    FROM resident was WHERE was.id = {0})"""

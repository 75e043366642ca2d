"""Pure: who came and stands apart, as SQL conditions; the report counts by them and the lists select by them."""

from __future__ import annotations

# Of `came` (residence, born_on, is_unplaced): whose home is known only as the district is of unknown place,
# because no street can count her. $3 is the last birth date that is old enough. Nobody meets two of them.
APART = {
    "outside": "residence = 'outside'",
    "under_age": "residence <> 'outside' AND born_on > $3",
    "age_unknown": "residence <> 'outside' AND born_on IS NULL",
    "place_unknown": "residence <> 'outside' AND born_on <= $3 AND is_unplaced",
}

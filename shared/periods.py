"""Open ends of periods."""

from datetime import date

# A date Python and PostgreSQL both know, so that periods can be keys.
FOREVER = date.max

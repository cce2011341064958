"""The rules of staff that came with this release."""

from services.registry import data
from services.registry.posts.rules import StaffRule

RULES = tuple(StaffRule.read(row) for row in data.rows("staff_rules"))

"""The catalogue of hazard items that came with this release."""

from services.safety import data
from services.safety.hazards.rules import Item

ITEMS = tuple(Item.read(row) for row in data.rows("hazard_items"))

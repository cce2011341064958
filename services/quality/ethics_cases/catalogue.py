"""The behaviours and sanctions that came with this release."""

from services.quality import data
from services.quality.ethics_cases.rules import Behaviour, Sanction

BEHAVIOURS = tuple(Behaviour.read(row) for row in data.rows("ethics_behaviours"))
SANCTIONS = {row["code"]: Sanction.read(row) for row in data.rows("ethics_sanctions")}

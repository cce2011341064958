"""The duties to report that came with this release."""

from services.safety import data
from services.safety.incidents.rules import Duty

DUTIES = tuple(Duty.read(row) for row in data.rows("incident_reports"))

"""The priorities that came with this release."""

from services.registry import data
from services.registry.admissions.priorities import Priorities

VERSIONS = tuple(map(Priorities.read, data.document("admission_priorities")["versions"]))
BY_NAME = {each.version: each for each in VERSIONS}
CRITERIA = frozenset(code for each in VERSIONS for code in each.criteria)

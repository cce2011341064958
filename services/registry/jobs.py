"""Every kind of job of the registry, imported so that a worker knows it."""

from services.registry.admission_allocations import jobs as admission_allocations
from services.registry.admission_places import moving as admission_moves
from services.registry.data_quality import jobs as data_quality
from services.registry.enrolments import calendar
from services.registry.imports import forgetting, undoing
from services.registry.imports import jobs as imports
from services.registry.key_rotations import jobs as key_rotations
from services.registry.kindergartens import daily
from services.registry.roll_overs import jobs as roll_overs

__all__ = [
    "admission_allocations",
    "admission_moves",
    "calendar",
    "daily",
    "data_quality",
    "forgetting",
    "imports",
    "key_rotations",
    "roll_overs",
    "undoing",
]

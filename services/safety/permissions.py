"""What a caller of the safety service can be allowed to do, and which roles are."""

from enum import StrEnum

from shared.contracts.roles import KINDERGARTEN, MACHINES, OFFICERS, Role, may


class May(StrEnum):
    """Permissions of the safety service."""

    READ_KINDERGARTENS = "safety.kindergartens.read"
    READ_EVENTS = "events.read"
    VERIFY_EVENTS = "events.verify"
    READ_JOBS = "jobs.read"
    CANCEL_JOBS = "jobs.cancel"
    READ_CODES = "codes.read"


READERS = OFFICERS | KINDERGARTEN | MACHINES

ROLES = may(
    {
        May.READ_KINDERGARTENS: READERS,
        May.READ_EVENTS: READERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
        May.READ_JOBS: READERS,
        May.CANCEL_JOBS: frozenset({Role.PRINCIPAL}),
        May.READ_CODES: frozenset(Role),
    }
)

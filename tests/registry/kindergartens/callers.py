"""Who calls in these tests."""

from uuid import UUID

from tests.registry import given

Grant = tuple[str, str]
REGISTRAR: Grant = ("registrar", given.DISTRICT)
TOWN: Grant = ("town_officer", given.TOWN)
MACHINE: Grant = ("integration", given.DISTRICT)


def principal(kindergarten: UUID) -> Grant:
    return "principal", f"k:{kindergarten}"

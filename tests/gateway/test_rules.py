"""When the next sign-in has to wait, and who may hold which role where."""

import pytest

from gateway.grants.rules import covers, is_fit, separated_from
from gateway.quotas import cost
from gateway.tokens.rules import delay
from shared.contracts.roles import Role


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (1000, 900)],
)
def test_five_failures_are_free_then_the_wait_doubles_up_to_fifteen_minutes(failures: int, seconds: int):
    assert delay(failures, 5) == seconds


@pytest.mark.parametrize(
    ("divisions", "scope", "covered"),
    [
        (["110116"], "110116102", True),
        (["110116102"], "110116", False),
        (["110116102"], "110116103", False),
        (["110116"], "k:0190a000-0000-7000-8000-000000000001", True),
        (["110116102"], "k:0190a000-0000-7000-8000-000000000001", False),
        ([], "110116", False),
    ],
)
def test_nobody_is_in_charge_beyond_their_own_division(divisions: list[str], scope: str, covered: bool):
    assert covers(divisions, scope, "110116") is covered


@pytest.mark.parametrize(
    ("role", "scope", "machine", "fit"),
    [
        (Role.PRINCIPAL, "k:0190a000-0000-7000-8000-000000000001", False, True),
        (Role.PRINCIPAL, "110116", False, False),
        (Role.REGISTRAR, "110116", False, True),
        (Role.REGISTRAR, "110116", True, False),
        (Role.SERVICE, "110116", True, True),
        (Role.SERVICE, "110116", False, False),
    ],
)
def test_kindergarten_roles_are_held_at_kindergartens_and_machine_roles_by_machines(
    role: Role, scope: str, machine: bool, fit: bool
):
    assert is_fit(role, scope, machine=machine) is fit


@pytest.mark.parametrize(
    ("role", "held", "other"),
    [
        (Role.FINANCE_APPROVER, ["finance_preparer"], Role.FINANCE_PREPARER),
        (Role.FINANCE_PREPARER, ["finance_approver", "leader"], Role.FINANCE_APPROVER),
        (Role.AUDITOR, ["administrator"], Role.ADMINISTRATOR),
        (Role.AUDITOR, ["leader"], None),
    ],
)
def test_who_prepares_does_not_approve_and_who_administers_does_not_audit(
    role: Role, held: list[str], other: Role | None
):
    assert separated_from(role, held) == other


@pytest.mark.parametrize(
    ("method", "path", "accept", "units"),
    [
        ("GET", b"/registry/v1/children", b"application/json", 1),
        ("GET", b"/registry/v1/children", b"text/csv", 50),
        ("POST", b"/registry/v1/children", b"", 5),
        ("POST", b"/auth/v1/tokens", b"", 10),
    ],
)
def test_a_page_is_cheap_a_write_dearer_and_a_whole_file_dearest(method: str, path: bytes, accept: bytes, units: int):
    assert cost(method, path, accept) == units

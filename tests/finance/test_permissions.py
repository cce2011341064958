import pytest

from services.finance.permissions import ROLES, SEPARATE, May


@pytest.mark.parametrize(("first", "second"), SEPARATE)
def test_no_role_takes_both_steps_of_one_decision(first: May, second: May):
    assert [role for role, held in ROLES.items() if {first, second} <= held] == []


def test_every_permission_is_held_by_somebody():
    held = set().union(*ROLES.values())
    assert [each for each in May if each not in held] == []

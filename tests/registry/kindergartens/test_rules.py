"""办园性质, 状态 and 办学许可证."""

from datetime import date
from itertools import product

import pytest

from services.registry import data
from services.registry.findings import Finding
from services.registry.kindergartens import rules
from services.registry.kindergartens.codes import Status, Type
from services.registry.parameters.rules import Parameter

ON = date(2026, 11, 23)
IN_FORCE = [Parameter.read(row) for row in data.document("parameters")["parameters"]]
PUBLIC, INCLUSIVE, PRIVATE = Type.PUBLIC, Type.INCLUSIVE_PRIVATE, Type.PRIVATE


@pytest.mark.parametrize(
    ("founder", "for_profit", "types"),
    [
        ("831", False, {PUBLIC}),
        ("894", False, {PUBLIC}),
        ("893", False, {PUBLIC}),
        ("831", True, set()),
        ("999", False, {PRIVATE, INCLUSIVE}),
        ("999", True, {PRIVATE}),
    ],
)
def test_the_founder_decides_which_types_are_open(founder: str, for_profit: bool, types: set[Type]) -> None:
    assert rules.allowed_types(founder, for_profit=for_profit) == types


@pytest.mark.parametrize(
    ("founder", "kind", "for_profit", "refusal"),
    [
        ("831", PUBLIC, False, None),
        ("999", PUBLIC, False, rules.FOUNDER_FORBIDS_TYPE),
        ("831", PRIVATE, False, rules.FOUNDER_FORBIDS_TYPE),
        ("999", INCLUSIVE, True, rules.FOR_PROFIT_NOT_INCLUSIVE),
        ("891", PUBLIC, True, rules.PUBLIC_FOR_PROFIT),
    ],
)
def test_a_type_that_does_not_fit_the_founder_is_refused(
    founder: str, kind: Type, for_profit: bool, refusal: Finding | None
) -> None:
    assert rules.type_refusal(founder, kind, for_profit=for_profit) is refusal


@pytest.mark.parametrize(
    ("founder", "present", "new", "for_profit", "refusal"),
    [
        ("831", PUBLIC, PRIVATE, False, rules.PUBLIC_STAYS_PUBLIC),
        ("999", PUBLIC, INCLUSIVE, False, rules.PUBLIC_STAYS_PUBLIC),
        ("999", PRIVATE, INCLUSIVE, False, None),
        ("999", PRIVATE, INCLUSIVE, True, rules.FOR_PROFIT_NOT_INCLUSIVE),
        ("999", INCLUSIVE, PRIVATE, False, None),
        ("831", PRIVATE, PUBLIC, False, None),
    ],
)
def test_a_public_kindergarten_never_becomes_private(
    founder: str, present: Type, new: Type, for_profit: bool, refusal: Finding | None
) -> None:
    assert rules.type_change_refusal(founder, present, new, for_profit=for_profit) is refusal


ALLOWED = {
    (Status.PROPOSED, Status.PREPARING),
    (Status.PROPOSED, Status.OPERATING),
    (Status.PROPOSED, Status.CLOSED),
    (Status.PREPARING, Status.OPERATING),
    (Status.PREPARING, Status.CLOSED),
    (Status.OPERATING, Status.SUSPENDED),
    (Status.OPERATING, Status.CLOSED),
    (Status.SUSPENDED, Status.OPERATING),
    (Status.SUSPENDED, Status.CLOSED),
}


@pytest.mark.parametrize(("present", "new"), list(product(Status, Status)))
def test_a_status_follows_only_from_those_before_it(present: Status, new: Status) -> None:
    expected = None if (present, new) in ALLOWED else rules.STATUS_NOT_REACHABLE
    assert rules.status_refusal(present, new) is expected


@pytest.mark.parametrize(
    ("until", "finding"),
    [
        (None, rules.LICENCE_MISSING),
        (date(2026, 11, 22), rules.LICENCE_EXPIRED),
        (date(2026, 11, 23), rules.LICENCE_EXPIRING),
        (date(2027, 2, 21), rules.LICENCE_EXPIRING),
        (date(2027, 2, 22), None),
    ],
)
def test_a_licence_warns_ninety_days_before_it_ends(until: date | None, finding: Finding | None) -> None:
    assert rules.licence_finding(IN_FORCE, until, ON) is finding


@pytest.mark.parametrize(
    ("licensed", "code", "own", "finding"),
    [
        (True, None, True, rules.LICENSED_NOT_REGISTERED),
        (True, "", True, rules.LICENSED_NOT_REGISTERED),
        (True, "52110116MJ0000122C", True, None),
        (True, None, False, None),
        (False, None, True, None),
    ],
)
def test_a_licensed_kindergarten_registers_as_a_legal_person(
    licensed: bool, code: str | None, own: bool, finding: Finding | None
) -> None:
    assert rules.registration_finding(licensed=licensed, credit_code=code, own_legal_person=own) is finding

"""办学许可: standing by day, time limits and what may be applied for."""

from datetime import date, timedelta

import pytest

from services.registry.licences.codes import LicenceKind, LicenceStanding
from services.registry.licences.rules import (
    decision_due,
    earliest_effect,
    extended_due,
    kind_refusal,
    renewal_is_late,
    standing,
)
from services.registry.parameters.published import PARAMETERS
from shared.workdays import working_days_between

ON = date(2026, 3, 2)
PRIVATE, PUBLIC = "999", "831"


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (-1, LicenceStanding.EXPIRED),
        (0, LicenceStanding.EXPIRING),
        (90, LicenceStanding.EXPIRING),
        (91, LicenceStanding.VALID),
    ],
)
def test_a_licence_is_valid_to_its_last_day_and_warned_of_ninety_days_before(left: int, found: LicenceStanding):
    assert standing("1", ON + timedelta(left), "granted", PARAMETERS, ON) is found


def test_an_act_that_stopped_the_licence_counts_before_its_days():
    later = ON + timedelta(400)
    assert standing("1", later, "suspended", PARAMETERS, ON) is LicenceStanding.SUSPENDED
    assert standing("1", later, "resumed", PARAMETERS, ON) is LicenceStanding.VALID
    assert standing("1", later, "revoked", PARAMETERS, ON) is LicenceStanding.REVOKED
    assert standing(None, None, None, PARAMETERS, ON) is LicenceStanding.MISSING


def test_a_private_kindergarten_is_decided_within_three_months_and_a_public_one_within_twenty_working_days():
    due, basis = decision_due(LicenceKind.ESTABLISH, PRIVATE, None, PARAMETERS, ON)
    assert (due, basis) == (date(2026, 6, 2), "民办教育促进法 第十七条")
    due, basis = decision_due(LicenceKind.ESTABLISH, PUBLIC, None, PARAMETERS, ON)
    assert (working_days_between(ON, due), basis) == (20, "行政许可法 第四十二条")
    assert working_days_between(due, extended_due(due, PARAMETERS, ON)) == 10


def test_a_renewal_is_decided_before_the_licence_ends():
    soon = ON + timedelta(5)
    assert decision_due(LicenceKind.RENEW, PRIVATE, soon, PARAMETERS, ON) == (soon, "行政许可法 第五十条")
    later, _ = decision_due(LicenceKind.RENEW, PRIVATE, ON + timedelta(300), PARAMETERS, ON)
    assert working_days_between(ON, later) == 20


@pytest.mark.parametrize(("left", "late"), [(30, False), (29, True), (-1, True)])
def test_a_renewal_is_applied_for_thirty_days_before_the_end(left: int, late: bool):
    assert renewal_is_late(LicenceKind.RENEW, ON + timedelta(left), PARAMETERS, ON) is late
    assert not renewal_is_late(LicenceKind.CHANGE, ON + timedelta(left), PARAMETERS, ON)


@pytest.mark.parametrize(
    ("kind", "founder", "day"),
    [
        (LicenceKind.ESTABLISH, PRIVATE, ON),
        (LicenceKind.RENEW, PUBLIC, ON),
        (LicenceKind.CHANGE, PRIVATE, date(2026, 6, 2)),
        (LicenceKind.END, PUBLIC, date(2026, 6, 2)),
        (LicenceKind.END, PRIVATE, date(2026, 9, 2)),
    ],
)
def test_a_change_or_an_end_is_announced_ahead(kind: LicenceKind, founder: str, day: date):
    assert earliest_effect(kind, founder, PARAMETERS, ON) == day


@pytest.mark.parametrize("found", list(LicenceStanding))
def test_who_holds_a_licence_does_not_establish_and_who_holds_none_does_nothing_else(found: LicenceStanding):
    holds = found in ("valid", "expiring", "expired", "suspended")
    assert (kind_refusal(LicenceKind.ESTABLISH, found) is None) is not holds
    for kind in (LicenceKind.RENEW, LicenceKind.CHANGE, LicenceKind.END):
        assert (kind_refusal(kind, found) is None) is holds

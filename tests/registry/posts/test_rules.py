"""REG-08 to REG-13 and REG-30 to REG-32, on both sides of every boundary, by the law of the day."""

from datetime import date, timedelta

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.posts.codes import PostRole, Severity
from services.registry.posts.rulebook import RULES
from services.registry.posts.rules import (
    CONDITIONS,
    Proof,
    Served,
    Standing,
    days_served,
    findings,
    hired_on,
    months_before,
    refusal,
)
from shared.tables import FOREVER

ON = date(2026, 11, 23)
LAW = date(2025, 6, 1)  # 学前教育法 in force
DAY = timedelta(1)
CERTIFICATE = Proof("kindergarten_teacher", date(2010, 7, 1))
OTHER = Proof("other_teacher", date(2010, 7, 1))
TRAINED = Proof("preschool_training", date(2024, 7, 1))
HEALTHY = Proof("health_certificate", ON - DAY)
SOUND = Standing("bachelor", 0, (), (CERTIFICATE, HEALTHY), ((ON - DAY, "clear"),))


def standing(
    *proofs: Proof,
    education: str = "bachelor",
    months: int = 0,
    served: tuple[Served, ...] = (),
    checks: tuple[tuple[date, str], ...] = ((ON - DAY, "clear"),),
    bars: tuple[tuple[date, date], ...] = (),
) -> Standing:
    return Standing(education, months, served, proofs, checks, bars)


def broken(role: str, who: Standing, on: date = ON, since: date | None = None) -> set[str]:
    return {each.rule for each in findings(RULES, PARAMETERS, Served(role, since or on, FOREVER, "k"), who, on)}


def forbidden(role: str, who: Standing, since: date = ON, *, hiring: bool = True) -> str | None:
    found = refusal(RULES, PARAMETERS, role, who, since, hiring=hiring)
    return found.rule if found else None


def test_each_rule_is_dated_attributed_and_has_its_condition() -> None:
    assert {each.rule for each in RULES} == CONDITIONS.keys()
    assert all(each.basis and each.zh and each.en and each.since < each.until for each in RULES)
    assert all(each.tag in {"verified", "known"} for each in RULES)
    names = {each.name for each in PARAMETERS}
    assert {name for each in RULES for name in each.parameters} <= names
    for each in RULES:
        again = [other for other in RULES if other.rule == each.rule and other is not each]
        assert all(other.until <= each.since or each.until <= other.since for other in again), each.rule


def test_what_blocks_is_appointment_and_the_rest_is_found() -> None:
    assert {each.rule for each in RULES if each.severity is Severity.BLOCK} == {"REG-09", "REG-10", "REG-13"}


@pytest.mark.parametrize(
    ("proofs", "on", "lacks"),
    [
        ((CERTIFICATE,), ON, False),
        ((), ON, True),
        ((OTHER,), LAW - DAY, False),
        ((OTHER,), LAW, True),
        ((OTHER, TRAINED), LAW, False),
        ((TRAINED,), LAW, True),
        ((Proof("kindergarten_teacher", ON),), ON, False),
        ((Proof("kindergarten_teacher", ON + DAY),), ON, True),
        ((Proof("kindergarten_teacher", date(2015, 1, 1), revoked_on=ON + DAY),), ON, False),
        ((Proof("kindergarten_teacher", date(2015, 1, 1), revoked_on=ON),), ON, True),
    ],
)
def test_reg_08_a_teacher_is_certified(proofs: tuple[Proof, ...], on: date, *, lacks: bool) -> None:
    assert ("REG-08" in broken("teacher", standing(*proofs), on)) is lacks
    assert "REG-08" not in broken("childcare", standing(*proofs), on)


FIVE, THREE = months_before(ON, 60), months_before(LAW - DAY, 36)


@pytest.mark.parametrize(
    ("who", "since", "rule"),
    [
        (standing(CERTIFICATE, served=(Served("teacher", FIVE, ON),)), ON, None),
        (standing(CERTIFICATE, served=(Served("teacher", FIVE + DAY, ON),)), ON, "REG-09"),
        (standing(CERTIFICATE, served=(Served("teacher", FIVE, FOREVER),)), ON, None),
        (standing(CERTIFICATE, months=60), ON, None),
        (standing(CERTIFICATE, months=59), ON, "REG-09"),
        (standing(CERTIFICATE, months=48, served=(Served("deputy_principal", months_before(ON, 12), ON),)), ON, None),
        (standing(CERTIFICATE, months=48, served=(Served("cook", months_before(ON, 12), ON),)), ON, "REG-09"),
        (standing(CERTIFICATE, months=60, education="college"), ON, None),
        (standing(CERTIFICATE, months=60, education="vocational"), ON, "REG-09"),
        (standing(OTHER, months=60), ON, "REG-09"),
        (standing(OTHER, TRAINED, months=60), ON, None),
    ],
)
def test_reg_09_a_principal_has_certificate_education_and_years(who: Standing, since: date, rule: str | None) -> None:
    assert forbidden("principal", who, since) == rule
    assert forbidden("principal", who, since, hiring=False) == rule
    assert forbidden("deputy_principal", who, since) is None


def test_reg_09_asked_three_years_before_the_law_and_asks_five_since() -> None:
    before, after = LAW - DAY, LAW
    three = standing(CERTIFICATE, months=36, checks=((before, "clear"),))
    assert (forbidden("principal", three, before), forbidden("principal", three, after)) == (None, "REG-09")
    less = standing(CERTIFICATE, months=35, checks=((before, "clear"),))
    assert forbidden("principal", less, before) == "REG-09"


def test_service_is_counted_once_however_posts_overlap() -> None:
    year = Served("teacher", date(2020, 9, 1), date(2021, 9, 1))
    inside = Served("principal", date(2020, 12, 1), date(2021, 3, 1))
    later = Served("teacher", date(2021, 8, 1), date(2022, 9, 1))
    assert days_served(standing(served=(later, year, inside)), ON) == 365 + 365
    assert days_served(standing(served=(Served("teacher", ON, FOREVER),)), ON) == 0


@pytest.mark.parametrize(
    ("checks", "rule"),
    [
        ((), "REG-10"),
        (((ON, "clear"),), None),
        (((ON + DAY, "clear"),), "REG-10"),
        (((months_before(ON, 12), "clear"),), None),
        (((months_before(ON, 12) - DAY, "clear"),), "REG-10"),
        (((ON - DAY, "found"),), "REG-10"),
        (((ON - 2 * DAY, "found"), (ON - DAY, "clear")), None),
        (((ON - 2 * DAY, "clear"), (ON - DAY, "found")), "REG-10"),
        (((ON - DAY, "found"), (ON - DAY, "clear")), "REG-10"),
    ],
)
def test_reg_10_a_clear_check_comes_before_the_first_day(
    checks: tuple[tuple[date, str], ...], rule: str | None
) -> None:
    who = standing(checks=checks)
    assert forbidden("cook", who) == rule
    assert forbidden("cook", who, hiring=False) is None


def test_reg_10_began_with_the_law_on_the_protection_of_minors() -> None:
    nobody = standing(checks=())
    assert forbidden("cook", nobody, date(2021, 5, 31)) is None
    assert forbidden("cook", nobody, date(2021, 6, 1)) == "REG-10"


def test_reg_10_is_held_against_the_day_of_hiring_not_of_the_latest_class() -> None:
    hired, moved = date(2024, 9, 1), date(2026, 9, 1)
    here = (Served("teacher", hired, moved, "k"), Served("teacher", moved, FOREVER, "k"))
    assert hired_on(standing(served=here), "k", moved) == hired
    assert hired_on(standing(served=here), "elsewhere", moved) == moved
    checked = standing(CERTIFICATE, served=here, checks=((hired, "clear"), (ON - DAY, "clear")))
    assert "REG-10" not in broken("teacher", checked, ON, since=moved)
    unchecked = standing(CERTIFICATE, served=here, checks=((ON - DAY, "clear"),))
    assert "REG-10" in broken("teacher", unchecked, ON, since=moved)


@pytest.mark.parametrize(
    ("age", "stale"), [(months_before(ON, 12), False), (months_before(ON, 12) - DAY, True), (ON, False)]
)
def test_reg_11_the_check_is_renewed_every_year(age: date, *, stale: bool) -> None:
    assert ("REG-11" in broken("guard", standing(checks=((age, "clear"),)), ON, since=age)) is stale


@pytest.mark.parametrize(
    ("proof", "stale"),
    [
        (Proof("health_certificate", months_before(ON, 12)), False),
        (Proof("health_certificate", months_before(ON, 12) - DAY), True),
        (Proof("health_certificate", ON - DAY, expires_on=ON), False),
        (Proof("health_certificate", ON - 2 * DAY, expires_on=ON - DAY), True),
        (Proof("food_safety", ON), True),
    ],
)
def test_reg_12_everybody_is_examined_every_year(proof: Proof, *, stale: bool) -> None:
    assert ("REG-12" in broken("worker", standing(proof))) is stale


@pytest.mark.parametrize(
    ("bar", "forbids"),
    [
        ((ON, FOREVER), True),
        ((ON + DAY, FOREVER), False),
        ((date(2025, 1, 1), ON + DAY), True),
        ((date(2025, 1, 1), ON), False),
    ],
)
def test_reg_13_who_is_barred_gets_no_post_and_nothing_else_is_told(bar: tuple[date, date], *, forbids: bool) -> None:
    who = standing(checks=(), bars=(bar,))
    assert forbidden("principal", who) == ("REG-13" if forbids else "REG-09")
    assert forbidden("cook", who, hiring=False) == ("REG-13" if forbids else None)
    assert ("REG-13" in broken("cook", who)) is forbids


@pytest.mark.parametrize(
    ("role", "rule", "proof"),
    [
        ("guard", "REG-30", Proof("guard", ON)),
        ("childcare", "REG-31", Proof("childcare", ON)),
        ("health", "REG-32", Proof("nurse", ON)),
        ("health", "REG-32", Proof("physician", ON)),
        ("health", "REG-32", Proof("health_training", ON)),
    ],
)
def test_guards_childcare_and_health_workers_are_trained(role: str, rule: str, proof: Proof) -> None:
    assert rule in broken(role, standing(education="high_school"))
    assert rule not in broken(role, standing(proof, education="high_school"))
    assert rule not in broken("worker", standing())


def test_a_childcare_worker_finished_senior_middle_school() -> None:
    trained = Proof("childcare", ON)
    assert "REG-31" not in broken("childcare", standing(trained, education="vocational"))
    assert "REG-31" in broken("childcare", standing(trained, education="middle_school"))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2025, 12, 15), -1, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_a_sound_teacher_breaks_nothing() -> None:
    assert broken(PostRole.TEACHER, SOUND) == set()

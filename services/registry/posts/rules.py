"""What the law asks of those who work in a kindergarten. Every rule is dated; what held on the day decides."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.registry.parameters.rules import Parameter, in_force
from services.registry.posts.codes import LEADING, PostRole, Severity
from services.registry.qualifications.codes import CheckResult, QualificationKind
from services.registry.staff.codes import Education, reaches
from shared.periods import FOREVER

MANAGING_OR_TEACHING = frozenset({PostRole.TEACHER, *LEADING})
MEDICAL = (QualificationKind.PHYSICIAN, QualificationKind.NURSE, QualificationKind.HEALTH_TRAINING)
SEVERITIES = {each.value: each for each in Severity}


@dataclass(frozen=True, slots=True)
class StaffRule:
    """One rule as it stood from `since` until (not including) `until`."""

    rule: str
    severity: Severity
    since: date
    until: date
    zh: str
    en: str
    basis: str
    tag: str
    parameters: tuple[str, ...]

    @classmethod
    def read(cls, row: dict[str, str]) -> Self:
        return cls(
            rule=row["rule"],
            severity=SEVERITIES[row["severity"]],
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else FOREVER,
            zh=row["title_zh"],
            en=row["title_en"],
            basis=row["basis"],
            tag=row["tag"],
            parameters=tuple(row["parameters"].split()),
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """A qualification: valid from its day to its last day, unless revoked before."""

    kind: str
    issued_on: date
    expires_on: date | None = None
    revoked_on: date | None = None

    def valid(self, on: date) -> bool:
        ended = (self.expires_on and on > self.expires_on) or (self.revoked_on and on >= self.revoked_on)
        return self.issued_on <= on and not ended


@dataclass(frozen=True, slots=True)
class Served:
    """Work of a role from `since` until (not including) `until`."""

    role: str
    since: date
    until: date
    kindergarten: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules ask about a person. `checks` are (day, result) in their order, `bars` (since, until)."""

    education: str
    experience_months: int = 0
    served: tuple[Served, ...] = ()
    proofs: tuple[Proof, ...] = ()
    checks: tuple[tuple[date, str], ...] = ()
    bars: tuple[tuple[date, date], ...] = ()

    @classmethod
    def read(cls, found: dict[str, Any]) -> Self:
        """From the JSON of the database."""
        day = date.fromisoformat
        return cls(
            education=found["education"],
            experience_months=found["experience_months"],
            served=tuple(Served(role, day(since), day(until), at) for role, since, until, at in found["posts"]),
            proofs=tuple(
                Proof(kind, day(issued), day(ends) if ends else None, day(revoked) if revoked else None)
                for kind, issued, ends, revoked in found["proofs"]
            ),
            checks=tuple((day(on), result) for on, result in found["checks"]),
            bars=tuple((day(since), day(until)) for since, until in found["bars"]),
        )

    def holds(self, on: date, *kinds: QualificationKind) -> bool:
        return any(each.kind in kinds and each.valid(on) for each in self.proofs)


def months_before(day: date, months: int) -> date:
    """The same day so many months before; a day that month does not have becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def days_served(standing: Standing, on: date) -> int:
    """Days of kindergarten teaching or management before a day, here and, as evidenced, elsewhere; none twice."""
    spans = sorted(
        (each.since, min(each.until, on))
        for each in standing.served
        if each.role in MANAGING_OR_TEACHING and each.since < on
    )
    total, reached = 0, date.min
    for since, until in spans:
        total += max(0, (until - max(since, reached)).days)
        reached = max(reached, until)
    return total + (on - months_before(on, standing.experience_months)).days


def is_barred(standing: Standing, on: date) -> bool:
    """REG-13 (学前教育法 art. 44): listed as barred from work with children on that day."""
    return any(since <= on < until for since, until in standing.bars)


def hired_on(standing: Standing, kindergarten: str, since: date) -> date:
    """The day from which the person has worked in the kindergarten without a break up to a post's first day."""
    here = sorted((each.since, each.until) for each in standing.served if each.kindergarten == kindergarten)
    began = since
    for first, last in reversed(here):
        if first < began <= last:
            began = first
    return began


def lacks_teacher_certificate(standing: Standing, on: date, *, training: bool) -> bool:
    """REG-08 (学前教育法 art. 37): 幼儿园教师资格, or another certificate and preschool training passed.

    Before 1 June 2025 a certificate of a higher level was enough by itself (教师资格条例 art. 5): no `training`.
    """
    if standing.holds(on, QualificationKind.KINDERGARTEN_TEACHER):
        return False
    trained = not training or standing.holds(on, QualificationKind.PRESCHOOL_TRAINING)
    return not (trained and standing.holds(on, QualificationKind.OTHER_TEACHER))


def principal_lacks(standing: Standing, on: date, years: int, *, training: bool) -> bool:
    """REG-09 (学前教育法 art. 38): the teacher's certificate, 大专 or more, and the years of work before that day."""
    needed = (on - months_before(on, 12 * years)).days
    return (
        lacks_teacher_certificate(standing, on, training=training)
        or not reaches(standing.education, Education.COLLEGE)
        or days_served(standing, on) < needed
    )


def lacks_clear_check(standing: Standing, on: date, months: int) -> bool:
    """REG-10, REG-11: the last background check up to that day was clear and is no older than so many months."""
    known = [(day, result) for day, result in standing.checks if day <= on]
    if not known:
        return True
    day, result = max(known, key=lambda each: each[0])
    found = any(result == CheckResult.FOUND for checked, result in known if checked == day)
    return found or result != CheckResult.CLEAR or day < months_before(on, months)


def lacks_health_check(standing: Standing, on: date, months: int) -> bool:
    """REG-12 (学前教育法 art. 45): a health check no older than so many months, and not expired."""
    since = months_before(on, months)
    kind = QualificationKind.HEALTH_CERTIFICATE
    return not any(each.kind == kind and each.valid(on) and each.issued_on >= since for each in standing.proofs)


def lacks_childcare_proof(standing: Standing, on: date) -> bool:
    """REG-31 (学前教育法 art. 39): the education the state asks for (高中毕业以上) and childcare training."""
    trained = standing.holds(on, QualificationKind.CHILDCARE)
    return not (trained and reaches(standing.education, Education.HIGH_SCHOOL))


Numbers = Callable[[str], int]


def _teacher(standing: Standing, on: date, number: Numbers) -> bool:
    return lacks_teacher_certificate(standing, on, training=bool(number("other_certificate_needs_training")))


def _principal(standing: Standing, on: date, number: Numbers) -> bool:
    training = bool(number("other_certificate_needs_training"))
    return principal_lacks(standing, on, number("principal_years"), training=training)


def _check(standing: Standing, on: date, number: Numbers) -> bool:
    return lacks_clear_check(standing, on, number("background_check_months"))


def _health(standing: Standing, on: date, number: Numbers) -> bool:
    return lacks_health_check(standing, on, number("health_certificate_months"))


# Each rule by its role (None: whoever works there) and its condition.
CONDITIONS: dict[str, tuple[PostRole | None, Callable[[Standing, date, Numbers], bool]]] = {
    "REG-08": (PostRole.TEACHER, _teacher),
    "REG-09": (PostRole.PRINCIPAL, _principal),
    "REG-10": (None, _check),
    "REG-11": (None, _check),
    "REG-12": (None, _health),
    "REG-13": (None, lambda standing, on, _: is_barred(standing, on)),
    "REG-30": (PostRole.GUARD, lambda standing, on, _: not standing.holds(on, QualificationKind.GUARD)),
    "REG-31": (PostRole.CHILDCARE, lambda standing, on, _: lacks_childcare_proof(standing, on)),
    "REG-32": (PostRole.HEALTH, lambda standing, on, _: not standing.holds(on, *MEDICAL)),
}


def is_broken(rule: str, parameters: Sequence[Parameter], role: str, standing: Standing, on: date) -> bool:
    """Whether a post of that role breaks the rule on a day."""
    whose, broken = CONDITIONS[rule]
    if whose not in (None, role):
        return False
    return broken(standing, on, lambda name: int(in_force(parameters, name, on).number))


def held(rules: Iterable[StaffRule], on: date) -> Iterator[StaffRule]:
    """The rules in force on a day."""
    return (each for each in rules if each.since <= on < each.until)


def refusal(
    rules: Iterable[StaffRule],
    parameters: Sequence[Parameter],
    role: str,
    standing: Standing,
    since: date,
    *,
    hiring: bool,
) -> StaffRule | None:
    """The rule that forbids a post to begin on that day, if any: a bar first, and then nothing else is told.

    A background check is asked of who is hired, not of who takes another post in the same kindergarten.
    """
    blocking = [each for each in held(rules, since) if each.severity is Severity.BLOCK]
    asked = [each for each in blocking if hiring or each.rule != "REG-10"]
    broken = [each for each in asked if is_broken(each.rule, parameters, role, standing, since)]
    return max(broken, key=lambda each: each.rule == "REG-13", default=None)


def findings(
    rules: Iterable[StaffRule], parameters: Sequence[Parameter], post: Served, standing: Standing, on: date
) -> list[StaffRule]:
    """The rules a post that lasts on a day breaks then, each as it stood on the day it is held against.

    REG-09 is a condition of appointment to the post, REG-10 of being hired by the kindergarten; the others last.
    """
    hired = hired_on(standing, post.kindergarten, post.since)
    days = {"REG-09": post.since, "REG-10": hired}
    return [
        each
        for each in rules
        if each.since <= (day := days.get(each.rule, on)) < each.until
        and is_broken(each.rule, parameters, post.role, standing, day)
    ]

"""The papers of the demonstration's staff: what each work asks for, in order unless a fault is planted."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from services.registry.posts.codes import PostRole
from services.registry.posts.rules import months_before
from services.registry.qualifications.codes import CheckChannel, CheckResult, QualificationKind
from services.registry.seed.numbers import Numbers
from services.registry.seed.staff_rows import BackgroundCheck, Qualification

TEACHERS = frozenset({PostRole.TEACHER, PostRole.PRINCIPAL, PostRole.DEPUTY_PRINCIPAL})
OTHER_CERTIFICATE = 0.08  # of the teachers hold one of another level, and the training; illustrative
FURTHER = {
    PostRole.PRINCIPAL: (QualificationKind.PRINCIPAL_TRAINING,),
    PostRole.CHILDCARE: (QualificationKind.CHILDCARE,),
    PostRole.GUARD: (QualificationKind.GUARD,),
    PostRole.COOK: (QualificationKind.FOOD_SAFETY,),
}
ISSUER = "演示发证机关"


class Papers:
    """Makes certificates and background checks that are valid on the day the district is shown."""

    def __init__(self, numbers: Numbers, rng: Random, on: date) -> None:
        self._numbers, self._rng, self._on = numbers, rng, on

    def proofs(self, person: UUID, role: PostRole, since: date) -> list[Qualification]:
        """What the role asks for, and the health certificates of the first day and of this year."""
        before = since - timedelta(days=self._rng.randint(60, 2000))
        made = [self.proof(person, kind, before) for kind in self._kinds(role)]
        days = {since - timedelta(days=self._rng.randint(5, 60)), self._recent()}
        return made + [self.health(person, day) for day in sorted(days)]

    def health(self, person: UUID, issued: date) -> Qualification:
        return self.proof(person, QualificationKind.HEALTH_CERTIFICATE, issued, months_before(issued, -12))

    def checks(self, person: UUID, since: date) -> list[BackgroundCheck]:
        """One before the first day and one of the year that ends now."""
        days = sorted({since - timedelta(days=self._rng.randint(5, 60)), self._recent()})
        return [self.check(person, day) for day in days]

    def check(self, person: UUID, day: date) -> BackgroundCheck:
        return BackgroundCheck(
            id=self._numbers.id("background check"),
            person=person,
            checked_on=day,
            channel=CheckChannel.EDUCATION_PLATFORM,
            result=CheckResult.CLEAR,
            reference=f"演示查询{day:%Y%m%d}",
        )

    def proof(self, person: UUID, kind: QualificationKind, issued: date, expires: date | None = None) -> Qualification:
        record = self._numbers.id("qualification")
        return Qualification(
            id=record,
            person=person,
            kind=kind,
            number=f"演示{record.int >> 80 & 0xFFFFFF:08}",
            issuer=ISSUER,
            issued_on=issued,
            expires_on=expires,
            evidence="复印件存人事档案（演示）",
        )

    def _kinds(self, role: PostRole) -> Iterator[QualificationKind]:
        if role in TEACHERS:
            if self._rng.random() < OTHER_CERTIFICATE:
                yield QualificationKind.OTHER_TEACHER
                yield QualificationKind.PRESCHOOL_TRAINING
            else:
                yield QualificationKind.KINDERGARTEN_TEACHER
        if role is PostRole.HEALTH:
            yield self._rng.choice((QualificationKind.NURSE, QualificationKind.HEALTH_TRAINING))
        yield from FURTHER.get(role, ())

    def _recent(self) -> date:
        return self._on - timedelta(days=self._rng.randint(10, 340))

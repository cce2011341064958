"""What is wrong on purpose with the demonstration's staff, and the rule or measure that must report it.

Nothing here breaks a constraint of the register; a post that should have been refused is on record all the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from services.registry.bars.codes import BarGround
from services.registry.classes.codes import ClassKind
from services.registry.posts.codes import CARE, Employment, PostRole
from services.registry.posts.rules import months_before
from services.registry.qualifications.codes import QualificationKind
from services.registry.quotas.codes import QuotaKind
from services.registry.seed.names import adult_name, surname
from services.registry.seed.numbers import Numbers
from services.registry.seed.rows import District, Fault
from services.registry.seed.staff_rows import Bar, Quota

if TYPE_CHECKING:
    from services.registry.seed.staff import Worker

DISTRICT = "110116"
CHILDREN_PER_CARER = 9  # 教师〔2013〕1号, as the report holds it
TEXTS = {
    "REG-03": ("保教人员与幼儿之比不达标", "Too few teaching and care staff for the children"),
    "REG-04": ("班级未配保育员", "A class without its childcare worker"),
    "REG-08": ("教师无幼儿园教师资格", "A teacher without the certificate the law asks for"),
    "REG-09": ("园长任职年限不足", "A principal with too few years"),
    "REG-10": ("任职前未查询", "Nobody asked about the past before the first day"),
    "REG-11": ("超过一年未查询", "The yearly background check is overdue"),
    "REG-12": ("健康检查过期", "The health certificate is older than a year"),
    "REG-13": ("从业禁止人员在岗", "Somebody barred is at work"),
    "REG-30": ("保安员证过期", "A guard's certificate has run out"),
    "REG-31": ("保育员未经培训", "A childcare worker without training"),
    "REG-32": ("卫生保健人员无资格", "A health worker without qualification"),
    "guard": ("保安员缺配", "A guard is missing"),
    "quota-exceeded": ("超出核定数", "More are used than approved"),
}


class _Spoiler:
    def __init__(self, workers: list["Worker"], district: District, numbers: Numbers, rng: Random) -> None:
        self.workers, self.numbers, self.rng, self.on = workers, numbers, rng, district.on
        there = [each for each in district.enrolments if each.since <= self.on < each.until]
        self.children = Counter(each.kindergarten for each in there)
        nursery = {room.id for room in district.classes if room.kind is ClassKind.NURSERY}
        self.running = {each.class_id for each in there} - nursery
        self.spoilt: set[UUID] = set()
        self.touched: set[UUID] = set()
        self.faults: list[Fault] = []
        self.bars: list[Bar] = []

    def plant(self, kind: str, table: str, row: UUID, related: UUID | None = None) -> None:
        zh, en = TEXTS[kind]
        self.faults.append(Fault(f"staff-fault-{len(self.faults) + 1:03}", kind, table, row, related, zh, en))

    def chosen(self, count: int, role: PostRole | None, fits: Callable[["Worker"], bool] = bool) -> list["Worker"]:
        """People at work not spoilt yet."""
        ready = [
            each
            for each in self.workers
            if each.present and each.person.id not in self.spoilt and role in (None, each.slot.role) and fits(each)
        ]
        found = self.rng.sample(ready, count)
        self.spoilt |= {each.person.id for each in found}
        return found

    def papers(self) -> None:
        for each in self.chosen(2, PostRole.TEACHER):
            each.proofs = [p for p in each.proofs if p.kind is QualificationKind.HEALTH_CERTIFICATE]
            self.plant("REG-08", "posts", each.posts[-1].id)
        for each in self.chosen(1, PostRole.TEACHER, lambda w: w.holds(QualificationKind.PRESCHOOL_TRAINING)):
            each.proofs = [p for p in each.proofs if p.kind is not QualificationKind.PRESCHOOL_TRAINING]
            self.plant("REG-08", "posts", each.posts[-1].id)
        for role, kind, rule in (
            (PostRole.CHILDCARE, (QualificationKind.CHILDCARE,), "REG-31"),
            (PostRole.HEALTH, (QualificationKind.NURSE, QualificationKind.HEALTH_TRAINING), "REG-32"),
        ):
            for each in self.chosen(1, role):
                each.proofs = [p for p in each.proofs if p.kind not in kind]
                self.plant(rule, "posts", each.posts[-1].id)
        for each in self.chosen(1, PostRole.GUARD):
            ended = self.on - timedelta(self.rng.randint(5, 50))
            each.proofs = [
                replace(p, expires_on=ended) if p.kind is QualificationKind.GUARD else p for p in each.proofs
            ]
            self.plant("REG-30", "posts", each.posts[-1].id)

    def people(self) -> None:
        for each in self.chosen(1, PostRole.PRINCIPAL):
            each.person = replace(each.person, experience_months=30)
            self.plant("REG-09", "posts", each.posts[-1].id)
        for each in self.chosen(1, PostRole.ACCOUNTING):
            each.checks = each.checks[-1:]
            each.checks = [replace(c, checked_on=self.on - timedelta(self.rng.randint(10, 40))) for c in each.checks]
            self.plant("REG-10", "posts", each.posts[-1].id)
        stale = months_before(self.on, 12) - timedelta(1)
        for each in self.chosen(3, None, lambda w: w.posts[0].since < stale):
            each.checks = [c for c in each.checks if c.checked_on <= stale]
            self.plant("REG-11", "posts", each.posts[-1].id)
        for each in self.chosen(3, None, lambda w: w.posts[0].since < stale):
            each.proofs = [
                p for p in each.proofs if p.kind is not QualificationKind.HEALTH_CERTIFICATE or p.issued_on < stale
            ]
            self.plant("REG-12", "posts", each.posts[-1].id)

    def barred(self) -> None:
        (found,) = self.chosen(1, PostRole.COOK)
        person = found.person
        self._bar(person.name, person.document_number)
        self.plant("REG-13", "posts", found.posts[-1].id)
        for _ in range(2):  # of people who do not work here
            birth = self.on - timedelta(days=self.rng.randint(9000, 18000))
            self._bar(adult_name(self.rng, surname(self.rng, manchu=False)), self.numbers.resident_id(birth, "1"))

    def _bar(self, name: str, number: str) -> None:
        made = self.numbers.id("bar")
        self.bars.append(
            Bar(
                id=made,
                division=DISTRICT,
                name=name,
                document_type="1",
                document_number=number,
                ground=self.rng.choice(list(BarGround)),
                decided_by="演示认定机关",
                decision=f"演示〔{self.on.year}〕{len(self.bars) + 1}号",
                since=self.on - timedelta(30),
            )
        )

    def strength(self) -> None:
        """Classes without their childcare worker, a kindergarten without its floating teachers, a guard too few."""
        for each in self.chosen(4, PostRole.CHILDCARE, self._has_own_class):
            self.touched.add(each.slot.kindergarten.id)
            room = each.posts[-1].class_id
            each.posts[-1] = replace(each.posts[-1], class_id=None)
            self.plant("REG-04", "classes", room or UUID(int=0))
        owners = {each.slot.kindergarten.id for each in self.workers if self._floats(each)} - self.touched
        poor = self.rng.choice(sorted(each for each in owners if self._misses_its_floating(each)))
        self.touched.add(poor)
        for each in [each for each in self.workers if self._floats(each) and each.slot.kindergarten.id == poor]:
            each.posts[-1] = replace(each.posts[-1], role=PostRole.ADMINISTRATION)
        self.plant("REG-03", "kindergartens", poor)
        (guard,) = self.chosen(1, PostRole.GUARD, lambda w: w.slot.kindergarten.id not in self.touched)
        guard.posts[-1] = replace(guard.posts[-1], full_time=False)
        self.plant("guard", "kindergartens", guard.slot.kindergarten.id)

    def _has_own_class(self, worker: "Worker") -> bool:
        """In a class of 3 to 6 with children now, in a kindergarten not touched yet."""
        return worker.posts[-1].class_id in self.running and worker.slot.kindergarten.id not in self.touched

    def _floats(self, worker: "Worker") -> bool:
        slot = worker.slot
        return worker.present and slot.role is PostRole.TEACHER and slot.order is None

    def _misses_its_floating(self, owner: UUID) -> bool:
        """Whether the teachers and childcare workers of the classes alone are too few for the children of today."""
        care = sum(
            each.present and each.slot.kindergarten.id == owner and each.slot.role in CARE and not self._floats(each)
            for each in self.workers
        )
        return self.children[owner] > CHILDREN_PER_CARER * care

    def quota(self, quotas: list[Quota]) -> None:
        number = self.rng.randrange(len(quotas))
        employment = {QuotaKind.ESTABLISHED: Employment.ESTABLISHED, QuotaKind.QUOTA: Employment.QUOTA}
        chosen = quotas[number]
        used = _used(self.workers, chosen.kindergarten, employment[chosen.kind])
        quotas[number] = replace(chosen, approved=used - 1)
        self.plant("quota-exceeded", "staff_quotas", chosen.id)


def _used(workers: Iterable["Worker"], owner: UUID, employment: Employment) -> int:
    return sum(
        each.present and each.slot.kindergarten.id == owner and each.slot.employment is employment for each in workers
    )


def spoil(
    workers: list["Worker"], quotas: list[Quota], district: District, numbers: Numbers, rng: Random
) -> tuple[list[Bar], list[Fault]]:
    """Plant every fault; answer the list of those barred and the list of faults."""
    made = _Spoiler(workers, district, numbers, rng)
    made.papers()
    made.people()
    made.barred()
    made.strength()
    made.quota(quotas)
    return made.bars, made.faults

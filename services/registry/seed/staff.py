"""Who fills the places: three school years of people coming, moving with their class and leaving. Nobody exists."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from services.registry.ages.rules import school_year_since
from services.registry.posts.codes import Employment, PostEnd, PostRole
from services.registry.qualifications.codes import QualificationKind
from services.registry.quotas.codes import QuotaKind
from services.registry.seed.establishment import Establishment, Slot
from services.registry.seed.names import adult_name, surname
from services.registry.seed.numbers import Numbers
from services.registry.seed.proofs import Papers
from services.registry.seed.rows import District
from services.registry.seed.staff_faults import spoil
from services.registry.seed.staff_rows import BackgroundCheck, Person, Post, Qualification, Quota, Staff
from services.registry.staff.codes import Education, Title
from shared.tables import FOREVER

FIRST_ORDER = 300  # of resident ids: far above those of children and guardians born on one day
TURNOVER = 0.06  # of the places in a year; illustrative, as every share here
MEN = {PostRole.GUARD: 0.95, PostRole.COOK: 0.5, PostRole.WORKER: 0.4, PostRole.PRINCIPAL: 0.08}
AGES = {  # of those at work when the register begins
    PostRole.TEACHER: (24, 48),
    PostRole.CHILDCARE: (32, 52),
    PostRole.PRINCIPAL: (40, 54),
    PostRole.DEPUTY_PRINCIPAL: (35, 52),
    PostRole.GUARD: (28, 56),
}
EDUCATED = {
    PostRole.TEACHER: ((Education.MASTER, 0.04), (Education.BACHELOR, 0.62), (Education.COLLEGE, 0.34)),
    PostRole.PRINCIPAL: ((Education.MASTER, 0.12), (Education.BACHELOR, 0.7), (Education.COLLEGE, 0.18)),
    PostRole.CHILDCARE: ((Education.COLLEGE, 0.2), (Education.VOCATIONAL, 0.5), (Education.HIGH_SCHOOL, 0.3)),
    PostRole.HEALTH: ((Education.BACHELOR, 0.2), (Education.COLLEGE, 0.5), (Education.VOCATIONAL, 0.3)),
}
OTHERS = ((Education.COLLEGE, 0.2), (Education.HIGH_SCHOOL, 0.4), (Education.MIDDLE_SCHOOL, 0.4))
TEACHING = frozenset({PostRole.TEACHER, PostRole.PRINCIPAL, PostRole.DEPUTY_PRINCIPAL})
TITLES = ((25, Title.NONE), (29, Title.SECOND), (40, Title.FIRST), (99, Title.SENIOR))  # up to that age
LEADERS_MONTHS = (96, 240)


@dataclass(slots=True, eq=False)
class Worker:
    """A person with everything on record about it, before it becomes rows."""

    person: Person
    slot: Slot
    posts: list[Post] = field(default_factory=list)
    proofs: list[Qualification] = field(default_factory=list)
    checks: list[BackgroundCheck] = field(default_factory=list)

    @property
    def present(self) -> bool:
        return self.posts[-1].until == FOREVER

    def holds(self, *kinds: QualificationKind) -> bool:
        return any(each.kind in kinds for each in self.proofs)


def staff(district: District) -> Staff:
    """The staff of the district, the same for the same seed; the district's own rows are untouched."""
    rng = Random(district.seed + 1)  # noqa: S311  # nothing secret: the same seed must give the same staff
    first = min(room.school_year for room in district.classes)
    numbers = Numbers(district.seed, school_year_since(first), FIRST_ORDER)
    places = Establishment(district, rng)
    crew = Crew(district, places, numbers, rng)
    for slot in places.slots:
        crew.fill(slot)
    quotas = _quotas(crew.workers, numbers, rng, school_year_since(first))
    bars, faults = spoil(crew.workers, quotas, district, numbers, rng)
    return Staff(
        persons=[each.person for each in crew.workers],
        qualifications=[proof for each in crew.workers for proof in each.proofs],
        checks=[check for each in crew.workers for check in each.checks],
        posts=[post for each in crew.workers for post in each.posts],
        quotas=quotas,
        bars=bars,
        faults=faults,
    )


class Crew:
    """Fills places one after the other."""

    def __init__(self, district: District, places: Establishment, numbers: Numbers, rng: Random) -> None:
        self.workers: list[Worker] = []
        self._places, self._numbers, self._rng = places, numbers, rng
        self._papers = Papers(numbers, rng, district.on)

    def fill(self, slot: Slot) -> None:
        """The people of one place, each from the day the one before left."""
        years = self._places.years(slot.kindergarten.id)
        worker = self._hired(slot, school_year_since(years[0]), new=False)
        for year in years:
            day = school_year_since(year)
            if year > years[0] and self._rng.random() < TURNOVER and slot.role is not PostRole.PRINCIPAL:
                reason = PostEnd.RETIRED if _age(worker.person, day) > 54 else PostEnd.LEFT  # noqa: PLR2004  # years
                _end(worker, day, reason)
                worker = self._hired(slot, day, new=True)
            self._assign(worker, slot, year)

    def _hired(self, slot: Slot, since: date, *, new: bool) -> Worker:
        person = self._person(slot, since, new=new)
        worker = Worker(person, slot)
        worker.proofs = self._papers.proofs(person.id, slot.role, since)
        worker.checks = self._papers.checks(person.id, since)
        self.workers.append(worker)
        return worker

    def _assign(self, worker: Worker, slot: Slot, year: int) -> None:
        """The class of the year; nothing changes where it stays the same, as for those of no class."""
        room, day = self._places.room(slot, year), school_year_since(year)
        mine = room.id if room else None
        if worker.posts and worker.posts[-1].class_id == mine:
            return
        if worker.posts:
            _end(worker, day, PostEnd.REASSIGNED)
        owner, post = slot.kindergarten, self._numbers.id("post")
        worker.posts.append(
            Post(
                id=post,
                person=worker.person.id,
                kindergarten=owner.id,
                division=owner.division,
                role=slot.role,
                class_id=mine,
                employment=slot.employment,
                full_time=slot.full_time,
                contract=f"演示聘〔{year}〕{len(self.workers)}号",
                since=day,
            )
        )

    def _person(self, slot: Slot, since: date, *, new: bool) -> Person:
        rng, role = self._rng, slot.role
        sex = "1" if rng.random() < MEN.get(role, 0.03) else "2"
        low, high = (22, 27) if new and role is PostRole.TEACHER else AGES.get(role, (30, 56))
        birth = since - timedelta(days=365 * rng.randint(low, high) + rng.randrange(365))
        leads = role in {PostRole.PRINCIPAL, PostRole.DEPUTY_PRINCIPAL}
        months = rng.randint(*LEADERS_MONTHS) if leads else 0
        age = (since - birth).days // 365
        return Person(
            id=self._numbers.id("staff"),
            division=slot.kindergarten.division,
            kindergarten=slot.kindergarten.id,
            name=adult_name(rng, surname(rng, manchu=False)),
            sex=sex,
            birth_date=birth,
            ethnicity="01",
            document_type="1",
            document_number=self._numbers.resident_id(birth, sex),
            education=_drawn(rng, EDUCATED.get(PostRole.PRINCIPAL if leads else role, OTHERS)),
            preschool_major=role in TEACHING and rng.random() < 0.8,  # noqa: PLR2004  # a share
            title=next(title for up_to, title in TITLES if age <= up_to) if role in TEACHING else Title.NONE,
            experience_months=months,
            experience_evidence="工作经历证明（演示）" if months else "",
        )


def _end(worker: Worker, day: date, reason: PostEnd) -> None:
    worker.posts[-1] = replace(worker.posts[-1], until=day, reason_out=reason)


def _age(person: Person, on: date) -> int:
    return (on - person.birth_date).days // 365


def _drawn(rng: Random, shares: tuple[tuple[Education, float], ...]) -> Education:
    return rng.choices([word for word, _ in shares], [share for _, share in shares])[0]


def _quotas(workers: list[Worker], numbers: Numbers, rng: Random, since: date) -> list[Quota]:
    """As many as are used now and a few free, in every kindergarten that has any."""
    used: dict[tuple[UUID, str, QuotaKind], int] = {}
    kinds = {Employment.ESTABLISHED: QuotaKind.ESTABLISHED, Employment.QUOTA: QuotaKind.QUOTA}
    for worker in workers:
        if worker.present and (kind := kinds.get(worker.slot.employment)):
            key = worker.slot.kindergarten.id, worker.slot.kindergarten.division, kind
            used[key] = used.get(key, 0) + 1
    return [
        Quota(
            id=numbers.id("staff quota"),
            kindergarten=owner,
            division=division,
            kind=kind,
            approved=count + rng.randint(0, 3),
            document=f"怀编办〔{since.year}〕演示{number}号",
            since=since,
        )
        for number, ((owner, division, kind), count) in enumerate(used.items(), start=1)
    ]

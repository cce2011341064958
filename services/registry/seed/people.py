"""Children and their guardians: plausible, complete, and unmistakably nobody."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from services.registry.ages.rules import PRESCHOOL_AGES, school_age, school_year_since
from services.registry.enrolments.codes import Entry
from services.registry.seed.kindergartens import Institutions
from services.registry.seed.layout import Plot, villages
from services.registry.seed.names import adult_name, child_name, surname
from services.registry.seed.numbers import Numbers
from services.registry.seed.roll import Pupil
from services.registry.seed.rows import Child, Guardian
from shared.tables import FOREVER

HAN, MANCHU = "01", "11"
MANCHU_TOWNS = {"110116211", "110116213"}  # 长哨营 and 喇叭沟门满族乡
PASSPORT, TAIWAN_TRAVEL, OTHER, RESIDENT = "A", "8", "Z", "1"
OVERSEAS = {PASSPORT: "11", TAIWAN_TRAVEL: "5"}  # 华侨, 台湾同胞
OTHER_AREAS = ("110112", "110117", "110118", "130000", "140000", "150000", "220000", "230000", "370000", "410000")
DISABILITY_SCHEME = "GB/T 26341-2010"
DISABILITIES = ("gb-1", "gb-2", "gb-3", "gb-4", "gb-5", "gb-6", "gb-7")
FATHER, MOTHER = "51", "52"
GRANDPARENTS = ("61", "62", "63", "64")
MALE_RELATIONS = {FATHER, "61", "63"}

# Shares of the invented people; illustrative, none is a statistic of the district.
BOYS = 0.52
MANCHU_SHARE, MANCHU_TOWN_SHARE = 0.06, 0.4
OTHER_ETHNICITIES = (("03", 0.015), ("02", 0.012), ("10", 0.003), ("15", 0.002), ("06", 0.002))
DOCUMENTS = ((PASSPORT, 0.006), (OTHER, 0.003), (TAIWAN_TRAVEL, 0.001))
DISABLED = 0.004
SAME_TOWN, LOCAL_HOUSEHOLD, SAME_VILLAGE = 0.9, 0.74, 0.8
FAMILIES = (("grandparent", 0.04), ("mother", 0.26), ("father", 0.08))  # the others have both parents on record
LEFT_BEHIND = (("one_parent", 0.005),)
LEFT_BEHIND_MOUNTAIN = (("both_parents", 0.02), ("one_parent", 0.07))
CARE = (  # 特异体质 and illness the guardian tells of (学前教育法 art. 15)
    ("食物过敏（演示）", 0.015),
    ("哮喘（演示）", 0.006),
    ("特殊饮食（演示）", 0.006),
    ("先天性心脏病（演示）", 0.002),
    ("癫痫（演示）", 0.001),
)


class People:
    """Turns pupils into children with guardians, in the order given."""

    def __init__(self, made: Institutions, numbers: Numbers, rng: Random) -> None:
        self.children: list[Child] = []
        self.guardians: list[Guardian] = []
        self._plots = made.plots
        self._divisions = {k.id: k.division for k in made.kindergartens}
        self._numbers = numbers
        self._rng = rng
        self._named: set[tuple[str, str, date]] = set()
        self._villages = villages()
        self._towns = list(self._villages)

    def enter(self, pupils: list[Pupil]) -> None:
        at: dict[Pupil, int] = {}
        for pupil in pupils:
            at[pupil] = len(self.children)
            child = self._child(pupil, self._plots[pupil.stays[0].room.kindergarten])
            if pupil.contradicted:
                child = self._contradicted(child)
            if pupil.twin_of:
                child = self._twin(child, self.children[at[pupil.twin_of]])
            self.children.append(child)
            if not pupil.orphaned:
                self._guard(child)

    def _child(self, pupil: Pupil, plot: Plot) -> Child:
        rng = self._rng
        manchu = rng.random() < (MANCHU_TOWN_SHARE if plot.town in MANCHU_TOWNS else MANCHU_SHARE)
        sex = "1" if rng.random() < BOYS else "2"
        document = _drawn(rng, DOCUMENTS) or RESIDENT
        village = self._village(plot.town if rng.random() < SAME_TOWN else rng.choice(self._towns))
        is_local = rng.random() < LOCAL_HOUSEHOLD
        disability = rng.choice(DISABILITIES) if rng.random() < DISABLED else None
        last = pupil.stays[-1]
        present = last.room.kindergarten if last.until == FOREVER else None
        return Child(
            id=pupil.id,
            division=self._divisions[present] if present else village,
            kindergarten=present,
            name=self._name(sex, pupil.birth, manchu=manchu),
            sex=sex,
            birth_date=pupil.birth,
            nationality="156",
            ethnicity=MANCHU if manchu else _drawn(rng, OTHER_ETHNICITIES) or HAN,
            document_type=document,
            document_number=self._number(document, pupil.birth, sex),
            household_division=self._household(village, plot) if is_local else rng.choice(OTHER_AREAS),
            household_kind="2" if is_local and plot.zone == "mountain" else "1",
            residence_division=village,
            overseas_kind=OVERSEAS.get(document, "0"),
            left_behind=_drawn(rng, LEFT_BEHIND_MOUNTAIN if plot.zone == "mountain" else LEFT_BEHIND) or "none",
            disability_scheme=DISABILITY_SCHEME if disability else None,
            disability_kind=disability,
            special_care=_drawn(rng, CARE),
            first_enrolled_on=_first_enrolled(pupil),
        )

    def _contradicted(self, child: Child) -> Child:
        """A resident id of another birth date, kept as a document of another type so that nothing compared it."""
        other = child.birth_date - timedelta(days=self._rng.randint(20, 300))
        return replace(child, document_type=OTHER, document_number=self._numbers.resident_id(other, child.sex))

    def _twin(self, child: Child, first: Child) -> Child:
        """The same child entered again with another paper."""
        number = self._numbers.other_document()
        return replace(child, name=first.name, sex=first.sex, document_type=OTHER, document_number=number)

    def _name(self, sex: str, birth: date, *, manchu: bool) -> str:
        """A name nobody of the same sex and birth date has yet: only planted duplicates may look like one."""
        while True:
            name = child_name(self._rng, surname(self._rng, manchu=manchu), sex)
            if (name, sex, birth) not in self._named:
                self._named.add((name, sex, birth))
                return name

    def _number(self, document: str, birth: date, sex: str) -> str:
        return self._numbers.resident_id(birth, sex) if document == RESIDENT else self._numbers.other_document()

    def _household(self, village: str, plot: Plot) -> str:
        return village if self._rng.random() < SAME_VILLAGE else self._village(plot.town)

    def _village(self, town: str) -> str:
        return self._rng.choice(self._villages[town])[0]

    def _guard(self, child: Child) -> None:
        """Mother, father, both, or a grandparent."""
        relations = {
            "grandparent": (self._rng.choice(GRANDPARENTS),),
            "mother": (MOTHER,),
            "father": (FATHER,),
            None: (MOTHER, FATHER),
        }
        self.guardians += [self._guardian(child, relation) for relation in relations[_drawn(self._rng, FAMILIES)]]

    def _guardian(self, child: Child, relation: str) -> Guardian:
        rng = self._rng
        sex = "1" if relation in MALE_RELATIONS else "2"
        years = rng.randint(55, 68) if relation in GRANDPARENTS else rng.randint(24, 38)
        birth = child.birth_date - timedelta(days=years * 365 + rng.randrange(365))
        family = child.name[0] if relation in {FATHER, "61"} else surname(rng, manchu=child.ethnicity == MANCHU)
        return Guardian(
            id=self._numbers.id("guardian"),
            child=child.id,
            name=adult_name(rng, family),
            relation=relation,
            document_type=RESIDENT,
            document_number=self._numbers.resident_id(birth, sex),
            phone=self._numbers.mobile(),
        )


def _first_enrolled(pupil: Pupil) -> date:
    """The day of first entry; children already moved up when the register begins came in at three."""
    first = pupil.stays[0]
    if first.reason_in is Entry.NEW:
        return first.since
    year = first.room.school_year
    return school_year_since(year - school_age(pupil.birth, year) + PRESCHOOL_AGES[0])


def _drawn(rng: Random, shares: tuple[tuple[str, float], ...]) -> str | None:
    """One of the codes with its probability, or None with what remains."""
    draw = rng.random()
    for code, share in shares:
        if draw < share:
            return code
        draw -= share
    return None

"""A demonstration district at true size, the same for the same seed: nobody in it exists.

75 kindergartens and 386 classes are Huairou's published figures of 2018; everything inside them is invented and
marked. Three school years are on record, and faults are planted for the checks to find.
"""

from dataclasses import fields
from datetime import date
from hashlib import sha256
from random import Random
from uuid import UUID

from services.registry.ages.rules import school_year, school_year_since
from services.registry.seed.classes import YEARS, opened_classes
from services.registry.seed.faults import Faults, plan_sizes, spoil_kindergartens, spoil_roll
from services.registry.seed.kindergartens import found
from services.registry.seed.layout import plots
from services.registry.seed.numbers import Numbers
from services.registry.seed.people import People
from services.registry.seed.populations import populations
from services.registry.seed.roll import Pupil, Roll
from services.registry.seed.rows import District, Enrolment

SEED = 20260901
TODAY = date(2026, 11, 23)


def district(seed: int = SEED, on: date = TODAY) -> District:
    """The district as it stands on a day, with the two school years before the current one."""
    rng = Random(seed)  # noqa: S311  # nothing secret: the same seed must give the same district
    year = school_year(on)
    numbers = Numbers(seed, school_year_since(year - YEARS + 1))
    faults = Faults()
    made = found(plots(), numbers, rng, on, year)
    spoil_kindergartens(made, faults, rng, on)
    classes = opened_classes(made, numbers, year)
    roll = Roll(made, classes, plan_sizes(made, classes, faults, rng, year), numbers, rng, on)
    roll.run()
    spoil_roll(roll, faults, rng, year)
    divisions = {k.id: k.division for k in made.kindergartens}
    people = People(made, numbers, rng)
    people.enter(roll.pupils)
    return District(
        seed=seed,
        on=on,
        groups=made.groups,
        kindergartens=made.kindergartens,
        campuses=made.campuses,
        types=made.types,
        statuses=made.statuses,
        classes=classes,
        children=people.children,
        guardians=people.guardians,
        enrolments=[e for pupil in roll.pupils for e in _enrolments(pupil, divisions, numbers)],
        populations=populations(made, roll.pupils, rng, on),
        faults=faults.planted,
    )


def _enrolments(pupil: Pupil, divisions: dict[UUID, str], numbers: Numbers) -> list[Enrolment]:
    return [
        Enrolment(
            id=numbers.id("enrolment"),
            child=pupil.id,
            class_id=stay.room.id,
            kindergarten=stay.room.kindergarten,
            division=divisions[stay.room.kindergarten],
            since=stay.since,
            until=stay.until,
            previous_until=before.until if before else None,
            reason_in=stay.reason_in,
            reason_out=stay.reason_out,
        )
        for before, stay in zip([None, *pupil.stays], pupil.stays, strict=False)
    ]


def digest(made: District) -> str:
    """SHA-256 over every row in order: two districts with the same digest are the same."""
    hashed = sha256()
    for field in fields(made):
        hashed.update(repr(getattr(made, field.name)).encode())
    return hashed.hexdigest()

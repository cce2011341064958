"""What the register itself checks before nursery classes are filed (计划 三(一)4; 学前教育法 art. 84). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.registry.kindergartens.codes import Status, Type
from services.registry.parameters.rules import Parameter, in_force
from services.registry.recognitions.codes import CheckSeverity
from services.registry.recognitions.conditions import Check
from services.registry.service_facts.codes import InspectionResult

PLAN = "怀柔区学前教育行动计划 三(一)4"
NEED = "REG-20"


@dataclass(frozen=True)  # built from a row by position
class Facts:
    """What the register knows of a kindergarten on a day.

    `children` are those of 3 to 6, `offered` places offered to more of them and not answered, `waiting` those on its
    waiting lists. `carers` are its own full-time teachers and childcare workers, `classes` its 3-to-6 classes with
    children. The last five are what quality and safety told, None where they told nothing.
    """

    type: str | None
    status: str | None
    licence_number: str | None
    licence_expires_on: date | None
    licensed_seats: int
    children: int
    offered: int
    waiting: int
    carers: int
    classes: int
    inspection_result: str | None
    vetoed: bool | None
    grade: str | None
    qualified: bool | None
    open_hazards: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What is asked for. `enlarges` is False for a change to no more places than are filed."""

    classes: int
    children_per_class: int
    carers: int
    monthly_fee: Decimal
    enlarges: bool = True

    @property
    def places(self) -> int:
        return self.classes * self.children_per_class


def checks(facts: Facts, asked: Scale, parameters: Sequence[Parameter], on: date) -> tuple[Check, ...]:
    """Every condition, met or not. BLOCK refuses application and filing; WARN is shown.

    What serves children of 3 to 6 first refuses only who asks for more places than are filed.
    """
    return (
        *_demand(facts, asked),
        *_size(asked, parameters, on),
        *_staff(facts, asked, parameters, on),
        *_standing(facts, asked, on),
        _quality(facts, asked),
        _fee(asked, parameters, on),
    )


def _check(code: str, rule: str, refuses: bool, basis: str, said: tuple[str, str], *seen: bool | str) -> Check:
    met, found, wanted = seen
    severity = CheckSeverity.BLOCK if refuses else CheckSeverity.WARN
    return Check(code, rule, severity, *said, basis, bool(met), str(found), str(wanted))


def _demand(facts: Facts, asked: Scale) -> Iterator[Check]:
    """REG-20: only after 3–6 demand is met, with places to spare."""
    said = "3—6岁幼儿尚有候补,不得开设托班", "children of 3 to 6 are waiting for a place"
    waiting = facts.waiting
    yield _check("nursery-waiting-list", NEED, asked.enlarges, PLAN, said, waiting == 0, str(waiting), "0")
    said = "无空余学位", "there are no seats to spare"
    spare = facts.licensed_seats - facts.children - facts.offered
    enough = asked.places <= spare
    yield _check("nursery-no-spare-seats", "", asked.enlarges, PLAN, said, enough, str(spare), f"≥ {asked.places}")


def _size(asked: Scale, parameters: Sequence[Parameter], on: date) -> Iterator[Check]:
    """REG-20: a class of 2 to 3 has 20 children at most (托大班)."""
    most = in_force(parameters, "class_size", on, "nursery")
    said = "托班班额超过标准", "a nursery class has too many children"
    size = asked.children_per_class
    yield _check(
        "nursery-class-size", NEED, True, most.document, said, size <= most.number, str(size), f"≤ {most.value}"
    )


def _staff(facts: Facts, asked: Scale, parameters: Sequence[Parameter], on: date) -> Iterator[Check]:
    """托大班 1:7: a carer for seven children; and who is there beside the 3-to-6 classes' two teachers and a carer."""
    per = in_force(parameters, "nursery_children_per_carer", on)
    said = "保育人员与幼儿之比不足", "there are too few carers for the children"
    needed = -(-asked.places // int(per.number))
    enough = asked.carers >= needed
    yield _check("nursery-staff-ratio", "", True, per.document, said, enough, str(asked.carers), f"≥ {needed}")
    teachers = in_force(parameters, "class_teachers", on)
    each = int(teachers.number + in_force(parameters, "class_carers", on).number)
    spare = max(0, facts.carers - facts.classes * each)
    said = "在岗保教人员扣除3—6岁班级所需后不足", "too few carers are in post beside those of the 3-to-6 classes"
    there = spare >= asked.carers
    yield _check("nursery-staff-in-post", "", False, teachers.document, said, there, str(spare), f"≥ {asked.carers}")


def _standing(facts: Facts, asked: Scale, on: date) -> Iterator[Check]:
    """It operates under a valid licence, passed its latest annual inspection and has no major hazard listed."""
    said = "须为正常办园", "it must be operating"
    operating = facts.status == Status.OPERATING
    yield _check("kindergarten-not-operating", "", True, PLAN, said, operating, facts.status or "", "operating")
    ends = facts.licence_expires_on
    valid = facts.licence_number is not None and ends is not None and on <= ends
    said = "办学许可证须在有效期内", "the licence must be valid"
    law = "学前教育法 art. 30"
    yield _check("licence-not-valid", "REG-14", asked.enlarges, law, said, valid, str(ends or ""), f"≥ {on}")
    said = "最近一次年检不合格", "the latest annual inspection was failed"
    result = facts.inspection_result
    bad = result == InspectionResult.FAILED or bool(facts.vetoed)
    yield _check(
        "nursery-inspection-failed", "", asked.enlarges, PLAN, said, not bad, result or "", "passed, conditional"
    )
    said = "尚无年检结论", "no annual inspection is known"
    yield _check("nursery-not-inspected", "", False, PLAN, said, result is not None, result or "", "")
    said = "存在未销号的重大隐患", "a major hazard is listed"
    hazards = facts.open_hazards
    yield _check("nursery-major-hazards", "", asked.enlarges, PLAN, said, hazards == 0, str(hazards), "0")


def _quality(facts: Facts, asked: Scale) -> Check:
    """有条件的公办园和优质民办园: a private one must have been found qualified; a public one must not have failed."""
    private = facts.type in (Type.PRIVATE, Type.INCLUSIVE_PRIVATE)
    said = (
        ("民办园须督导评估合格(优质民办园)", "a private kindergarten must be evaluated as qualified")
        if private
        else ("督导评估结论须为合格", "it must be evaluated as qualified")
    )
    refuses = asked.enlarges and (private or facts.qualified is False)
    return _check("nursery-quality", "", refuses, PLAN, said, bool(facts.qualified), facts.grade or "", "qualified")


def _fee(asked: Scale, parameters: Sequence[Parameter], on: date) -> Check:
    """No ruling standard is known: the reference only warns."""
    most = in_force(parameters, "nursery_fee_reference", on)
    said = "收费高于参考上限", "the fee is above the reference"
    fee = asked.monthly_fee
    return _check(
        "nursery-fee-above-reference", "", False, most.document, said, fee <= most.number, str(fee), f"≤ {most.value}"
    )

"""升班: where a child goes when the school year ends, and what the class it goes to is called. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.registry.ages.rules import next_kind, school_age, suits
from services.registry.classes.codes import ClassKind
from services.registry.findings import Finding

Outcome = Literal["promoted", "graduated", "held"]
PRIMARY_SCHOOL_AGE = 6  # 义务教育法 art. 11: six full years, at the latest on 31 August before school begins

TOO_YOUNG = Finding(
    "too-young-to-graduate",
    "大班幼儿到入学截止日未满六周岁,须个别处理",
    "The child of a 大班 will not be six when primary school begins: decide for it alone",
)
OUT_OF_SIGHT = Finding(
    "child-elsewhere-now",
    "该幼儿目前仍在另一幼儿园,须个别处理",
    "The child is still in another kindergarten: decide for it alone",
)
AGE_DIFFERS = Finding(
    "age-differs-from-next-class",
    "幼儿年龄与升入的班级类型不符",
    "The child's age is not the one of the class it moves up to",
    "warning",
)
OVER_LIMIT = Finding(
    "next-class-over-limit",
    "升入后超过下一学年班级的人数上限",
    "The class of the next school year would exceed its limit",
)
NAME_TAKEN = Finding(
    "next-class-name-taken",
    "下一学年已有同名班级,且未注明承接本班",
    "The next school year has a class of that name which does not continue this one",
)
SEVERAL_CONTINUE = Finding(
    "several-classes-continue",
    "下一学年有多个班级承接本班,须先明确",
    "Several classes of the next school year continue this one: say which",
)
BEGINS_LATER = Finding(
    "next-class-begins-later", "承接班级晚于9月1日设立", "The class that continues this one begins after 1 September"
)
SHUT = Finding(
    "kindergarten-not-open", "幼儿园在新学年开始时未开办", "The kindergarten is not open when the school year begins"
)
FINDINGS = {
    each.code: each
    for each in (
        TOO_YOUNG,
        OUT_OF_SIGHT,
        AGE_DIFFERS,
        OVER_LIMIT,
        NAME_TAKEN,
        SEVERAL_CONTINUE,
        BEGINS_LATER,
        SHUT,
    )
}
FIRST_CHARACTERS = {
    ClassKind.NURSERY: "托",
    ClassKind.SMALL: "小",
    ClassKind.MIDDLE: "中",
    ClassKind.LARGE: "大",
    ClassKind.MIXED: "混",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one child, and what is to be said about it."""

    outcome: Outcome
    finding: Finding | None = None


def step(kind: ClassKind, birth: date, year: int) -> Step:
    """The step of one child of a class of that kind when the school year `year` ends.

    托→小→中→大; from 大班, and from 混合班 at that age, to primary school, which takes children of six (义务教育法
    art. 11).
    Who moves up with an age of another class does so, and is named.
    """
    following = next_kind(kind, birth, year)
    if following is None:
        old_enough = school_age(birth, year + 1) >= PRIMARY_SCHOOL_AGE
        return Step("graduated") if old_enough else Step("held", TOO_YOUNG)
    return Step("promoted", None if suits(following, birth, year + 1) else AGE_DIFFERS)


def kind_after(kind: ClassKind) -> ClassKind | None:
    """The kind of the class that takes over the children of a class; None: they all leave."""
    return {
        ClassKind.NURSERY: ClassKind.SMALL,
        ClassKind.SMALL: ClassKind.MIDDLE,
        ClassKind.MIDDLE: ClassKind.LARGE,
        ClassKind.MIXED: ClassKind.MIXED,
    }.get(kind)


def name_after(name: str, kind: ClassKind, following: ClassKind) -> str:
    """小一班 becomes 中一班; a class with a name of its own (向日葵班) keeps it."""
    first = FIRST_CHARACTERS[kind]
    return FIRST_CHARACTERS[following] + name[1:] if kind is not following and name.startswith(first) else name

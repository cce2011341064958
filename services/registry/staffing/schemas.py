from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import WithJsonSchema

from services.registry.children.schemas import DIVISION
from services.registry.posts.codes import Employment, PostRole
from services.registry.posts.schemas import StaffRuleBreach
from services.registry.staff.codes import Education, Title
from services.registry.staffing.codes import StaffingMeasure
from shared.schemas import Count, Day, In, Out, zh

Ratio = Annotated[Decimal, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d+\.\d{2}$"})]


class StaffingLine(Out):
    """What the standard requires of one measure, what is there, and what is short."""

    measure: Annotated[StaffingMeasure, zh("项目")]
    class_id: Annotated[UUID | None, zh("班级")]
    class_name: Annotated[str | None, zh("班级名称")]
    required: Annotated[Count, zh("应配")]
    present: Annotated[Count, zh("实有")]
    short: Annotated[Count, zh("缺")]
    over: Annotated[Count, zh("超配", "Beyond what the standard allows.")]
    basis: Annotated[str, zh("依据")]


class StaffingStrength(Out):
    """How many children and staff a kindergarten has on a day."""

    children: Annotated[Count, zh("在园幼儿数")]
    boarders: Annotated[Count, zh("寄宿幼儿数")]
    classes: Annotated[Count, zh("有幼儿的班级数")]
    staff: Annotated[Count, zh("教职工数", "Full-time, without purchased services.")]
    care_staff: Annotated[Count, zh("保教人员数", "Full-time teachers and childcare workers.")]
    teachers: Annotated[Count, zh("专任教师数")]
    children_per_staff: Annotated[Ratio | None, zh("幼儿与教职工之比", "Children a member of staff.")]
    children_per_carer: Annotated[Ratio | None, zh("幼儿与保教人员之比")]


class StaffingReport(StaffingStrength):
    """The staffing standard held against a kindergarten on a day."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    as_of: Annotated[date, zh("截至日期")]
    lines: Annotated[list[StaffingLine], zh("应配与实有")]
    findings: Annotated[list[StaffRuleBreach], zh("规则提示")]


class StaffingDay(In):
    as_of: Annotated[Day | None, zh("截至日期", "On this day; today by default.")] = None


class StaffingScope(StaffingDay):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None


class StaffVacancyQuery(StaffingScope):
    measure: Annotated[StaffingMeasure | None, zh("项目")] = None


class StaffVacancy(StaffingLine):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]


class StaffVacancyTotal(Out):
    measure: Annotated[StaffingMeasure, zh("项目")]
    short: Annotated[Count, zh("缺")]
    kindergartens: Annotated[Count, zh("涉及幼儿园数")]


class StaffVacancies(Out):
    """Whatever is short of the standard in the caller's scope on a day."""

    as_of: Annotated[date, zh("截至日期")]
    totals: Annotated[list[StaffVacancyTotal], zh("合计")]
    items: Annotated[list[StaffVacancy], zh("缺岗")]


class StaffingFigures(StaffingStrength):
    """REG-03 to REG-05 over the caller's scope on a day. Children a teacher are those of 3 to 6."""

    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str | None, zh("区划")]
    kindergartens: Annotated[Count, zh("有幼儿的幼儿园数")]
    kindergartens_in_breach: Annotated[Count, zh("师幼比不达标的幼儿园数", "REG-03.")]
    classes_in_breach: Annotated[Count, zh("教师、保育员配备不足的班级数", "REG-04.")]
    preschool_classes: Annotated[Count, zh("3至6岁班级数", "With children.")]
    preschool_children: Annotated[Count, zh("3至6岁班级幼儿数")]
    children_per_teacher: Annotated[Ratio | None, zh("幼儿与专任教师之比", "Of classes of 3 to 6.")]
    findings: Annotated[list[StaffRuleBreach], zh("规则提示", "REG-05 when it is exceeded.")]


class RoleShare(Out):
    role: Annotated[PostRole, zh("岗位")]
    people: Annotated[Count, zh("人数")]


class EmploymentShare(Out):
    employment: Annotated[Employment, zh("用工性质")]
    people: Annotated[Count, zh("人数")]


class EducationShare(Out):
    education: Annotated[Education, zh("学历")]
    people: Annotated[Count, zh("人数")]


class TitleShare(Out):
    title: Annotated[Title, zh("职称")]
    people: Annotated[Count, zh("人数")]


class AgeShare(Out):
    band: Annotated[str, zh("年龄段")]
    people: Annotated[Count, zh("人数")]


class StaffStructure(Out):
    """Everyone at work on a day once, by their main post. Education and title are those on record now."""

    as_of: Annotated[date, zh("截至日期")]
    people: Annotated[Count, zh("人数")]
    preschool_major: Annotated[Count, zh("学前教育专业人数")]
    roles: Annotated[list[RoleShare], zh("岗位")]
    employments: Annotated[list[EmploymentShare], zh("用工性质")]
    educations: Annotated[list[EducationShare], zh("学历")]
    titles: Annotated[list[TitleShare], zh("职称")]
    ages: Annotated[list[AgeShare], zh("年龄")]


class StaffStructures(Out):
    items: Annotated[list[StaffStructure], zh("结构", "The day asked for first, then the same day of earlier years.")]


class StaffStructureQuery(StaffingScope):
    role: Annotated[PostRole | None, zh("岗位", "Only people whose main post it is.")] = None
    years: Annotated[int, zh("回溯年数", "The same day of so many years before as well.", ge=0, le=10)] = 0

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, Out, Page, zh


class BookNumbersRow(Out):
    """Books of a kindergarten against its children (教基〔2022〕1号第37要点)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date | None, zh("人数月份", "The last certified month; null: none is known.")]
    children: Annotated[Count | None, zh("在园人数")]
    child_titles: Annotated[Count, zh("幼儿读物书目数")]
    teacher_titles: Annotated[Count, zh("教师用书书目数")]
    picture_books: Annotated[Count, zh("图画书册数", "Copies of picture books for children that passed review.")]
    per_child: Annotated[str | None, zh("人均图画书(册)")]
    short: Annotated[bool | None, zh("人均不足", "Fewer than the guide asks for; null where children are not known.")]
    unreviewed: Annotated[Count, zh("未经审查而在用书目数", "QUA-06")]


class BookNumbersPage(Out):
    items: Annotated[list[BookNumbersRow], zh("图书数量")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookNumbersQuery(Page):
    as_of: Annotated[Day | None, zh("人数截至", "The last certified month by this day; books are today's.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    short: Annotated[bool | None, zh("人均不足")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class ClassBooksRow(Out):
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    children: Annotated[Count | None, zh("人数")]
    titles: Annotated[Count, zh("书目数")]
    copies: Annotated[Count, zh("册数")]
    per_child: Annotated[str | None, zh("班内人均(册)")]
    too_many: Annotated[Count, zh("复本超量书目数", "Titles with more copies in the class than the guide allows.")]


class ClassBooksPage(Out):
    items: Annotated[list[ClassBooksRow], zh("班级图书")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ClassBooksQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Classes running on this day.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    sort: Annotated[Literal["class_name", "-class_name"], zh("排序")] = "class_name"

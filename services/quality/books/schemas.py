from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.books.codes import BookDisposal, ReadingBookAudience, ReadingBookSource, ReadingBookState
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, In, Out, Page, zh

Number = Annotated[int, zh("负面清单条目", "1 to 12.", ge=1, le=12)]


class ReadingBookNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    isbn: Annotated[str | None, zh("ISBN", "Null only for what is self-made.", max_length=20)] = None
    title: Annotated[str, zh("书名", min_length=1, max_length=300)]
    publisher: Annotated[str, zh("出版社", max_length=200)] = ""
    book_edition: Annotated[str, zh("版次", max_length=50)] = ""
    picture_book: Annotated[bool, zh("图画书", "Of those the guide asks for so many per child.")] = True
    audience: Annotated[ReadingBookAudience, zh("使用对象")]
    source: Annotated[ReadingBookSource, zh("来源", "Gifts are reviewed too.")]


class ReadingBookReview(In):
    """Twelve answers: for each item of the negative list whether the book violates it."""

    answers: Annotated[list[bool], zh("十二项负面清单", "In order; true: it violates.", min_length=12, max_length=12)]
    note: Annotated[str, zh("意见", min_length=1, max_length=1000)]


class ReadingBookRemoval(In):
    note: Annotated[str, zh("清理理由与去向", min_length=1, max_length=1000)]
    disposal: Annotated[BookDisposal, zh("清理去向")] = BookDisposal.OTHER
    campaign: Annotated[UUID | None, zh("清理专项", "The campaign it was removed in.")] = None


class ReadingBookCopies(In):
    copies: Annotated[int, zh("册数", ge=0, le=10000)]


class ReadingBookRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    isbn: Annotated[str | None, zh("ISBN")]
    title: Annotated[str, zh("书名")]
    publisher: Annotated[str, zh("出版社")]
    book_edition: Annotated[str, zh("版次")]
    picture_book: Annotated[bool, zh("图画书")]
    audience: Annotated[ReadingBookAudience, zh("使用对象")]
    source: Annotated[ReadingBookSource, zh("来源")]
    state: Annotated[ReadingBookState, zh("审查状态")]
    copies: Annotated[Count, zh("册数")]
    unreviewed: Annotated[bool, zh("未经审查而在用", "QUA-06")]
    too_many: Annotated[bool, zh("班级复本超量", "More copies in one class than the guide allows.")]


class ReadingBookOut(ReadingBookRow):
    proposed_by: Annotated[str, zh("登记人")]
    proposed_on: Annotated[date, zh("登记日期")]
    screened_by: Annotated[str | None, zh("初审人")]
    reviewed_by: Annotated[str | None, zh("复审人")]
    reviewed_on: Annotated[date | None, zh("复审日期")]
    answers: Annotated[
        list[list[bool]], zh("两次审查的逐项结果", "The twelve answers of each stage in order; true: it violates.")
    ]
    violations: Annotated[list[Number], zh("违反的条目")]
    removed_on: Annotated[date | None, zh("清理日期")]
    removed_because: Annotated[str | None, zh("清理理由")]
    removed_to: Annotated[BookDisposal | None, zh("清理去向")]
    removed_copies: Annotated[Count | None, zh("清理册数")]
    removed_in: Annotated[UUID | None, zh("清理专项")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class ReadingBookPage(Out):
    items: Annotated[list[ReadingBookRow], zh("图书")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ReadingBookQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    audience: Annotated[ReadingBookAudience | None, zh("使用对象")] = None
    state: Annotated[ReadingBookState | None, zh("审查状态")] = None
    unreviewed: Annotated[bool | None, zh("未经审查而在用")] = None
    too_many: Annotated[bool | None, zh("班级复本超量")] = None
    sort: Annotated[Literal["title", "-title"], zh("排序")] = "title"


class ReadingBookNegative(Out):
    code: Annotated[str, zh("条目")]
    text: Annotated[str, zh("内容")]
    document: Annotated[str, zh("文件")]
    tag: Annotated[str, zh("可信度")]

"""大班额化解 (行动计划 三(三)3-d; 幼儿园工作规程 art. 11): what may be done with a plan, and by whom. Pure."""

from dataclasses import dataclass
from datetime import date

from services.registry.permissions import May
from shared.errors import DomainError
from shared.machine import Verb, other_than, states

BASIS = "怀柔区学前教育行动计划 三(三)3-d;幼儿园工作规程 art. 11"


class ClassNotOversize(DomainError):
    zh = "该班今日 {children} 人,未超过班额标准 {standard} 人。"
    en = "The class has {children} children today: it does not exceed its standard of {standard}."


class ClassStillOversize(DomainError):
    zh = "该班今日仍有 {children} 人,超过班额标准 {standard} 人,不能销号。"
    en = "The class still has {children} children today, more than its standard of {standard}."


@dataclass(frozen=True, slots=True)
class Subject:
    """A plan, and how many children its class has today; `most` is the standard with the district's tolerance."""

    state: str
    made_by: str
    children: int
    most: int


def _solved(subject: Subject, _: str, __: date) -> DomainError | None:
    if subject.children <= subject.most:
        return None
    return ClassStillOversize(children=subject.children, standard=subject.most)


WRITE, REVIEW = May.WRITE_OVERSIZE_PLANS, May.REVIEW_OVERSIZE_PLANS
OPEN = ("planned", "returned", "approved")
MACHINE = {
    "amend": Verb("修改", WRITE, states("planned", "returned"), "amended", BASIS),
    "withdraw": Verb("撤回", WRITE, states("planned", "returned"), "withdrawn", BASIS),
    "send_back": Verb("退回", REVIEW, states("planned"), "returned", BASIS, (other_than("审核", "made_by"),)),
    "approve": Verb("同意", REVIEW, states("planned"), "approved", BASIS, (other_than("审核", "made_by"),)),
    "report": Verb("报告进展", WRITE, states("approved"), "reported", BASIS),
    "extend": Verb("延期", REVIEW, states("approved"), "extended", BASIS, (other_than("延期", "made_by"),)),
    "close": Verb("销号", REVIEW, states("approved"), "closed", BASIS, (other_than("销号", "made_by"), _solved)),
}

"""Why a class cannot be formed, changed or removed."""

from http import HTTPStatus

from shared.errors import DomainError


class KindergartenNotOpen(DomainError):
    zh = "该幼儿园在 {day} 的状态为“{status_zh}”,不能设班或收托幼儿。"
    en = "On {day} the kindergarten is {status}: it can form no class and admit no child."


class LimitBelowChildren(DomainError):
    zh = "该班某日在班 {children} 人,人数上限不能低于此数。"
    en = "The class has {children} children on some day: its limit cannot be lower."
    hint_zh = "请先为超出的幼儿调班或办理转园。"
    hint_en = "Move the children beyond it to another class first."


class HardLimitIsTheDistricts(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "人数上限超过规定的 {limit} 人须由区级确定。"
    en = "A limit above the {limit} of the rule is for the district to set."


class ClassHasChildren(DomainError):
    zh = "该班有 {children} 条在班记录延续到 {day} 之后。"
    en = "{children} enrolments in this class last beyond {day}."
    hint_zh = "请先办理调班、转园或离园;曾有幼儿的班级不能删除,只能结束。"
    hint_en = "Move the children or end their enrolments first; a class that ever had a child is ended, not removed."


class ClassIsContinued(DomainError):
    zh = "下一学年有班级承接本班,不能删除。"
    en = "A class of the next school year continues this one: it cannot be removed."

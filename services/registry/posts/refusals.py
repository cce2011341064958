"""Why a post cannot begin, end or change, beyond what the table's own constraints say."""

from services.registry.posts.rules import StaffRule
from shared.errors import DomainError


class _RuleForbids(DomainError):
    zh = "{zh}({rule},{basis})。"
    en = "{rule} forbids it: {en} ({basis})."

    def __init__(self, rule: StaffRule) -> None:
        extra = {"rule": rule.rule, "basis": rule.basis}
        super().__init__(extra=extra, rule=rule.rule, zh=rule.zh, en=rule.en, basis=rule.basis)


class PrincipalUnqualified(_RuleForbids):
    hint_zh = "请先登记教师资格、学历与工作经历证明。"
    hint_en = "Record the certificate, the education and the evidence of earlier work first."


class BackgroundCheckMissing(_RuleForbids):
    hint_zh = "请在任职前查询,并随任职提交结果(background_check)。"
    hint_en = "Make the query before the first day and send its answer with the post (background_check)."


class PostForbidden(_RuleForbids):
    """Nothing is told of why."""

    hint_zh = "请与区级教育行政部门联系。"
    hint_en = "Ask the district's education department."


class PostHasEnded(DomainError):
    zh = "该任职已于 {until} 结束。"
    en = "This post has ended already, on {until}."
    hint_zh = "日期有误时请用更正(PATCH)。"
    hint_en = "Correct it (PATCH) when the date is wrong."


class SameKindergarten(DomainError):
    zh = "该人员已在本园任职。"
    en = "The person works in this kindergarten already."
    hint_zh = "园内调整请用 reassign。"
    hint_en = "Use reassign for a change within the kindergarten."


REFUSED: dict[str, type[_RuleForbids]] = {
    "REG-09": PrincipalUnqualified,
    "REG-10": BackgroundCheckMissing,
    "REG-13": PostForbidden,
}
CONSTRAINTS = (
    "person_has_one_full_time_post",
    "post_ends_before_it_begins",
    "post_and_class_belong_together",
)

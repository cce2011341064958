"""Why a child's record cannot be made or changed, beyond faults of the input."""

from shared.errors import DomainError


class ChildNeedsEnrolment(DomainError):
    zh = "幼儿园登记幼儿时须同时办理入园。"
    en = "A kindergarten registers a child by enrolling it."
    hint_zh = "请用 POST /enrolments 的 registration 一次提交登记与入园;未入园幼儿由区、镇乡登记。"
    hint_en = "Send the registration with POST /enrolments; a child in no kindergarten is registered by the district."

"""Sentences that several concepts of this service share."""

from shared.errors import DomainError, rule

ANOTHER_PERSON = rule(
    "another_person_decides",
    "提出人不能自己审批。",
    "Who proposed it cannot decide it.",
    "请由另一名有审批权限的人员办理。",
    "Another person with the right to decide has to do it.",
)


class NoSuchStep(DomainError):
    zh = "当前状态为“{state_zh}”,不能办理此步骤。"
    en = "It is {state}: this step cannot be taken."

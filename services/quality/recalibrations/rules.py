"""校准 of evaluators who agree too little. Pure."""

from http import HTTPStatus

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than, states

GUIDE = "幼儿园保育教育质量评估指南(教基〔2022〕1号):评估人员应经培训并保持评分一致"


class StillTooFarApart(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "与参考评分的一致性(加权 kappa {reached})仍低于 {least}。"
    en = "Agreement with the reference (weighted kappa {reached}) is still below {least}."
    hint_zh = "重新学习标准后再评;参考条目应含不同等次。"
    hint_en = "Study the standard and score again; the reference holds items of different levels."


MACHINE: Machine = {
    "complete": Verb(
        "完成校准", May.ORGANISE_EVALUATIONS, states("open"), "completed", GUIDE, (other_than("完成校准", "evaluator"),)
    ),
}

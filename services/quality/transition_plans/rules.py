"""The last term of the big class 大班下学期: who files its plan and who accepts it. Pure."""

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS = "教基〔2021〕4号;教基〔2022〕1号第22要点"
MACHINE: Machine = {
    "file": Verb("重新提交", May.PLAN_TRANSITION, states("returned"), "filed", BASIS),
    "accept": Verb(
        "认可", May.REVIEW_TRANSITION, states("filed"), "accepted", BASIS, (other_than("认可", "filed_by"),)
    ),
    "return": Verb(
        "退回", May.REVIEW_TRANSITION, states("filed"), "returned", BASIS, (other_than("退回", "filed_by"),)
    ),
}
# Classes whose children go to school next: a mixed class has some.
LAST_YEAR = frozenset({"large", "mixed"})

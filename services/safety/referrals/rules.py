"""What departments ask of one another, and until when it is answered. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import Due
from shared.contracts.roles import Role
from shared.machine import Machine, Verb, other_than, states
from shared.workdays import add_working_days

PLAN = "怀政办发〔2023〕16号三(二)3 部门协同治理"
MACHINE: Machine = {
    "answer": Verb("答复", May.ANSWER_REFERRALS, states("sent"), basis=PLAN, guards=(other_than("答复", "sent_by"),)),
    "return": Verb("退回补充答复", May.WORK_REFERRALS, states("answered"), basis=PLAN),
    "close": Verb("办结", May.WORK_REFERRALS, states("answered"), basis=PLAN),
    "withdraw": Verb("撤回", May.WORK_REFERRALS, states("sent"), basis=PLAN),
}
OFFICE = (Role.SAFETY_OFFICER.value, Role.TOWN_OFFICER.value)


def answer_by(parameters: Iterable[Parameter], on: date) -> date:
    """The last day to answer what is sent on that day, where the sender sets none."""
    return add_working_days(on, number(parameters, "referral_answer_days", on))


def ladder(parameters: Iterable[Parameter], referral: Any) -> list[Due]:
    """Who hears of an answer that does not come."""
    if referral.state != "sent":
        return []
    days = number(parameters, "referral_leader_days", referral.sent_on)
    return [
        Due("unanswered", referral.answer_by + timedelta(1), OFFICE, PLAN),
        Due("unanswered_leader", add_working_days(referral.answer_by, days) + timedelta(1), (Role.LEADER.value,), PLAN),
    ]

from shared.schemas import Code


class TransitionPlanState(Code):
    """大班末期衔接计划状态."""

    FILED = "filed", "已提交", "filed"
    RETURNED = "returned", "退回修改", "returned"
    ACCEPTED = "accepted", "已认可", "accepted"

from shared.schemas import Code


class RecalibrationState(Code):
    """评分校准任务状态."""

    OPEN = "open", "待校准", "open"
    DONE = "done", "已完成", "done"

"""Words of access to video, with their Chinese."""

from shared.schemas import Code


class VideoState(Code):
    """Where a request stands."""

    REQUESTED = "requested", "待审批", "requested"
    APPROVED = "approved", "已批准", "approved"
    REFUSED = "refused", "不批准", "refused"
    VIEWED = "viewed", "已查看", "viewed"
    COPIED = "copied", "已复制", "copied"
    HANDED_OVER = "handed_over", "已移交", "handed over"
    DESTROYED = "destroyed", "已收回销毁", "destroyed"
    CLOSED = "closed", "已办结", "closed"


class VideoMode(Code):
    """What is asked for."""

    VIEW = "view", "查看", "view"
    RETRIEVE = "retrieve", "调取", "retrieve"
    COPY = "copy", "复制", "copy"


class VideoApplicant(Code):
    """Who asks, and by which article of 公共安全视频图像信息系统管理条例."""

    STATE_ORGAN = "state_organ", "国家机关(第二十条)", "a state organ (art. 20)"
    GUARDIAN = "guardian", "当事人或其监护人、近亲属(第二十一条)", "the person, kin or guardian (art. 21)"
    STAFF = "staff", "本园人员履职", "staff of the kindergarten on duty"

from shared.schemas import Code


class StyleCaseState(Code):
    """小学化案件状态."""

    RECEIVED = "received", "已受理", "received"
    CONFIRMED = "confirmed", "已查实", "confirmed"
    DISMISSED = "dismissed", "查无实据", "dismissed"
    ORDERED = "ordered", "责令整改", "ordered to put right"
    ANSWERED = "answered", "已整改待复查", "answered"
    CLOSED = "closed", "已销案", "closed"
    REFERRED = "referred", "移送执法", "referred for penalty"


class StyleCaseSource(Code):
    """来源."""

    COMPLAINT = "complaint", "投诉举报", "complaint"
    CHECK = "check", "检查发现", "check"
    MEDIA = "media", "媒体反映", "media"
    TRANSFER = "transfer", "其他部门转办", "transferred"

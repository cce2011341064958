"""Words of the alerts on supervised accounts, with their Chinese."""

from shared.schemas import Code


class AlertState(Code):
    """预警: raised by a rule, confirmed or dismissed by an officer, resolved when put right."""

    RAISED = "raised", "待核查", "raised"
    CONFIRMED = "confirmed", "已查实", "confirmed"
    DISMISSED = "dismissed", "已排除", "dismissed"
    RESOLVED = "resolved", "已整改", "resolved"

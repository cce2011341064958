"""Words of the alerts on supervised accounts, with their Chinese."""

from shared.schemas import Code


class AlertState(Code):
    """预警: raised by a rule, confirmed or dismissed by an officer, resolved when put right."""

    RAISED = "raised", "待核查", "raised"
    CONFIRMED = "confirmed", "已查实", "confirmed"
    DISMISSED = "dismissed", "已排除", "dismissed"
    RESOLVED = "resolved", "已整改", "resolved"


class AlertTopic(Code):
    """What an alert is about. A confirmed one about a supervised account stops subsidies that ask for it."""

    ACCOUNT = "account", "账户", "supervised account"
    PAYROLL = "payroll", "工资社保", "pay and insurance"
    PAYMENT = "payment", "疑点支付", "improper payment"
    REPORTING = "reporting", "财务报告", "reports and meal money"

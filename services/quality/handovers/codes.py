from shared.schemas import Code


class HandoverState(Code):
    """发展信息移交状态."""

    CONSENTED = "consented", "监护人已同意", "consented"
    PREPARED = "prepared", "已整理", "prepared"
    SENT = "sent", "已移交", "sent"
    RECEIVED = "received", "学校已签收", "received"
    WITHDRAWN = "withdrawn", "同意已撤回", "consent withdrawn"


class GuardianRelation(Code):
    """监护人关系."""

    FATHER = "father", "父亲", "father"
    MOTHER = "mother", "母亲", "mother"
    OTHER = "other", "其他监护人", "other guardian"


class ConsentForm(Code):
    """同意方式."""

    PAPER = "paper", "书面签字", "on paper"
    ELECTRONIC = "electronic", "电子签名", "electronic"

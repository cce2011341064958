"""Why someone may look at identifiers in clear, with the Chinese."""

from shared.schemas import Code


class Purpose(Code):
    """查看目的. Handling a child's identifiers needs a specific purpose (个人信息保护法 art. 28)."""

    VERIFICATION = "verification", "核验身份", "checking who a child is"
    CORRECTION = "correction", "更正信息", "correcting a record"
    GUARDIAN_REQUEST = "guardian_request", "监护人查询", "a guardian asks for its own data"
    AID = "aid", "资助与免费审核", "deciding on aid or the free year"
    REPORTING = "reporting", "向上级系统报送", "reporting to a higher system"
    EMERGENCY = "emergency", "紧急救助", "an emergency"
    INVESTIGATION = "investigation", "依法调查", "an investigation by law"

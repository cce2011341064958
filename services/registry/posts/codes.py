"""Words of posts, with their Chinese."""

from shared.schemas import Code


class PostRole(Code):
    """岗位 (幼儿园教职工配备标准(暂行); 学前教育法 art. 37-39)."""

    PRINCIPAL = "principal", "园长", "principal"
    DEPUTY_PRINCIPAL = "deputy_principal", "副园长", "deputy principal"
    TEACHER = "teacher", "专任教师", "teacher"
    CHILDCARE = "childcare", "保育员", "childcare worker"
    HEALTH = "health", "卫生保健人员", "health worker"
    ADMINISTRATION = "administration", "行政人员", "administrative staff"
    ASSISTANT = "assistant", "教辅人员", "teaching support"
    COOK = "cook", "炊事人员", "cook"
    GUARD = "guard", "保安员", "guard"
    ACCOUNTING = "accounting", "财会人员", "accounting staff"
    WORKER = "worker", "其他工勤人员", "other worker"


class Employment(Code):
    """用工性质."""

    ESTABLISHED = "established", "编制", "established post"
    QUOTA = "quota", "人员额度", "personnel quota"
    CONTRACT = "contract", "聘用", "employed by contract"
    OUTSOURCED = "outsourced", "购买服务", "purchased service"


class PostEnd(Code):
    """Why a post ended."""

    LEFT = "left", "离职", "left"
    RETIRED = "retired", "退休", "retired"
    TRANSFER = "transfer", "调动", "transferred to another kindergarten"
    REASSIGNED = "reassigned", "岗位调整", "reassigned within the kindergarten"
    DISMISSED = "dismissed", "解聘", "dismissed"
    EXPIRED = "expired", "合同期满", "contract expired"
    DIED = "died", "死亡", "died"


class Severity(Code):
    """How grave a finding is."""

    BLOCK = "block", "禁止", "refuses"
    RED = "red", "红色", "a case to be dealt with"
    WARN = "warn", "提醒", "a warning"


CARE = frozenset({PostRole.TEACHER, PostRole.CHILDCARE})  # 保教人员
LEADING = frozenset({PostRole.PRINCIPAL, PostRole.DEPUTY_PRINCIPAL})

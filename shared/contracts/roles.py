"""The roles of a district. What a role may do stands in each service's `permissions.py`."""

from shared.schemas import Code


class Role(Code):
    """岗位角色. An account holds grants: a role within a division or a kindergarten."""

    LEADER = "leader", "区领导", "district leader"
    REGISTRAR = "registrar", "学籍与机构管理员", "registrar"
    FINANCE_PREPARER = "finance_preparer", "财务经办", "finance preparer"
    FINANCE_APPROVER = "finance_approver", "财务审核", "finance approver"
    SAFETY_OFFICER = "safety_officer", "安全管理员", "safety officer"
    QUALITY_OFFICER = "quality_officer", "质量管理员", "quality officer"
    PLANNER = "planner", "规划员", "planner"
    AUDITOR = "auditor", "审计员", "auditor"
    DATA_PROTECTION = "data_protection", "个人信息保护负责人", "data-protection officer"
    ADMINISTRATOR = "administrator", "账号管理员", "account administrator"
    TOWN_OFFICER = "town_officer", "镇乡街道管理员", "town officer"
    INSPECTOR = "inspector", "督学/检查员", "inspector"
    POLICE = "police", "公安联络员", "police liaison"
    PRINCIPAL = "principal", "园长", "principal"
    ACCOUNTANT = "accountant", "园所会计", "kindergarten accountant"
    CLERK = "clerk", "园所资料员", "kindergarten clerk"
    TEACHER = "teacher", "教师", "teacher"
    INTEGRATION = "integration", "对接系统", "integration client"
    SERVICE = "service", "平台服务", "a service of the platform itself"


# Roles of people in office who may read whatever their work touches.
OFFICERS = frozenset(
    {
        Role.LEADER,
        Role.REGISTRAR,
        Role.FINANCE_PREPARER,
        Role.FINANCE_APPROVER,
        Role.SAFETY_OFFICER,
        Role.QUALITY_OFFICER,
        Role.PLANNER,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
        Role.TOWN_OFFICER,
        Role.INSPECTOR,
    }
)
KINDERGARTEN = frozenset({Role.PRINCIPAL, Role.ACCOUNTANT, Role.CLERK, Role.TEACHER})
MACHINES = frozenset({Role.INTEGRATION, Role.SERVICE})


def may(permissions: dict[str, frozenset[Role]]) -> dict[str, frozenset[str]]:
    """Turn permission → roles, as people write it, into role → permissions, as requests need it."""
    return {role: frozenset(p for p, held in permissions.items() if role in held) for role in Role}

from shared.schemas import Code


class AccountStatus(Code):
    """账号状态."""

    ACTIVE = "active", "正常", "active"
    LOCKED = "locked", "停用", "locked"

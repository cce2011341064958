from shared.schemas import Code


class CommendationState(Code):
    """评优状态."""

    NOMINATED = "nominated", "已推荐", "nominated"
    PUBLICISED = "publicised", "公示中", "under publicity"
    AWARDED = "awarded", "已授予", "awarded"
    REFUSED = "refused", "不予授予", "refused"
    REVOKED = "revoked", "已撤销", "revoked"

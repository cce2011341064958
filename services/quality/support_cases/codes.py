from shared.schemas import Code


class SupportState(Code):
    """薄弱园帮扶状态."""

    IDENTIFIED = "identified", "已认定", "identified"
    PLANNED = "planned", "帮扶中", "supported"
    RELEASED = "released", "已解除", "released"

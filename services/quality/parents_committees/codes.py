from shared.schemas import Code


class CommitteeSeat(Code):
    """家委会职务."""

    CHAIR = "chair", "主任", "chair"
    DEPUTY = "deputy", "副主任", "deputy"
    MEMBER = "member", "委员", "member"

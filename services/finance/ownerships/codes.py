"""Words of ownership and kinship, with their Chinese."""

from shared.schemas import Code


class OwnershipRelation(Code):
    """How the owner stands to the owned. Kin stand to each other both ways."""

    HOLDS = "holds", "持股", "holds shares"
    CONTROLS = "controls", "实际控制", "actually controls"
    REPRESENTS = "represents", "法定代表人", "legal representative"
    KIN = "kin", "近亲属", "close relative"

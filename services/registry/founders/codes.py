"""Words of founders 举办者 and of those who control a kindergarten 实际控制人, with their Chinese."""

from shared.schemas import Code


class FounderRole(Code):
    """What somebody is to a kindergarten."""

    FOUNDER = "founder", "举办者", "founder"
    CONTROLLER = "controller", "实际控制人", "beneficial owner"


class FounderNature(Code):
    """Whether it is a person or an organisation."""

    PERSON = "person", "自然人", "person"
    ORGANISATION = "organisation", "单位", "organisation"


class FounderAssets(Code):
    """What a founder founds with (学前教育法 art. 34)."""

    OWN = "own", "自有资产", "own assets"
    FISCAL = "fiscal", "财政性经费", "fiscal funds"
    STATE = "state", "国有资产", "state-owned assets"
    COLLECTIVE = "collective", "集体资产", "collective assets"
    DONATED = "donated", "捐赠资产", "donated assets"

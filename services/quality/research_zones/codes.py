from shared.schemas import Code


class ZoneKind(Code):
    """教研组织."""

    ZONE = "zone", "教研片区", "zone"
    ALLIANCE = "alliance", "教研联盟", "alliance"


class ResearchLevel(Code):
    """教研层级 (S0 三(三)2: 区、片、园)."""

    DISTRICT = "district", "区级", "district"
    ZONE = "zone", "片级", "zone"
    KINDERGARTEN = "kindergarten", "园级", "kindergarten"

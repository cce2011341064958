from shared.schemas import Code


class PilotLevel(Code):
    """试点级别."""

    CITY = "city", "市级试点", "city"
    DISTRICT = "district", "区级试点", "district"

"""Words of the history of a kindergarten, with their Chinese."""

from shared.schemas import Code


class Concern(Code):
    """What a change was about."""

    KINDERGARTEN = "kindergarten", "登记", "the entry"
    TYPE = "type", "办园性质", "a period of type"
    STATUS = "status", "状态", "a period of status"
    CAMPUS = "campus", "园址", "a site"

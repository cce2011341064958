"""Words of the division register, with their Chinese."""

from shared.schemas import Code


class Level(Code):
    """统计用区划代码: six, nine or twelve digits."""

    DISTRICT = "district", "区", "district"
    TOWN = "town", "镇乡街道", "town or street"
    VILLAGE = "village", "村居", "village or community"


class Zone(Code):
    """片区: the plan plans seats by these three (怀政办发〔2023〕16号 三(一)1)."""

    URBAN = "urban", "城区", "urban"
    PLAIN = "plain", "平原", "plain"
    MOUNTAIN = "mountain", "山区", "mountain"

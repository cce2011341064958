from shared.schemas import Code


class EquipmentArea(Code):
    """玩教具类别."""

    CONSTRUCTION = "construction", "建构", "construction"
    ROLE = "role", "角色", "role play"
    ART = "art", "美工", "art"
    SCIENCE = "science", "科学", "science"
    MUSIC = "music", "音乐", "music"
    READING = "reading", "阅读", "reading"
    SPORT = "sport", "体育", "sport"
    WATER_SAND = "water_sand", "沙水", "water and sand"
    LIVING = "living", "生活", "daily life"
    OTHER = "other", "其他", "other"


class EquipmentPer(Code):
    """配备单位."""

    CLASS = "class", "每班", "each class"
    KINDERGARTEN = "kindergarten", "全园", "the kindergarten"

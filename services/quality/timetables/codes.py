from shared.schemas import Code


class ActivityKind(Code):
    """一日生活环节."""

    ARRIVAL = "arrival", "入园", "arrival"
    MEAL = "meal", "正餐", "main meal"
    SNACK = "snack", "加餐饮水", "snack"
    OUTDOOR = "outdoor", "户外活动", "outdoors"
    SPORT = "sport", "户外体育活动", "sport outdoors"
    PLAY = "play", "自主游戏", "free play"
    GROUP = "group", "集体或小组活动", "group activity"
    CARE = "care", "盥洗如厕", "washing"
    REST = "rest", "午睡", "rest"
    LEAVING = "leaving", "离园", "leaving"


class Season(Code):
    """作息季节."""

    SUMMER = "summer", "夏季", "summer"
    WINTER = "winter", "冬季", "winter"

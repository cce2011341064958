"""Words of the daily records, with their Chinese."""

from shared.schemas import Code


class Symptom(Code):
    """Why a child is absent or was sent home (缺勤原因)."""

    FEVER = "fever", "发热", "fever"
    COUGH = "cough", "呼吸道症状", "cough"
    DIARRHOEA = "diarrhoea", "腹泻", "diarrhoea"
    VOMITING = "vomiting", "呕吐", "vomiting"
    RASH = "rash", "皮疹疱疹", "rash"
    MUMPS = "mumps", "腮腺肿大", "swollen glands"
    EYES = "eyes", "红眼", "red eyes"


class MealKind(Code):
    """Which meal."""

    BREAKFAST = "breakfast", "早餐", "breakfast"
    LUNCH = "lunch", "午餐", "lunch"
    DINNER = "dinner", "晚餐", "dinner"
    SNACK = "snack", "加餐", "snack"


class DrillKind(Code):
    """What was practised."""

    EVACUATION = "evacuation", "疏散演练", "evacuation"
    FIRE = "fire", "消防演练", "fire"
    INTRUSION = "intrusion", "防暴演练", "intrusion"
    EARTHQUAKE = "earthquake", "地震演练", "earthquake"
    JOINT = "joint", "联合演练", "joint with police or fire brigade"

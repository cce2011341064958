"""Why someone may not work in a kindergarten, with the Chinese. Known only to those who keep the list."""

from shared.schemas import Code


class BarGround(Code):
    """从业禁止情形 (学前教育法 art. 44)."""

    ABUSE = "abuse", "虐待", "abuse"
    SEXUAL_ASSAULT = "sexual_assault", "性侵害、性骚扰", "sexual assault or harassment"
    TRAFFICKING = "trafficking", "拐卖", "trafficking"
    VIOLENCE = "violence", "暴力伤害", "violent injury"
    DRUGS = "drugs", "吸毒", "drug use"
    GAMBLING = "gambling", "赌博", "gambling"
    ALCOHOL = "alcohol", "酗酒", "alcohol abuse"
    ETHICS = "ethics", "严重违反师德", "grave breach of professional ethics"
    COURT = "court", "法院从业禁止", "banned by a court"

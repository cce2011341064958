from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.daily_norms.codes import DailyNormState
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh


class DailyNormContent(In):
    """What the norm asks of a day, in minutes, and what it says for each stage."""

    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    outdoor_minutes: Annotated[int, zh("户外活动不少于(分钟)", ge=0, le=720)] = 120
    outdoor_minutes_boarding: Annotated[int, zh("寄宿制户外活动不少于(分钟)", ge=0, le=720)] = 180
    sport_minutes: Annotated[int, zh("体育活动不少于(分钟)", ge=0, le=720)] = 60
    play_minutes: Annotated[int, zh("自主游戏不少于(分钟)", "0: the norm sets none.", ge=0, le=720)] = 0
    meal_interval_least: Annotated[int, zh("正餐间隔不少于(分钟)", ge=0, le=720)] = 210
    meal_interval_most: Annotated[int, zh("正餐间隔不超过(分钟)", ge=0, le=720)] = 240
    small: Annotated[str, zh("小班要点", max_length=4000)] = ""
    middle: Annotated[str, zh("中班要点", max_length=4000)] = ""
    large: Annotated[str, zh("大班要点", max_length=4000)] = ""


class DailyNormNew(DailyNormContent):
    edition: Annotated[str, zh("版本", pattern=r"^[0-9a-z.-]{1,40}$")]


class DailyNormPublication(In):
    since: Annotated[Day, zh("施行日期", "The edition before ends on it.")]


class DailyNormNote(In):
    note: Annotated[str, zh("理由", min_length=1, max_length=500)]


class DailyNormRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    edition: Annotated[str, zh("版本")]
    title: Annotated[str, zh("名称")]
    state: Annotated[DailyNormState, zh("状态")]
    since: Annotated[date | None, zh("施行日期")]
    until: Annotated[date | None, zh("失效日期")]
    outdoor_minutes: Annotated[Count, zh("户外活动不少于(分钟)")]
    outdoor_minutes_boarding: Annotated[Count, zh("寄宿制户外活动不少于(分钟)")]
    sport_minutes: Annotated[Count, zh("体育活动不少于(分钟)")]
    play_minutes: Annotated[Count, zh("自主游戏不少于(分钟)")]
    meal_interval_least: Annotated[Count, zh("正餐间隔不少于(分钟)")]
    meal_interval_most: Annotated[Count, zh("正餐间隔不超过(分钟)")]


class DailyNormOut(DailyNormRow):
    small: Annotated[str, zh("小班要点")]
    middle: Annotated[str, zh("中班要点")]
    large: Annotated[str, zh("大班要点")]
    drafted_by: Annotated[str, zh("起草人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class DailyNormPage(Out):
    items: Annotated[list[DailyNormRow], zh("一日生活规范")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DailyNormQuery(Page):
    state: Annotated[DailyNormState | None, zh("状态")] = None
    as_of: Annotated[Day | None, zh("施行于", "Only the edition in force on this day.")] = None
    sort: Annotated[Literal["-edition", "edition"], zh("排序")] = "-edition"

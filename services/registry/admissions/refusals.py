"""Why admission does not go on as asked, beyond what its tables say."""

from http import HTTPStatus

from shared.errors import DomainError


class RoundHasNoSeats(DomainError):
    zh = "本轮尚未设定任何招生学位。"
    en = "No seats have been set for this round."


class RoundStillRunning(DomainError):
    zh = "报名截止日为 {closes_on},次日起方可截止并公布。"
    en = "Applications are taken until {closes_on}: the round is closed on the day after."


class DeclarationsUnchecked(DomainError):
    zh = "还有 {count} 项优待声明未审核。"
    en = "{count} declarations have not been checked."
    hint_zh = "只有经审核确认的声明计入排序;请先逐项审核。"
    hint_en = "Only what is confirmed counts: check them first."


class OffersOpen(DomainError):
    zh = "还有 {count} 个录取待确认。"
    en = "{count} offers have not been answered."


class RoundTakesNoApplications(DomainError):
    zh = "本轮现在不接受报名(状态“{state_zh}”,报名期 {opens_on} 至 {closes_on})。"
    en = "The round takes no applications now: it is {state}, and applications are from {opens_on} to {closes_on}."


class RoundIsFixed(DomainError):
    zh = "本轮已公布,状态为“{state_zh}”,不能再改。"
    en = "The round is {state}: this can no longer be changed."


class SeatsExceedClasses(DomainError):
    zh = "该园该类班级 {school_year} 学年可招 {free} 个学位,不能设定 {seats} 个。"
    en = "The classes of this kind have {free} free seats in {school_year}: {seats} are too many."
    hint_zh = "请先为该学年设班,或核对升班后的在班人数。"
    hint_en = "Form the classes of that school year first, or look at who moves up into them."


class SeatsExceedLicence(DomainError):
    zh = "该园核定学位 {licensed} 个,升班后留园 {staying} 人,最多可招 {free} 人。"
    en = "{licensed} seats are licensed and {staying} children stay: {free} can be admitted."


class KindergartenOutsideRound(DomainError):
    zh = "该幼儿园不在本轮招生的区划内。"
    en = "The kindergarten does not lie in the division of this round."


class ChildLivesElsewhere(DomainError):
    zh = "该幼儿登记的居住地不在您的管理范围内。"
    en = "The child's registered residence is outside your scope."
    hint_zh = "请由居住地镇乡街道或区级受理报名。"
    hint_en = "The town it lives in, or the district, takes the application."


class ChildLivesOutsideRound(DomainError):
    zh = "该幼儿登记的居住地不在本轮招生的区划内。"
    en = "The child's registered residence does not lie in the division of this round."


class AllocationNeedsPreview(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "分配须先预演,并提交预演凭证。"
    en = "An allocation is previewed first: send the preview's token."
    hint_zh = "以 preview=true 取得结果与 token,核对后原样提交 token。"
    hint_en = "Ask with preview=true, look at the outcome, and send its token."


class AllocationDiffers(DomainError):
    zh = "提交的凭证与本轮分配结果不一致。"
    en = "The token is not of the outcome this round has."
    hint_zh = "请重新预演。"
    hint_en = "Preview again."


class OfferHasLapsed(DomainError):
    zh = "确认期限 {answer_by} 已过。"
    en = "The offer was open until {answer_by}."


class AnotherChild(DomainError):
    zh = "所提供的身份不是被录取的幼儿。"
    en = "The identity shown is not that of the child who was offered the place."


class IdentityNeeded(DomainError):
    zh = "办理入园须核验幼儿身份。"
    en = "The child's identity is needed to enrol it."
    hint_zh = "请提交 identity(证件、姓名、出生日期)。"
    hint_en = "Send identity: document, name and birth date."


class ClassIsNotOfferedOne(DomainError):
    zh = "该班级不属于录取的幼儿园、学年或班级类型。"
    en = "The class is not one of the kindergarten, school year and kind that were offered."

"""Why a school year is not ended now."""

from http import HTTPStatus

from shared.errors import DomainError


class RollOverNeedsPreview(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "升班须先预演,并提交预演凭证。"
    en = "A roll-over is previewed first: send the preview's token."
    hint_zh = "以 preview=true 取得方案与 token,核对后原样提交 token。"
    hint_en = "Ask with preview=true, look at the plan, and send its token."


class RollOverDiffers(DomainError):
    zh = "预演之后有 {classes} 个班级的情况发生变化。"
    en = "{classes} classes have changed since the preview."
    hint_zh = "请重新预演并核对 differences 所列班级。"
    hint_en = "Preview again and look at the classes listed in differences."

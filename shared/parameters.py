"""Numbers of policy are dated values; a day without one is a gap in the data, never a reason to guess."""

from http import HTTPStatus

from shared.errors import DomainError


class NoParameterInForce(DomainError):
    """Nothing was set for this name on this day."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{on} 没有生效的规定({name})。"
    en = "No {name} is in force on {on}."
    hint_zh = "请换一个日期,或由主管部门补录当时的规定。"
    hint_en = "Choose another day, or have the rule of that time entered."

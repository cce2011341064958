from http import HTTPStatus

from shared.errors import DomainError


class HolderIsUnclear(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "授权对象应是账号或对接系统之一。"
    en = "A grant is for an account or for an API client, one of the two."


class BeyondYourScope(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "{scope} 超出您的管理范围。"
    en = "{scope} lies beyond your own scope."
    hint_zh = "请由管辖该范围的账号管理员办理。"
    hint_en = "An administrator of that scope can do it."


class RoleDoesNotFit(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "角色“{role}”不能这样授予。"
    en = "The role {role} cannot be held like this."
    hint_zh = "园所岗位须授予具体幼儿园(k:编号);系统角色只授予对接系统,人员角色只授予账号。"
    hint_en = "Roles of a kindergarten are held at one (k:id); machines hold machine roles only, people never do."


class RolesAreSeparated(DomainError):
    """不相容岗位."""

    zh = "“{role}”与已有的“{other}”是不相容岗位,不能由同一账号兼任。"
    en = "The roles {role} and {other} must not be held by the same account."
    hint_zh = "请授予另一账号,或先收回原授权。"
    hint_en = "Grant it to another account, or revoke the other grant first."

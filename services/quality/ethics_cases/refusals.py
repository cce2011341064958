from http import HTTPStatus

from shared.errors import DomainError


class AccusedCannotKnow(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "被反映人不得成为知悉人。"
    en = "The person complained of cannot be among those who know."


class ActorMustStay(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "主办人须保留在知悉人中。"
    en = "The lead stays among those who know."


class UnconfirmedIsNotSanctioned(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "未认定成立的,不得给予处分、从业禁止或认定行为。"
    en = "What is not confirmed has no behaviours, sanctions or bar."


class ConfirmedNamesBehaviours(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "认定成立的,须写明认定的行为。"
    en = "What is confirmed names the behaviours."


class ListedAsSerious(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该行为依规定属严重师德失范,不得认定为一般。"
    en = "The behaviour is serious by rule."


class LeaderDecides(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "{what}须由区级领导决定。"
    en = "Only a leader decides on {what}."


class BarNeedsTermAndNumber(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "从业禁止须写明期限(或终身),且调查结论中须有公民身份号码。"
    en = "A bar needs a term or life, and the findings the identity number."

"""What the gateway itself answers when a service cannot."""

from http import HTTPStatus

from shared.errors import DomainError


class ServiceTrouble(DomainError):
    """`seconds` says when to try again."""

    zh = "服务“{service}”暂时不可用。"
    en = "The service {service} is not available at the moment."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.facts.get("seconds", 1))}


class ServiceIsDown(ServiceTrouble):
    """Nobody listens, or nobody picks up."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    zh = "服务“{service}”没有应答。"
    en = "The service {service} does not answer."
    hint_zh = "请稍后重试;GET /ready 列出各服务的状态。"
    hint_en = "Try again shortly; GET /ready lists the state of every service."


class ServiceIsBusy(ServiceTrouble):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    zh = "服务“{service}”正忙,请稍后重试。"
    en = "The service {service} has too many requests in flight."


class ServiceBroke(ServiceTrouble):
    """The connection ended, or what came back was not HTTP. Whether the request took effect is not known."""

    status = HTTPStatus.BAD_GATEWAY
    zh = "服务“{service}”中断了应答。"
    en = "The service {service} broke off."
    hint_zh = "写操作请以同一 Idempotency-Key 重试,不会重复生效。"
    hint_en = "Repeat a write with the same Idempotency-Key: it will not take effect twice."


class ServiceIsSlow(ServiceTrouble):
    status = HTTPStatus.GATEWAY_TIMEOUT
    zh = "服务“{service}”未在限定时间内应答。"
    en = "The service {service} did not answer in time."
    hint_zh = "写操作请以同一 Idempotency-Key 重试;大量数据请用导出任务。"
    hint_en = "Repeat a write with the same Idempotency-Key; ask for large data as an export."


class TooManyRequests(DomainError):
    status = HTTPStatus.TOO_MANY_REQUESTS
    zh = "请求过于频繁,请在 {seconds} 秒后重试。"
    en = "Too many requests; try again in {seconds} seconds."
    hint_zh = "RateLimit 响应头给出剩余额度;批量数据请用导出或变更事件。"
    hint_en = "The RateLimit header says what is left; use exports or the change feed for bulk data."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.facts["seconds"])}


class SuspiciousPath(DomainError):
    """A path two servers could read differently."""

    status = HTTPStatus.BAD_REQUEST
    zh = "地址中含有不允许的写法。"
    en = "The path is written in a way that is not allowed."
    hint_zh = "不要使用 . 或 .. 路径段、重复斜杠、反斜杠以及 %2F、%5C、%00。"
    hint_en = "Use no dot segments, double slashes, backslashes, nor %2F, %5C, %00."

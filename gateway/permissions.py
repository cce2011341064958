"""What a caller of the gateway itself can be allowed to do, and which roles are."""

from shared.contracts.roles import Role, may
from shared.schemas import Code


class May(Code):
    """Permissions of the gateway."""

    READ_ACCOUNTS = "accounts.read", "查看账号", "read accounts"
    WRITE_ACCOUNTS = "accounts.write", "管理账号", "administer accounts"
    GRANT_ROLES = "accounts.grant", "授予与收回角色", "grant and revoke roles"
    READ_CLIENTS = "clients.read", "查看对接系统", "read API clients"
    WRITE_CLIENTS = "clients.write", "管理对接系统", "administer API clients"
    READ_SIGNING_KEYS = "signing_keys.read", "查看签名密钥", "read signing keys"
    ROTATE_SIGNING_KEYS = "signing_keys.rotate", "更换签名密钥", "rotate signing keys"
    READ_EVENTS = "events.read", "查看变更事件", "read the change feed"
    VERIFY_EVENTS = "events.verify", "校验事件链", "verify the event chain"


ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
OVERSEERS = ADMINISTRATORS | {Role.AUDITOR, Role.DATA_PROTECTION}

ROLES = may(
    {
        May.READ_ACCOUNTS: OVERSEERS,
        May.WRITE_ACCOUNTS: ADMINISTRATORS,
        May.GRANT_ROLES: ADMINISTRATORS,
        May.READ_CLIENTS: OVERSEERS,
        May.WRITE_CLIENTS: ADMINISTRATORS,
        May.READ_SIGNING_KEYS: OVERSEERS,
        May.ROTATE_SIGNING_KEYS: ADMINISTRATORS,
        May.READ_EVENTS: OVERSEERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
    }
)

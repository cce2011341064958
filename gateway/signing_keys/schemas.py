from datetime import datetime
from typing import Annotated

from shared.schemas import Out, zh


class SigningKeyOut(Out):
    """One key pair of this installation, its public half told."""

    kid: Annotated[str, zh("密钥编号")]
    signs_from: Annotated[datetime, zh("启用时刻")]
    made_at: Annotated[datetime, zh("生成时刻")]
    made_by: Annotated[str, zh("生成人")]


class JsonWebKey(Out):
    """RFC 7517, an elliptic-curve public key."""

    kty: Annotated[str, zh("密钥类型")]
    crv: Annotated[str, zh("曲线")]
    x: Annotated[str, zh("横坐标")]
    y: Annotated[str, zh("纵坐标")]
    kid: Annotated[str, zh("密钥编号")]
    alg: Annotated[str, zh("算法")]
    use: Annotated[str, zh("用途")]


class JsonWebKeySet(Out):
    """The keys that tokens are verified with."""

    keys: Annotated[list[JsonWebKey], zh("公钥")]

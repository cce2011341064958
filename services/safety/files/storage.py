"""Where the content of files lies: a local folder, or a bucket when the settings name one."""

import os
from pathlib import Path
from typing import Protocol
from uuid import UUID

from services.safety.files.s3 import S3Bucket
from services.safety.settings import S3Settings, SafetySettings


class Storage(Protocol):
    """Keeps content under an id. Content once put never changes."""

    def put(self, id: UUID, content: bytes) -> None: ...

    def get(self, id: UUID) -> bytes:
        """Raise LookupError when there is none."""
        ...


class LocalFolder:
    """Files in a folder of this machine, named by their ids, readable by this user alone, never executable."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, id: UUID) -> Path:
        return self.root / id.hex[-2:] / id.hex

    def put(self, id: UUID, content: bytes) -> None:
        """Write beside, flush, then name: a file is there whole or not at all."""
        path = self._path(id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)

    def get(self, id: UUID) -> bytes:
        try:
            return self._path(id).read_bytes()
        except FileNotFoundError as error:
            raise LookupError(str(id)) from error


def storage() -> Storage:
    """What the settings choose."""
    bucket = S3Settings()
    return S3Bucket(bucket) if bucket.endpoint else LocalFolder(SafetySettings().files_folder)

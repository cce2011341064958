"""Processes beside the worker's own that prepare blocks and open workbooks.

They are started with the first large file and stay. One that dies (a workbook can make its reader ask for more memory
than there is) is a finding about the file; the next file gets new ones.
"""

import asyncio
import os
import pickle
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import NamedTemporaryFile

from services.registry.rolls.preparing import Preparation, Prepared
from services.registry.rolls.reading import Block, Source, Unreadable, sheet_source
from shared.crypto import KeyRing

MEMORY = 4 << 30  # bytes of address space a process may take
IN_PROCESS = 1 << 19  # a smaller file is prepared faster than it is handed over

_pool: ProcessPoolExecutor | None = None


def helpers() -> int:
    """How many processes help: one core is left for what drives them, up to three are used."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(3, cores - 1))


def pool() -> ProcessPoolExecutor:
    global _pool  # noqa: PLW0603  # one set of processes for this process, replaced when broken
    if _pool is None:
        _pool = ProcessPoolExecutor(helpers(), mp_context=get_context("spawn"), initializer=_begin)
    return _pool


def dismiss() -> None:
    """End the processes; the next use starts new ones."""
    global _pool  # as above
    ended, _pool = _pool, None
    if ended is not None:
        ended.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """End with whoever started this process, even by `kill -9`, and never take all the memory of the machine."""
    started_by = parent_process()
    if started_by is not None:
        threading.Thread(target=lambda: (wait([started_by.sentinel]), os._exit(1)), daemon=True).start()
    try:
        import resource  # noqa: PLC0415  # POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        return


async def open_workbook(content: bytes) -> Source:
    """Read a workbook in a process that may fail. Raises Unreadable."""
    try:
        return await asyncio.get_running_loop().run_in_executor(pool(), _open_workbook, content)
    except BrokenProcessPool as error:
        dismiss()
        raise Unreadable("工作表过大或已损坏", "the sheet is too large or damaged") from error


def _open_workbook(content: bytes) -> Source:
    try:
        return sheet_source(content)
    except Exception:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Unreadable("不是有效的 xlsx 工作簿", "it is no valid xlsx workbook") from error


async def prepare(
    preparation: Preparation, ring: str, blocks: Iterable[Block], size: int, skipped: frozenset[int] = frozenset()
) -> AsyncIterator[Prepared]:
    """Prepare blocks side by side and give them back in the order of the file; `ring` is the key ring's text."""
    if size < IN_PROCESS:
        keys = KeyRing.parse(ring)
        for block in blocks:
            yield preparation.prepare(keys, block, skipped)
            await asyncio.sleep(0)
        return
    with NamedTemporaryFile(prefix="huaiyou-import-") as told:
        told.write(pickle.dumps((preparation, skipped)))
        told.flush()
        loop, waiting = asyncio.get_running_loop(), deque[asyncio.Future[Prepared]]()
        try:
            for block in blocks:
                waiting.append(loop.run_in_executor(pool(), _prepare, told.name, ring, block))
                if len(waiting) > helpers() * 3:
                    yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        except BrokenProcessPool:
            dismiss()  # whoever tries again gets new processes
            raise
        finally:
            for each in waiting:
                each.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


def _prepare(told: str, ring: str, block: Block) -> Prepared:
    preparation, skipped = _told(told)
    return preparation.prepare(_keys(ring), block, skipped)


@lru_cache(maxsize=1)
def _keys(ring: str) -> KeyRing:
    return KeyRing.parse(ring)


@lru_cache(maxsize=1)
def _told(path: str) -> tuple[Preparation, frozenset[int]]:
    found: tuple[Preparation, frozenset[int]] = pickle.loads(Path(path).read_bytes())  # noqa: S301  # our own file
    return found

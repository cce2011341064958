"""Documents as PDF, printed from their HTML by a process of its own: bounded in time and size, each printed once."""

import asyncio
import sys
from collections import OrderedDict
from hashlib import sha256
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path

from shared.errors import DomainError

PDF = "application/pdf"
# Families of the shipped font, then what a reader's own machine may have when the document is read as HTML.
FAMILIES = (
    '"Huaiyou 1", "Huaiyou 2", "Huaiyou 3", "Huaiyou 4", "Huaiyou 5",'
    ' "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
)
LONGEST = 2_000_000  # characters of HTML: some three hundred pages
SECONDS = 30
AT_ONCE = 2
KEPT = 64 << 20  # bytes of documents kept
_kept: OrderedDict[str, bytes] = OrderedDict()
_turn = asyncio.Semaphore(AT_ONCE)


class PrinterNotInstalled(DomainError):
    status = HTTPStatus.NOT_IMPLEMENTED
    zh = "此处未安装 PDF 打印组件。"
    en = "Printing to PDF is not installed here."
    hint_zh = "以 text/html 读取同一文档,由浏览器打印。"
    hint_en = "Read the same document as text/html and print it from the browser."


class DocumentTooLong(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文档过长({length} 字符),不能生成 PDF。"
    en = "The document is too long to be printed ({length} characters)."


class DocumentNotPrinted(DomainError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    zh = "PDF 未能生成,请稍后重试。"
    en = "The PDF could not be made; try again later."


def digest(html: str) -> str:
    """What the document is known by."""
    return sha256(html.encode()).hexdigest()


def printable(text: str) -> str:
    """The text with every character the shipped font lacks written as its number."""
    return "".join(each if _has(each) else f"〔U+{ord(each):04X}〕" for each in text)


def _has(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return "\u00a0" <= character <= "\u00ff"
    return character != "≒"


async def pdf_of(html: str) -> bytes:
    """The document as PDF. Raises PrinterNotInstalled, DocumentTooLong, DocumentNotPrinted."""
    if find_spec("plutoprint") is None:
        raise PrinterNotInstalled
    if len(html) > LONGEST:
        raise DocumentTooLong(length=len(html))
    name = digest(html)
    async with _turn:
        if name not in _kept:
            _kept[name] = await _printed(html)
        _kept.move_to_end(name)
        while sum(map(len, _kept.values())) > KEPT and len(_kept) > 1:
            _kept.popitem(last=False)
        return _kept[name]


async def _printed(html: str) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(Path(__file__).with_name("child.py")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(SECONDS):
            made, _ = await child.communicate(html.encode())
    except TimeoutError as late:
        raise DocumentNotPrinted from late
    finally:
        if child.returncode is None:  # too slow, or the caller went away
            child.kill()
            await child.wait()
    if child.returncode or not made.startswith(b"%PDF-"):
        raise DocumentNotPrinted
    return made

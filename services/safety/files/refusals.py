"""Why a file is not kept."""

from http import HTTPStatus

from shared.errors import DomainError


class FileIsEmpty(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件是空的。"
    en = "The file is empty."


class FileTooLarge(DomainError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    zh = "文件超过 {most} 字节。"
    en = "The file has more than {most} bytes."


class ImageTooLarge(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "图片超过 {most} 像素,或解压后大于其声明的尺寸。"
    en = "The image has more than {most} pixels, or unpacks to more than it declares."


class NameIsAPath(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件名不得含路径或特殊字符。"
    en = "The file's name must not be a path or hold special characters."


class TypeNotAccepted(DomainError):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    zh = "只接受 JPEG、PNG、WebP 图片和 PDF 文件(按内容判断)。"
    en = "Only JPEG, PNG and WebP images and PDF documents are accepted, by their content."


class TypeNotAsNamed(DomainError):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    zh = "文件内容是 {found},与文件名或声明的类型不符。"
    en = "The content is {found}: its name or declared type says otherwise."


class ActiveContent(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件含有脚本或可执行内容。"
    en = "The file holds a script or something that can run."


class FileBroken(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件结构不完整,或末尾附有其他数据。"
    en = "The file's structure is broken, or other data is attached to it."

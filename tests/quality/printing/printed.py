"""What stands in a PDF, and what stands in the HTML it was printed from."""

from collections import Counter
from html.parser import HTMLParser
from io import BytesIO

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(BytesIO(pdf)).pages]


class Words(HTMLParser):
    """The text a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's way
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def lost(html: str, pdf: bytes) -> Counter[str]:
    """Characters of the document which the PDF shows less often, or not at all."""
    words = Words()
    words.feed(html)
    return Counter("".join("".join(words.said).split())) - Counter("".join("".join(pages(pdf)).split()))

"""The process that prints: HTML comes in, a PDF goes out. It fetches nothing but the fonts beside this module."""

import resource
import sys
from pathlib import Path

import plutoprint

FONTS = {each.stem.rpartition("-")[2]: each for each in (Path(__file__).parent / "fonts").glob("*.woff2")}
FACES = "".join(f'@font-face{{font-family:"Huaiyou {name}";src:url(font:{name})}}' for name in sorted(FONTS))
MEMORY, SECONDS = 1 << 30, 30


class OwnFonts(plutoprint.ResourceFetcher):
    """Whatever else a document names does not exist."""

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        return plutoprint.ResourceData(FONTS[url.removeprefix("font:")].read_bytes(), "font/woff2")


def main() -> None:
    """Print what stands on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NONE, plutoprint.MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = OwnFonts()
    html = sys.stdin.buffer.read().decode()
    book.load_html(html.replace("<style>", f"<style>{FACES}", 1))
    book.write_to_pdf_stream(sys.stdout.buffer)


if __name__ == "__main__":
    main()

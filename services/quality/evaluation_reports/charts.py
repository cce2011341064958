"""Charts as SVG inside the page: readable in print and without colour, each with its figures beside it. Pure."""

from collections.abc import Iterable, Sequence
from html import escape
from math import cos, pi, sin

INK, PALE, GRID = "#1f4e79", "#9db8d2", "#999999"
BAR, GAP, WIDE, LEFT = 14, 9, 330, 190


def bars(title: str, rows: Iterable[tuple[str, float, float | None]]) -> str:
    """Horizontal bars out of 100 of (label, value, second value or None); the second is the thin bar below."""
    drawn, top = [], GAP
    for label, value, second in rows:
        drawn.append(
            f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end" font-size="13">{escape(label)}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{WIDE}" height="{BAR}" fill="none" stroke="{GRID}"/>'
            f'<rect x="{LEFT}" y="{top}" width="{WIDE * value / 100:.1f}" height="{BAR}" fill="{INK}"/>'
            f'<text x="{LEFT + WIDE + 8}" y="{top + 13}" font-size="13">{value:.2f}</text>'
        )
        if second is not None:
            drawn.append(
                f'<rect x="{LEFT}" y="{top + BAR}" width="{WIDE * second / 100:.1f}" height="6" fill="{PALE}"'
                f' stroke="{GRID}"/>'
                f'<text x="{LEFT + WIDE + 62}" y="{top + 13}" font-size="13">一致 {second:.0f}%</text>'
            )
        top += BAR + 6 + GAP
    return _figure(title, 640, top, drawn)


def radar(title: str, axes: Sequence[tuple[str, float]]) -> str:
    """A radar of three axes or more, each out of 100, with rings at 20, 40 … 100."""
    middle, radius, high = 320.0, 88.0, 236

    def point(n: int, part: float) -> tuple[float, float]:
        turn = 2 * pi * n / len(axes) - pi / 2
        return middle + radius * part * cos(turn), high / 2 + radius * part * sin(turn)

    def ring(parts: Iterable[float]) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in (point(n, part) for n, part in enumerate(parts)))

    count = len(axes)
    drawn = [f'<polygon points="{ring([step / 5] * count)}" fill="none" stroke="{GRID}"/>' for step in range(1, 6)]
    drawn.append(
        f'<polygon points="{ring(value / 100 for _, value in axes)}" fill="{PALE}" fill-opacity="0.6" stroke="{INK}"'
        ' stroke-width="2"/>'
    )
    for n, (label, value) in enumerate(axes):
        (x, y), (far_x, far_y) = point(n, 1.12), point(n, 1)
        side = "middle" if abs(x - middle) < 1 else "start" if x > middle else "end"
        drawn.append(f'<line x1="{middle}" y1="{high / 2}" x2="{far_x:.1f}" y2="{far_y:.1f}" stroke="{GRID}"/>')
        drawn.append(
            f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="{side}" font-size="13">{escape(label)} {value:.2f}</text>'
        )
    return _figure(title, 640, high, drawn)


def level_bar(level: int, most: int = 5) -> str:
    """A level as filled squares, to stand in a cell beside its figure."""
    squares = "".join(
        f'<rect x="{n * 11 + 1}" y="1" width="9" height="9" fill="{INK if n < level else "none"}" stroke="{INK}"/>'
        for n in range(most)
    )
    wide = most * 11 + 1
    return f'<svg class="level" viewBox="0 0 {wide} 11" width="{wide}" height="11">{squares}</svg>'


def _figure(title: str, wide: int, high: float, drawn: Iterable[str]) -> str:
    return (
        f'<figure><svg role="img" aria-label="{escape(title)}" viewBox="0 0 {wide} {high:.0f}" width="100%">'
        f'{"".join(drawn)}</svg><figcaption class="note">{escape(title)}</figcaption></figure>'
    )

"""Charts for the documents: lines over powers of ten both ways, as SVG."""

import math
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 640, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 40, 56, 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line, through *points* above zero."""

    name: str
    colour: str
    points: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The powers of ten from *low* to *high*, drawn from pixel *begin* to pixel *end*."""

    low: int
    high: int
    begin: float
    end: float

    def place(self, value: float) -> float:
        return self.begin + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def log_chart(title: str, across: str, up: str, lines: list[Line]) -> str:
    """Draw *lines* as an SVG document, each point with its value."""
    x = _axis([point[0] for line in lines for point in line.points], _LEFT, _WIDTH - _RIGHT)
    y = _axis([point[1] for line in lines for point in line.points], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_WIDTH / 2, 24, title, size=16),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, across),
        _text(_LEFT - 10, _TOP - 12, up),
        *_grid(x, y),
    ]
    for number, line in enumerate(lines):
        parts += _drawn(line, x, y)
        parts.append(_text(_LEFT + 12, _TOP + 18 + 18 * number, line.name, colour=line.colour, anchor="start"))
    return "\n".join([*parts, "</svg>", ""])


def _axis(values: list[float], begin: float, end: float) -> _Axis:
    low = math.floor(math.log10(min(values)))
    return _Axis(low, max(low + 1, math.ceil(math.log10(max(values)))), begin, end)


def _grid(x: _Axis, y: _Axis) -> list[str]:
    drawn = []
    for tick in x.ticks():
        drawn.append(_rule(x.place(tick), y.begin, x.place(tick), y.end))
        drawn.append(_text(x.place(tick), y.begin + 18, f"{tick:,.0f}"))
    for tick in y.ticks():
        drawn.append(_rule(x.begin, y.place(tick), x.end, y.place(tick)))
        drawn.append(_text(x.begin - 8, y.place(tick) + 4, f"{tick:g}", anchor="end"))
    return drawn


def _drawn(line: Line, x: _Axis, y: _Axis) -> list[str]:
    places = [(x.place(across), y.place(up)) for across, up in line.points]
    path = " ".join(f"{left:.1f},{top:.1f}" for left, top in places)
    drawn = [f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>']
    for (left, top), (across, up) in zip(places, line.points, strict=True):
        told = escape(f"{line.name}: {up:.3g} at {across:,.0f}")
        drawn.append(
            f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3.5" fill="{line.colour}"><title>{told}</title></circle>'
        )
    return drawn


def _rule(left: float, top: float, right: float, bottom: float) -> str:
    return f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}" stroke="#dddddd"/>'


def _text(
    left: float, top: float, words: str, *, size: int = 12, colour: str = "#333333", anchor: str = "middle"
) -> str:
    return (
        f'<text x="{left:.1f}" y="{top:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )

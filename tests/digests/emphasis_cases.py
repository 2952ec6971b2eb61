"""Read emphasis_cases.txt: what each rule makes of Chinese, Japanese and Korean."""

import re
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"(?P<language>zh|ja|ko)  (?P<markdown>.+?)  →  (?P<shown>.+)")
_CODE_POINT = re.compile(r"⟨([0-9A-F]+)⟩")


@dataclass(frozen=True)
class Case:
    rule: str
    language: str
    markdown: str
    shown: str

    def __str__(self) -> str:
        return f"{self.rule} | {self.language} {self.markdown}"


def read_cases() -> list[Case]:
    """All cases of the file, in its order; raise if a line is none."""
    _, *rules = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n# ")
    return [case for rule in rules for case in _cases_of(*rule.split("\n", 1))]


def _cases_of(rule: str, lines: str) -> list[Case]:
    return [_case(rule, line) for line in lines.splitlines() if line]


def _case(rule: str, line: str) -> Case:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise ValueError(f"emphasis_cases.txt: not a case: {line}")
    return Case(rule, parts["language"], _spelled(parts["markdown"]), _spelled(parts["shown"]))


def _spelled(text: str) -> str:
    return _CODE_POINT.sub(lambda point: chr(int(point[1], 16)), text)

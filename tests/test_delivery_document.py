"""What operators read about deliveries is what the bot says and does."""

import re
from pathlib import Path

import pytest

from bot.cli.holds import HOLDS
from bot.cli.report import STATES

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
# As one line, for sentences are broken where lines end.
CODE = "\n".join(
    re.sub(r'"\n\s*f?"', "", file.read_text(encoding="utf-8"))
    for folder in ("bot", "storage")
    for file in sorted((ROOT / folder).rglob("*.py"))
)


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first column is called so."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


def test_every_hold_and_every_state_is_explained() -> None:
    assert {row[0].strip("` ") for row in rows("hold")} == set(HOLDS)
    assert {row[0].strip() for row in rows("state")} == set(STATES)


@pytest.mark.parametrize("reason", [row[0] for row in rows("reason")])
def test_a_reason_is_written_as_the_bot_says_it(reason: str) -> None:
    said = re.findall(r"`([^`]+)`", reason)

    fragments = [part.strip() for part in re.split("…", said[0]) if part.strip(" :")]

    # What is Telegram's is in the table of its answers, in lower case.
    missing = [part for part in fragments if part not in CODE and part.removeprefix("Forbidden: ").lower() not in CODE]
    assert not [part for part in missing if not part.startswith("the subscriber is ")]

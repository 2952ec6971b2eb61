"""The plain judge and TDLib itself, over random messages: the same verdict, the same words, the same message."""

import importlib.util
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import FOUND
from bot.sandbox.judge import Judge, choose
from bot.sandbox.parameters import Parameters
from bot.sandbox.plain import CANNOT_TELL
from tests.sandbox.messages_at_random import FLAWS, OFTEN_HIDDEN, messages, urls
from tests.sandbox.verdicts import verdict

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("tdjson") is None, reason="tdjson has no wheel for this platform, so TDLib cannot judge"
)

FEW, MANY = 300, 10_000
ENOUGH = 50
# What only TDLib's lists find: links without a scheme, addresses, numbers of bank cards.
BEYOND_PLAIN = re.compile(r"\.|://|(?:\d[ -]*){13}")


@cache
def judges() -> tuple[Judge, Judge]:
    """The plain one and TDLib."""
    return choose("plain"), choose("tdlib")


@dataclass(slots=True)
class Seen:
    """What was seen over all examples of a run."""

    cases: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    cut: int = 0

    def shown(self) -> str:
        counts = "\n".join(f"{count:6}  {kind}" for kind, count in self.refused.most_common())
        total = self.refused.total()
        return f"{self.cases} cases, {total} refused, {self.cut} with entities cut, joined or dropped\n{counts}"


def kind_of(words: str) -> str:
    """A refusal without what is different each time."""
    words = re.sub(r"URL '.*' is", "URL '…' is", words.removeprefix("Bad Request: "), flags=re.DOTALL)
    return re.sub(r"(?<=offset |length )-?\d+", "…", words)


def has_newer_letters(text: str) -> bool:
    """Say whether Python's Unicode is too old for *text*, so that the plain judge cannot know what it is made of."""
    return any(unicodedata.category(character) == "Cn" for character in text)


def compare(parameters: dict[str, Any], seen: Seen) -> None:
    plain, tdlib = (verdict(judge, Parameters(parameters)) for judge in judges())
    seen.cases += 1
    if tdlib[0]:
        seen.refused[kind_of(tdlib[0])] += 1
    assert plain[:2] == tdlib[:2]
    assert plain[3] == tdlib[3]
    if tdlib[1] is None:
        return
    if not BEYOND_PLAIN.search(tdlib[1]) and not has_newer_letters(tdlib[1]):
        assert plain[2] == tdlib[2]
    sent = [entity for entity in parameters["entities"] if entity["type"] not in FOUND]
    seen.cut += len(sent) != len([entity for entity in tdlib[2] if entity["type"] not in FOUND])


def run(cases: int, *, of_each_flaw: int) -> Seen:
    """Compare so many random messages, some with each flaw and the rest as they come."""
    seen = Seen()
    for flaw in FLAWS:
        compare_all(messages(flaw), of_each_flaw * (2 if flaw in OFTEN_HIDDEN else 1), seen)
    compare_all(messages(), cases - seen.cases, seen)
    print(seen.shown())  # noqa: T201 how often each refusal was seen is half of the proof
    return seen


def compare_all(at_random: st.SearchStrategy[dict[str, Any]], cases: int, seen: Seen) -> None:
    @settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(at_random)
    def each(parameters: dict[str, Any]) -> None:
        compare(parameters, seen)

    each()


def test_the_plain_judge_says_what_tdlib_says() -> None:
    seen = run(FEW, of_each_flaw=3)

    assert seen.refused.total() >= seen.cases / 3


@pytest.mark.long
def test_the_plain_judge_says_what_tdlib_says_ten_thousand_times() -> None:
    seen = run(MANY, of_each_flaw=100)

    assert seen.cases >= MANY
    assert seen.refused.total() >= seen.cases / 3
    assert {flaw: count for flaw in FLAWS if (count := seen.refused[flaw]) < ENOUGH} == {}
    assert [kind for kind, count in seen.refused.items() if count < ENOUGH] == []


def a_link(url: str) -> dict[str, Any]:
    return {"type": "text_link", "offset": 0, "length": 4, "url": url}


@settings(max_examples=1_000, derandomize=True, database=None, deadline=None)
@given(urls)
def test_a_link_is_taken_and_kept_as_by_tdlib(url: str) -> None:
    plain, tdlib = (verdict(judge, Parameters({"text": "here", "entities": [a_link(url)]})) for judge in judges())

    assert plain == tdlib


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(urls)
def test_a_button_takes_the_links_that_tdlib_takes(url: str) -> None:
    # TDLib looks at keyboards online only; in texts it cleans a link before it looks, in buttons afterwards.
    assume(url.isprintable() and url)
    words = verdict(judges()[1], Parameters({"text": "here", "entities": [a_link(url)]}))[0]

    keyboard = {"inline_keyboard": [[{"text": "Go", "url": url}]]}

    in_button = verdict(judges()[0], Parameters({"text": "here", "entities": [], "reply_markup": keyboard}))[0]
    assert in_button == words.replace("entity URL", "inline keyboard button URL")


def test_what_the_plain_judge_cannot_tell_is_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs/sandbox.md").read_text(encoding="utf-8")

    assert [what for what in CANNOT_TELL if f"| {what} |" not in documented] == []

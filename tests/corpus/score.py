"""How much of what people found in the corpus the parser finds: `uv run python -m tests.corpus.score [-v]`.

An item counts as found if an item of the parser has its headline and its link; where the headline is empty, the line
must be the same too. What the parser finds beyond the labels is false. Items that two people would not agree on count
neither way.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from storage.model import Digest, Item
from tests.corpus.labels import BASE, Label, LabelledFile, hash_of, labelled_files, link_hash
from tests.running import SHARED

CORPUS = SHARED / "corpus"
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_NOTHING = hash_of("")


@dataclass(slots=True)
class Score:
    """What was found of one file, or of many."""

    labelled: int = 0
    found: int = 0
    # Items of the parser that count, so that false ones can be a share of them.
    given: int = 0
    wrong_lines: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    # What else is not as labelled: a title, a time, categories.
    differences: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the labelled items that were found."""
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def false_share(self) -> float:
        """The share of the parser's items that nobody labelled."""
        return len(self.false) / self.given if self.given else 0.0


def score(file: LabelledFile, folder: Path = CORPUS) -> Score:
    """Compare what the parser says of *file* with its labels."""
    result = Score(labelled=sum(not label.optional for label in file.items))
    try:
        reading = read_digest((folder / file.path).read_bytes(), file.path, site=Site(base_url=BASE), now=_NOW)
    except UnreadableDigest as error:
        result.differences.append(str(error))
        return result
    if isinstance(reading, LeftOut):
        if file.left_out is None:
            result.differences.append(f"{file.path}: left out: {reading.reason}")
        return result
    if file.left_out is not None:
        result.differences.append(f"{file.path}: read, though it is {file.left_out}")
        return result
    result.differences += _differences(file, reading)
    _compare(file, reading, result)
    return result


def total(scores: Iterable[Score]) -> Score:
    """Add scores up."""
    whole = Score()
    for each in scores:
        whole.labelled += each.labelled
        whole.found += each.found
        whole.given += each.given
        whole.wrong_lines += each.wrong_lines
        whole.missed += each.missed
        whole.false += each.false
        whole.differences += each.differences
    return whole


def _differences(file: LabelledFile, digest: Digest) -> Iterable[str]:
    if hash_of(digest.title) != file.title:
        yield f"{file.path}: title {digest.title!r}"
    if digest.published_at != file.published_at or digest.day_only != file.day_only:
        yield f"{file.path}: {digest.published_at}, day only: {digest.day_only}; labelled {file.published_at}"
    if {hash_of(category.name) for category in digest.categories} != file.categories:
        yield f"{file.path}: categories {[category.name for category in digest.categories]}"


def _compare(file: LabelledFile, digest: Digest, result: Score) -> None:
    waiting = list(digest.items)
    # Those that must be there first, so that an optional one does not take their place.
    for label in sorted(file.items, key=lambda label: label.optional):
        item = min(
            (item for item in waiting if _is(item, label)),
            key=lambda item: abs(item.line - label.line),
            default=None,
        )
        if item is not None:
            waiting.remove(item)
            result.given += not label.optional
            result.found += not label.optional
            result.wrong_lines += item.line != label.line
        elif not label.optional:
            result.missed.append(f"{file.path}:{label.line}")
    optional_lines = {label.line for label in file.items if label.optional}
    for item in waiting:
        if item.line not in optional_lines:
            result.given += 1
            result.false.append(
                f"{file.path}:{item.line}: {item.headline.text or item.summary.text[:60]!r} {item.link}"
            )


def _is(item: Item, label: Label) -> bool:
    headline = hash_of(item.headline.text)
    if headline == _NOTHING and item.line != label.line:
        return False
    return headline in label.headlines and link_hash(item.link) in label.links


def _main(*, verbose: bool) -> None:
    scores = {file.path: score(file) for file in labelled_files()}
    for path, each in scores.items():
        print(f"{each.found:4} of {each.labelled:4} found, {len(each.false):3} false  {path}")
        if verbose:
            print(*(f"       {line}\n" for line in each.differences), sep="", end="")
            print(*(f"       missed {line}\n" for line in each.missed), sep="", end="")
            print(*(f"       false {line}\n" for line in each.false), sep="", end="")
    whole = total(scores.values())
    print(
        f"{len(scores)} files, {whole.labelled} items: {whole.recall:.1%} found, {whole.false_share:.1%} false, "
        f"{whole.wrong_lines} at another line, "
        f"{len(whole.differences)} titles, times or categories other than labelled"
    )


if __name__ == "__main__":
    _main(verbose="-v" in sys.argv)

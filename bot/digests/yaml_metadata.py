"""YAML as metadata: safe, bounded, and with every scalar as it was written."""

import re
from contextlib import suppress
from typing import Any

import yaml

# Real front matter has none, or a few; bombs are made of them.
_MOST_ALIASES = 20
_DEEPEST = 20
# Keys with a word each, or with a list of them: what nearly every site writes. No bomb can be made of it.
_PLAIN_WORDS = r"""[^\s\[\]{}&*!|>'"%@`#,?:-][^\n#]*"""
_PLAIN_QUOTED = r"""(?:"[^"\\\n]*"|'[^'\n]*')[ ]*"""
_PLAIN = re.compile(
    rf"""(?:(?:[A-Za-z_][\w-]*:(?:[ ]+(?:{_PLAIN_WORDS}|{_PLAIN_QUOTED}|\[[^\[\]{{}}&*!\n]*\][ ]*)|[ ]*)
            |[ ]*-[ ]+(?:{_PLAIN_WORDS.replace("#]*", "#:]*")}|{_PLAIN_QUOTED})
            |[ ]*)(?:\n|\Z))*""",
    re.VERBOSE,
)


def load(source: str) -> Any:  # noqa: ANN401 - metadata may be anything
    """Read *source*; raises a YAMLError or a ValueError that says where it is broken."""
    source = _without_tabs(source)
    if is_plain(source):
        # What libyaml refuses, the other one says better.
        with suppress(yaml.YAMLError):
            return yaml.load(source, QuickLoader)  # noqa: S506 - a safe loader with less in it
    return yaml.load(source, Loader)  # noqa: S506 - likewise


def compose(source: str) -> yaml.Node | None:
    """The nodes that YAML (or JSON, which YAML 1.2 holds) is made of, each with its place."""
    return yaml.compose(_without_tabs(source), Loader)


def _without_tabs(source: str) -> str:
    # libyaml takes tabs between words and pure Python does not: neither ever sees one.
    return source.replace("\t", "  ")


def is_plain(source: str) -> bool:
    """Say whether *source* is so plain that every library reads the same in it."""
    return _PLAIN.fullmatch(source) is not None


class Loader(yaml.SafeLoader):
    """Safe YAML whose dates and numbers stay text, and which a bomb does not blow up.

    `title: 2014-01-02` is a title; and `date: 2022-02-29`, which PyYAML raises ValueError for, is for us to judge.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._aliases = 0
        self._depth = 0

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: ANN401, N803 - PyYAML's own
        """Refuse brackets that would nest too deep."""
        if self.flow_level > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="brackets nested too deep", problem_mark=self.get_mark())
        super().fetch_flow_collection_start(TokenClass)

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - PyYAML's own
        """Refuse too many aliases or levels."""
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
        if self._aliases > _MOST_ALIASES or self._depth > 2 * _DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="too many aliases or levels", problem_mark=mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


# libyaml, where PyYAML was built with it, is five times as fast; of what is plain both say the same, which a test holds
# them to.
class QuickLoader(getattr(yaml, "CSafeLoader", Loader)):  # type: ignore[misc]
    """The same, and quick, for metadata that is plain."""

    yaml_implicit_resolvers = Loader.yaml_implicit_resolvers

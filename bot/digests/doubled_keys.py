"""Find what front matter says twice, of which its readers keep the last and say nothing."""

from collections.abc import Iterator

import yaml
from frontmatter.default_handlers import BaseHandler

from bot.digests.handlers import PELICAN_KEY, JsonHandler, PelicanHandler, YamlHandler
from bot.digests.yaml_metadata import compose

_Key = tuple[str, int]


def doubled_keys(handler: BaseHandler | None, source: str) -> list[_Key]:
    """The keys of *source*, which *handler* could read, that it has had before, with their lines, counted from 1.

    No letter's case makes a key another one. To TOML a doubled key is an error.
    """
    match handler:
        case YamlHandler() | JsonHandler():
            return list(_in_node(_composed(source)))
        case PelicanHandler():
            lines = enumerate(source.splitlines(), start=1)
            found = [(PELICAN_KEY.match(text.rstrip()), line) for line, text in lines]
            return list(_again((key[1].strip(), line) for key, line in found if key))
        case _:
            return []


def _composed(source: str) -> yaml.Node | None:
    try:
        return compose(source)
    # JSON that is no YAML: with a letter of two escapes, say.
    except yaml.YAMLError:
        return None


def _in_node(node: yaml.Node | None) -> Iterator[_Key]:
    if isinstance(node, yaml.MappingNode):
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        # Merging more than once is a way of YAML's own.
        yield from _again((key.value, key.start_mark.line + 1) for key in keys if key.value != "<<")
        for _, value in node.value:
            yield from _in_node(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _in_node(value)


def _again(keys: Iterator[_Key]) -> Iterator[_Key]:
    """Those of *keys* that were there before."""
    seen: set[str] = set()
    for key, line in keys:
        if key.lower() in seen:
            yield key, line
        seen.add(key.lower())

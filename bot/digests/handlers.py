"""The four ways in which digests write their metadata, as handlers for python-frontmatter."""

import json
import re
import tomllib
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from bot.digests.problems import BrokenMetadata
from bot.digests.yaml_metadata import load

_ANYTHING = re.compile("")
_YAML_KEY = re.compile(r"""(?:"[^"\n]+"|'[^'\n]+'|[\w.$-]+(?: [\w.$-]+){0,2})\s*:(?:\s|$)""")
_TOML_LINE = re.compile(r"at line (\d+)")
PELICAN_KEY = re.compile(r"([A-Za-z][\w -]{0,30}?):(?:[ \t]+(.*))?$")
_PELICAN_SIGNS = {"title", "date"}
_JSON_START = re.compile(r'\{\s*(?:"|\})')

Split = tuple[str, str]


class _Fenced(BaseHandler):
    """Metadata between two lines of the same fence."""

    FM_BOUNDARY = _ANYTHING
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    fence: str

    def detect(self, text: str) -> bool:
        """Whether *text* begins with the fence."""
        return self.opening.match(text) is not None

    def split(self, text: str) -> Split:
        """Part the metadata from the body; raise BrokenMetadata if it never ends."""
        begin = self.opening.match(text)
        end = self.closing.search(text, begin.end()) if begin else None
        if begin is None or end is None:
            raise BrokenMetadata(
                0, "front matter that begins here never ends", f"close it with a line that says {self.fence}"
            )
        return text[begin.end() : end.start()], text[end.end() :]


class YamlHandler(_Fenced):
    """YAML between lines of `---`; a first `---` that no key follows is only a rule."""

    opening = re.compile(r"---+[ \t]*\n")
    closing = re.compile(r"^(?:---+|\.\.\.)[ \t]*$\n?", re.MULTILINE)
    fence = "---"

    def detect(self, text: str) -> bool:
        """Whether *text* begins with a fence, and then with a key, a remark or the closing fence."""
        opening = self.opening.match(text)
        if opening is None:
            return False
        lines = [line.strip() for line in text[opening.end() :].split("\n", 60)[:60]]
        told = [line for line in lines if line and not line.startswith("#")]
        if not told:
            return False
        # A heading between two rules is no remark.
        is_empty = self.closing.match(told[0]) is not None and not any(lines[: lines.index(told[0])])
        return is_empty or _YAML_KEY.match(told[0]) is not None

    def load(self, fm: str) -> Any:  # noqa: ANN401 - front matter may be anything
        """Read YAML safely, with every scalar as it was written."""
        try:
            return load(fm)
        except yaml.MarkedYAMLError as error:
            # A bracket or quote that never ends is where it begins; in a block, what is wrong is where it is found.
            in_block = "block" in (error.context or "")
            mark = error.problem_mark if in_block else error.context_mark or error.problem_mark
            problem = " ".join(filter(None, (error.context, error.problem)))
            raise BrokenMetadata(mark.line + 1 if mark else 0, f"YAML: {problem}", "mend the front matter") from error
        except (yaml.YAMLError, ValueError) as error:
            raise BrokenMetadata(0, f"YAML: {str(error).splitlines()[0]}", "mend the front matter") from error


class TomlHandler(_Fenced):
    """TOML between lines of `+++`, read by the standard library."""

    opening = re.compile(r"\+\+\+[ \t]*\n")
    closing = re.compile(r"^\+\+\+[ \t]*$\n?", re.MULTILINE)
    fence = "+++"

    def load(self, fm: str) -> Any:  # noqa: ANN401 - front matter may be anything
        """Read TOML 1.0."""
        try:
            return tomllib.loads(fm)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = _TOML_LINE.search(str(error))
            raise BrokenMetadata(int(line[1]) if line else 0, f"TOML: {error}", "mend the front matter") from error


class JsonHandler(BaseHandler):
    """A JSON object at the very beginning, as Hugo allows."""

    FM_BOUNDARY = _ANYTHING

    def detect(self, text: str) -> bool:
        """Whether *text* begins with an object's brace and a quoted key."""
        return _JSON_START.match(text) is not None

    def split(self, text: str) -> Split:
        """Part the object from the body."""
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except json.JSONDecodeError as error:
            raise BrokenMetadata(error.lineno, f"JSON: {error.msg}", "mend the front matter") from error
        except RecursionError as error:
            raise BrokenMetadata(1, "JSON: nested too deep", "mend the front matter") from error
        return text[:end], text[end:]

    def load(self, fm: str) -> Any:  # noqa: ANN401 - front matter may be anything
        """Read what `split` found whole."""
        return json.loads(fm)


class PelicanHandler(BaseHandler):
    """Lines of `Title: …` up to the first empty one, with no fence; a title or a date must be among them."""

    FM_BOUNDARY = _ANYTHING

    def detect(self, text: str) -> bool:
        """Whether *text* begins with such lines."""
        return bool(_PELICAN_SIGNS & {key.lower() for key in self.load(self.split(text)[0])})

    def split(self, text: str) -> Split:
        """Part the lines from the body."""
        end = 0
        for line in text.splitlines(keepends=True):
            goes_on = end > 0 and line.startswith(("    ", "\t"))
            if not line.strip() or not (goes_on or PELICAN_KEY.match(line.rstrip())):
                break
            end += len(line)
        return text[:end], text[end:]

    def load(self, fm: str) -> dict[str, str]:
        """Read the lines; an indented one goes on with the value above it."""
        metadata: dict[str, str] = {}
        key = ""
        for line in fm.splitlines():
            if found := PELICAN_KEY.match(line.rstrip()):
                key = found[1].strip().lower()
                metadata[key] = (found[2] or "").strip()
            elif key:
                metadata[key] = f"{metadata[key]} {line.strip()}".strip()
        return metadata


HANDLERS: tuple[BaseHandler, ...] = (YamlHandler(), TomlHandler(), JsonHandler(), PelicanHandler())

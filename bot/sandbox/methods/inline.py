"""answerInlineQuery: what the bot offers, read as the Bot API server reads it."""

from typing import Any

from bot.sandbox.entity_reader import read_entities
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.inline import LIFE
from bot.sandbox.judge import Judge
from bot.sandbox.keyboards import read_keyboard, settled_keyboard
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import Draft, settled

MOST_RESULTS = 50
MOST_BYTES = 64
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_inline_query(sandbox: Sandbox, asked: Parameters) -> bool:
    """Show results to whoever typed the query."""
    given = asked.structure("results", unreadable="can't parse JSON encoded inline query results") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of inline query results")
    button = asked.structure("button", unreadable="can't parse inline query results button")
    results = [_result(result, sandbox.judge) for result in given]
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if any(not 0 < len(id_.encode()) <= MOST_BYTES for id_ in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(asked.text("next_offset").encode()) > MOST_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = sandbox.inline.queries.get(asked.text("inline_query_id"))
    if query is None or sandbox.clock.now() - query.at > LIFE.total_seconds():
        raise bad_request(TOO_OLD)
    query.answer = {"results": results, "next_offset": asked.text("next_offset"), "button": button}
    sandbox.inline.answered.fire()
    sandbox.events.add("inline", query.shown)
    return True


def _result(given: object, judge: Judge) -> dict[str, Any]:
    """A result with its message checked: `content` is what choosing it would send."""
    if not isinstance(given, dict):
        raise _unreadable("Inline query result must be an object")
    for name in ("type", "id"):
        if not isinstance(given.get(name), str):
            raise _unreadable(f'Can\'t find field "{name}"')
    if given["type"] != "article":
        words = f"Not Implemented: the sandbox shows articles only, no {given['type']}"
        raise ApiError(501, words)
    if not isinstance(given.get("title"), str):
        raise _unreadable('Can\'t find field "title"')
    content = given.get("input_message_content")
    if not isinstance(content, dict):
        raise _unreadable('Can\'t find field "input_message_content"')
    keyboard = read_keyboard(Parameters({"reply_markup": given.get("reply_markup")}), only_inline=True)
    return given | {"content": _content(content, judge), "reply_markup": settled_keyboard(keyboard)}


def _content(given: dict[str, Any], judge: Judge) -> dict[str, Any]:
    text = given.get("message_text")
    if not isinstance(text, str) or not text:
        raise _unreadable("Input message content is not specified")
    mode = str(given.get("parse_mode") or "")
    draft = Draft(*judge.parse(text, mode)) if mode else Draft(text, read_entities(given.get("entities")))
    message = settled(draft, judge)
    return {"text": message.text, "entities": message.entities}


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse inline query result: {words}")

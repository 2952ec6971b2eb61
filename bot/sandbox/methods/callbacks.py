"""Methods that answer what people did."""

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.taps import LIFE

LONGEST_ANSWER = 200


def answer_callback_query(sandbox: Sandbox, asked: Parameters) -> bool:
    """Tell the person who pressed a button what came of it."""
    tap = sandbox.taps.by_id.get(asked.text("callback_query_id"))
    if tap is None or sandbox.clock.now() - tap.at > LIFE.total_seconds():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(asked.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer = {"text": asked.text("text"), "alert": asked.flag("show_alert"), "url": asked.text("url")}
    sandbox.taps.answered.fire()
    sandbox.events.add("answered", tap.shown)
    return True

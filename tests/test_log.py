"""What an operator reads on standard error, from a real process, and what they never read there."""

import re
import subprocess
import sys

import pytest

from tests.lean import lean

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
ANOTHER = "987654321:zzYYxxWWvvUUttSSrrQQppOOnnMMllKKjjIIhh"

START = f"""
import asyncio, logging, sys, threading, warnings
import structlog
from bot.log import set_up_log

TOKEN, ANOTHER = {TOKEN!r}, {ANOTHER!r}
set_up_log(token=TOKEN)
log = structlog.get_logger()

def fail():
    raise ValueError(f"no answer from https://example.org/bot{{TOKEN}}/getMe")
"""

LOST_TASK = """
async def main():
    async def lost(): fail()
    task = asyncio.create_task(lost(), name=TOKEN)
    await asyncio.sleep(0.01)
    del task
asyncio.run(main())
"""

CALLBACK = """
async def main():
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0.01)
asyncio.run(main())
"""


def what_is_told(code: str) -> str:
    ran = subprocess.run([sys.executable, "-c", START + code], capture_output=True, encoding="utf-8", check=False)
    assert ran.stdout == ""
    return ran.stderr


def test_an_event_is_one_line_with_its_time_in_utc_and_its_facts() -> None:
    told = what_is_told('log.info("delivered", digest="每日 摘要", chat=-100)')

    assert re.fullmatch(r"timestamp=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z level=info event=delivered .*\n", told)
    assert told.endswith('digest="每日 摘要" chat=-100\n')


def test_a_traceback_stays_in_the_line_of_its_event() -> None:
    told = what_is_told('try:\n    fail()\nexcept ValueError:\n    log.exception("failed")')

    assert told.count("\n") == 1
    assert "no answer from https://example.org/bot[token]/getMe" in told


def test_libraries_are_heard_from_a_warning_up() -> None:
    told = what_is_told("""
for name in ("telegram.ext.Application", "apscheduler.scheduler", "aiohttp.access", "httpx", "asyncio"):
    logging.getLogger(name).info("chatter")
    logging.getLogger(name).warning("news of %s", name)
""")

    assert "chatter" not in told
    assert re.findall('event="news of (.*?)"', told) == [
        "telegram.ext.Application", "apscheduler.scheduler", "aiohttp.access", "httpx", "asyncio",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "code"),
    lean(
        [
            (
                "an event",
                "log.info(TOKEN, url=f'https://x/bot{TOKEN}/y', other=ANOTHER, **{TOKEN: [TOKEN, {ANOTHER: b'1'}]})",
            ),
            ("an escaped token", "log.info('x', url='https://x/bot123456789%3AAAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr/y')"),
            ("a URL misread", "log.info('x', reason=repr(TOKEN.split(':')[1]))"),
            ("a library", "logging.getLogger('telegram').error('set %s', f'https://x/bot{TOKEN}')"),
            ("a library's traceback", "try: fail()\nexcept ValueError: logging.getLogger('x').exception('oh')"),
            ("a log call that fails", "logging.getLogger('x').error('%d', TOKEN)"),
            ("a warning", "warnings.warn(f'unclosed {TOKEN}')"),
            ("an error nobody catches", "fail()"),
            ("an error with a cause", "try: fail()\nexcept ValueError as error: raise OSError(ANOTHER) from error"),
            ("a thread", "threading.Thread(target=fail, name=TOKEN).start()"),
            ("a destructor", "class Thing:\n    def __del__(self): fail()\nthing = Thing()\ndel thing"),
            ("a lost task", LOST_TASK),
            ("a callback", CALLBACK),
        ],
        most=4,
    ),
)
def test_no_token_is_told_by(way: str, code: str) -> None:  # noqa: ARG001 - it names the test
    told = what_is_told(code)

    assert told != ""
    assert TOKEN.split(":")[1] not in told
    assert ANOTHER.split(":")[1] not in told


def test_a_token_of_no_known_shape_is_hidden_too() -> None:
    told = what_is_told("set_up_log(token='42:short')\nlog.info('x', url='http://127.0.0.1/bot42:short/getMe')")

    assert "url=http://127.0.0.1/bot[token]/getMe" in told


def test_a_terminal_gets_colours_and_no_token_either() -> None:
    told = what_is_told("""
class Terminal(type(sys.stderr)):
    def isatty(self): return True
sys.stderr = Terminal(sys.stderr.detach(), encoding="utf-8")
set_up_log(token=TOKEN)
log.info("delivered", token=TOKEN)
secret = TOKEN
fail()
""")

    assert "\x1b[" in told
    assert "[token]" in told
    assert TOKEN.split(":")[1] not in told

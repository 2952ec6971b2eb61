"""The control API under `/sandbox/`: what tests and the page do to the sandbox, and see of it. See docs/sandbox.md."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.control import calls, chats, faults, groups, inline, pace, people, picking, saying, stream, topics
from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.guard import Handler, guarded, refused
from bot.sandbox.state import Sandbox

Action = Callable[[Sandbox, web.Request], Awaitable[web.StreamResponse]]

ACTIONS: tuple[tuple[str, str, Action], ...] = (
    ("GET", "/sandbox/state", stream.state),
    ("GET", "/sandbox/events", stream.events),
    ("POST", "/sandbox/publish", stream.publish),
    ("POST", "/sandbox/clock", stream.move_clock),
    ("POST", "/sandbox/people", people.add),
    ("POST", "/sandbox/crowd", people.crowd),
    ("GET", r"/sandbox/people/{person:\d+}/chats", people.chats),
    ("POST", r"/sandbox/people/{person:\d+}/says", saying.says),
    ("POST", r"/sandbox/people/{person:\d+}/forwards", saying.forwards),
    ("POST", r"/sandbox/people/{person:\d+}/hides", people.hides),
    ("POST", r"/sandbox/people/{person:\d+}/presses", people.presses),
    ("POST", r"/sandbox/people/{person:\d+}/blocks", people.blocks),
    ("POST", r"/sandbox/people/{person:\d+}/unblocks", people.unblocks),
    ("POST", r"/sandbox/people/{person:\d+}/deactivates", people.deactivates),
    ("POST", r"/sandbox/people/{person:\d+}/asks", inline.asks),
    ("POST", r"/sandbox/people/{person:\d+}/chooses", inline.chooses),
    ("GET", r"/sandbox/people/{person:\d+}/picks", picking.offered),
    ("POST", r"/sandbox/people/{person:\d+}/picks", picking.picks),
    ("POST", "/sandbox/groups", groups.create),
    ("POST", r"/sandbox/chats/{chat:-?\d+}/topics", topics.create),
    ("POST", r"/sandbox/chats/{chat:-?\d+}/topics/{topic:\d+}", topics.change),
    ("DELETE", r"/sandbox/chats/{chat:-?\d+}/topics/{topic:\d+}", topics.delete),
    ("POST", r"/sandbox/chats/{chat:-?\d+}/{change:\w+}", groups.change),
    ("GET", r"/sandbox/chats/{chat:-?\d+}/messages", chats.messages),
    ("GET", r"/sandbox/chats/{chat:-?\d+}/messages/{message:\d+}/document", chats.document),
    ("GET", r"/sandbox/chats/{chat:-?\d+}/messages/{message:\d+}/photo", chats.photo),
    ("GET", "/sandbox/calls", calls.calls),
    ("GET", "/sandbox/pace", pace.report),
    ("POST", "/sandbox/pace", pace.change),
    ("GET", "/sandbox/held", calls.held),
    ("POST", "/sandbox/release", calls.release),
    ("GET", "/sandbox/updates", calls.updates),
    ("GET", "/sandbox/faults", faults.listed),
    ("POST", "/sandbox/faults", faults.add),
    ("DELETE", "/sandbox/faults", faults.lift),
    ("DELETE", r"/sandbox/faults/{fault:\d+}", faults.lift),
)


def routes(sandbox: Sandbox) -> list[web.RouteDef]:
    """The control API of *sandbox*."""
    return [web.route(verb, path, guarded(_explained(sandbox, action))) for verb, path, action in ACTIONS]


def _explained(sandbox: Sandbox, action: Action) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await action(sandbox, request)
        except ControlError as error:
            return refused(error.status, error.sentence)
        except ApiError as error:
            # What Telegram refuses to bots it refuses to people as well.
            return refused(error.code, error.description)

    return handler

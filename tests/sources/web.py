"""A web server of our own that answers as it is told to, and remembers what it was asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Web:
    """Whatever path is asked for, *answers* has what it says; what it has not is not found."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> str:
        """Answer with *body* from now on, and give the whole address; `_` in the name of a header is a hyphen."""

        async def answer(_: web.Request) -> web.StreamResponse:
            content = body if isinstance(body, bytes) else body.encode()
            return web.Response(body=content, status=status, headers=_named(headers))

        return self.do(path, answer)

    def do(self, path: str, answer: Answer) -> str:
        """Answer by *answer* from now on, and give the whole address."""
        self.answers[path] = answer
        return f"{self.address}{path}"


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@asynccontextmanager
async def serve() -> AsyncIterator[Web]:
    """Serve on a port of this machine until the block ends."""
    site = Web("")

    async def answer(request: web.Request) -> web.StreamResponse:
        site.asked.append(request)
        found = site.answers.get(request.path)
        return await found(request) if found else web.Response(status=404)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    # What an endless answer is being written does not hold up the end of the test.
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0, auto_decompress=False)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        host, port = runner.addresses[0][:2]
        site.address = f"http://{host}:{port}"
        yield site
    finally:
        await runner.cleanup()

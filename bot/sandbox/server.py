"""The sandbox as an HTTP server: the Bot API, the control API and the page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.sandbox import bot_api, control
from bot.sandbox.deliverer import deliver
from bot.sandbox.guard import guarded, refused
from bot.sandbox.state import Sandbox

PAGE = Path(__file__).parent / "page"
# The page asks nobody but us (no request leaves the machine), and the browser holds it to that.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
LARGEST_BODY = 50 * 1024 * 1024


@asynccontextmanager
async def serve(sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve *sandbox* until the block ends; its address (`http://127.0.0.1:port`); a *port* of 0 is any free one."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(
        [
            web.route("*", r"/bot{token:[^/]+}/{method}", partial(bot_api.answer, sandbox)),
            *control.routes(sandbox),
            web.get("/", guarded(_page)),
            web.get(r"/page/{name:[\w.-]+}", guarded(_page)),
        ]
    )
    app.cleanup_ctx.append(partial(_delivering, sandbox))
    # A caller who hangs up frees what waits for it; nobody writes a log of URLs, for they contain the token.
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound = runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        yield f"http://{shown}:{bound[1]}"
    finally:
        await runner.cleanup()


async def _delivering(sandbox: Sandbox, _: web.Application) -> AsyncIterator[None]:
    """Send updates to the webhook for as long as the server runs."""
    async with asyncio.TaskGroup() as tasks:
        delivering = tasks.create_task(deliver(sandbox))
        yield
        delivering.cancel()


async def _page(request: web.Request) -> web.StreamResponse:
    """A file of the page; the page itself at `/`."""
    path = PAGE / request.match_info.get("name", "index.html")
    if not path.is_file():
        return refused(404, "this sandbox has no such page")
    return web.FileResponse(path, headers=PAGE_HEADERS)

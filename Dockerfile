# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY storage storage
RUN uv sync --no-dev --no-editable

FROM python:3.13-slim
# For sources in git, by https and by ssh.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home digest-bot && mkdir -p /app/data /digests && chown digest-bot /app/data
WORKDIR /app
COPY --from=build /app/.venv .venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 DIGEST_BOT_SOURCE=/digests DIGEST_BOT_DATABASE=/app/data/digest-bot.db
USER digest-bot
VOLUME /app/data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["digest-bot", "status", "--check"]
ENTRYPOINT ["digest-bot"]
CMD ["run"]

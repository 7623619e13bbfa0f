# syntax=docker/dockerfile:1
# The dependencies, by hash and as wheels only: nothing is compiled, nothing else comes along.
FROM python:3.12-slim AS dependencies
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/prod.txt /requirements.txt
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r /requirements.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=diplowatch.settings \
    DIPLOWATCH_DATA=/data \
    DIPLOWATCH_STATIC=/app/static-collected \
    PORT=8000
RUN groupadd --gid 10001 diplowatch \
    && useradd --uid 10001 --gid diplowatch --no-create-home --shell /usr/sbin/nologin diplowatch \
    && install --directory --owner diplowatch --group diplowatch /data
COPY --from=dependencies /venv /venv
WORKDIR /app
COPY . /app
# Static files under hashed names, and the compiled French catalogue. No database is asked.
RUN DIPLOWATCH_SECRET_KEY=build DATABASE_URL=postgresql:///build \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q diplowatch articles annotations \
    && test -s locale/fr/LC_MESSAGES/django.mo
USER diplowatch
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=20s --retries=3 \
    CMD ["python", "-m", "diplowatch.health"]
STOPSIGNAL SIGTERM
# uvicorn reads WEB_CONCURRENCY (processes) and FORWARDED_ALLOW_IPS (whose X-Forwarded-For counts).
# The proxy keeps the access log: a one-time sign-in link should not be in two.
CMD ["uvicorn", "diplowatch.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--proxy-headers", "--no-server-header", "--no-access-log", "--lifespan", "off", \
     "--timeout-graceful-shutdown", "10"]

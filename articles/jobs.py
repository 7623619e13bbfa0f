"""Work in the background: large uploads read and imported by a worker, whoever stops or restarts.

Jobs wait in the database until a worker takes them; one that was killed is taken up again.
"""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued, JobAborted

from articles.models import BatchState, ImportBatch, StagedState
from articles.services import batches, staging
from articles.services.tallies import compact_tallies

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

QUEUE = "import"
HEARTBEAT = datetime.timedelta(seconds=60)  # a worker that was not heard of for longer is gone
KEEP_PREVIEWS_DAYS = 30
RETRY = RetryStrategy(max_attempts=8, wait=5)


@app.task(name="read_batch", queue=QUEUE, retry=RETRY, pass_context=True)
def read_batch(context: JobContext, batch_id: str) -> None:
    """Read the files of an upload, so that its preview can begin."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    while batch is not None and staging.read_waiting(batch=batch):
        _stop_if_asked(context)


@app.task(name="import_batch", queue=QUEUE, retry=RETRY, pass_context=True)
def import_batch(context: JobContext, batch_id: str) -> None:
    """Import the files of a batch that were chosen."""
    batch = ImportBatch.objects.select_related("creator").filter(pk=batch_id).first()
    while batch is not None and batches.run_some(batch=batch):
        _stop_if_asked(context)
    compact_tallies()


def _stop_if_asked(context: JobContext) -> None:
    """When the worker is shut down, let the job go: it is taken up again where it stopped."""
    if context.should_abort():
        raise JobAborted


@app.periodic(cron="*/2 * * * *")
@app.task(name="retry_stalled", queue=QUEUE, queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs whose worker was killed back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=HEARTBEAT.total_seconds()):
        log.warning("Job %s stalled; it is put back", job.id)
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="tidy_imports", queue=QUEUE, queueing_lock="tidy_imports")
def tidy_imports(timestamp: int) -> None:
    """Throw away previews that nobody came back to, and sum up the stored counts."""
    staging.forget_old_previews(days=KEEP_PREVIEWS_DAYS)
    compact_tallies()


def begin_reading(batch: ImportBatch) -> bool:
    """Read an upload now, or by a job where it is large; True when its preview can begin."""
    if staging.is_large(batch):
        _defer("read_batch", batch)
        return False
    while staging.read_waiting(batch=batch):
        pass
    return True


def begin_import(
    batch: ImportBatch,
    *,
    only_sure: bool = False,
    places: Iterable[int] = (),
    position: int | None = None,
) -> bool:
    """Import the chosen files now, or by a job where they are many; True when it is done.

    What is chosen is said as for `batches.start_run`.
    Raises `batches.NothingToDo` where there is none to import.
    """
    with transaction.atomic():
        batches.start_run(batch=batch, only_sure=only_sure, places=places, position=position)
        if staging.is_large(batch, StagedState.CHOSEN):
            _defer("import_batch", batch)
            return False
    while batches.run_some(batch=batch):
        pass
    return True


def _defer(task: str, batch: ImportBatch) -> None:
    """Put a job into the queue, in the transaction at hand; one of a kind waits for a batch."""
    pk = str(batch.pk)
    try:
        with transaction.atomic():  # a refusal must not spoil the transaction at hand
            queued = app.configure_task(task, lock=pk, queueing_lock=f"{task} {pk}")
            job = queued.defer(batch_id=pk)
    except AlreadyEnqueued:
        return
    ImportBatch.objects.filter(pk=batch.pk).update(job_id=job)


def worker_is_there() -> bool:
    """Whether a worker was heard of lately."""
    since = timezone.now() - HEARTBEAT
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()


def job_failed(batch: ImportBatch) -> bool:
    """Whether the job of a batch has given up."""
    if batch.state not in {BatchState.READING, BatchState.RUNNING} or batch.job_id is None:
        return False
    return ProcrastinateJob.objects.filter(pk=batch.job_id, status="failed").exists()


def try_again(batch: ImportBatch) -> None:
    """Queue the work of a batch again after its job has given up."""
    _defer("read_batch" if batch.state == BatchState.READING else "import_batch", batch)

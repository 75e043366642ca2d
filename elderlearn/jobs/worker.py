"""The worker: which jobs there are and when they run. `elderlearn work` starts it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any, ClassVar, cast

from arq.cron import CronJob, cron
from arq.typing import WorkerCoroutine
from arq.worker import Function, func

from elderlearn.ground.connection import open_pool
from elderlearn.jobs.carry_out_imports import carry_out_imports, forget_imported_files
from elderlearn.jobs.check_sums import check_sums, watch_patterns
from elderlearn.jobs.close_due_runs import close_due_runs
from elderlearn.jobs.count_rules import count_rules
from elderlearn.jobs.forget import forget_old_lines
from elderlearn.jobs.queue import redis_settings
from elderlearn.jobs.remind_leaders import remind_leaders
from elderlearn.jobs.send_notices import send_notices
from elderlearn.jobs.serve_lines import serve_lines

# arq's type asks for *args and **kwargs, which our jobs do not take.
SEND_NOTICES, CLOSE_DUE_RUNS, SERVE_LINES, CARRY_OUT_IMPORTS, FORGET_FILES, FORGET_LINES, REMIND_LEADERS = (
    cast(WorkerCoroutine, job)
    for job in (
        send_notices,
        close_due_runs,
        serve_lines,
        carry_out_imports,
        forget_imported_files,
        forget_old_lines,
        remind_leaders,
    )
)
COUNT_RULES, CHECK_SUMS = cast(WorkerCoroutine, count_rules), cast(WorkerCoroutine, check_sums)
WATCH_PATTERNS = cast(WorkerCoroutine, watch_patterns)
EVERY_TWO_SECONDS = set(range(0, 60, 2))
ONCE_A_MINUTE, ONCE_AND_LATER = {30}, {50}
IN_BETWEEN = set(range(1, 60, 2))
EVERY_FIVE = set(range(3, 60, 5))
LONG_ENOUGH = 3600  # seconds for the largest file
# One heartbeat in five seconds: /readyz asks for the key `arq:queue:health-check`.
HEARTBEAT = 5


async def open_database(context: dict[Any, Any]) -> None:
    """A pool for the life of the worker."""
    context["pool"] = stack = AsyncExitStack()
    await stack.enter_async_context(open_pool())


async def close_database(context: dict[Any, Any]) -> None:
    """Give the connections back."""
    stack: AsyncExitStack | None = context.pop("pool", None)
    if stack:
        await stack.aclose()


class WorkerSettings:
    """What arq reads. Results are not kept: whatever has to be remembered is in PostgreSQL."""

    functions: ClassVar[list[Function]] = [
        func(job, keep_result=0)
        for job in (SEND_NOTICES, CLOSE_DUE_RUNS, SERVE_LINES, CARRY_OUT_IMPORTS, COUNT_RULES)
    ]
    cron_jobs: ClassVar[list[CronJob]] = [
        cron(SEND_NOTICES, second=EVERY_TWO_SECONDS, timeout=120, max_tries=1),
        cron(CLOSE_DUE_RUNS, second=ONCE_A_MINUTE, timeout=300, max_tries=1),
        cron(SERVE_LINES, second=ONCE_AND_LATER, timeout=300, max_tries=1),
        cron(CARRY_OUT_IMPORTS, second=IN_BETWEEN, timeout=LONG_ENOUGH, max_tries=1),
        cron(COUNT_RULES, second=EVERY_FIVE, timeout=LONG_ENOUGH, max_tries=1),
        # Also at the start: the page of patterns is never a night old after the records were filled.
        cron(WATCH_PATTERNS, hour={19}, minute={10}, second=0, timeout=LONG_ENOUGH, run_at_startup=True),
        cron(CHECK_SUMS, hour={18}, minute={40}, second=0, timeout=LONG_ENOUGH, max_tries=1),
        cron(FORGET_FILES, minute={17}, second=0, timeout=300, max_tries=1),
        cron(FORGET_LINES, hour={19}, minute={41}, second=0, timeout=LONG_ENOUGH, max_tries=1),
        cron(REMIND_LEADERS, minute={7}, second=0, timeout=300, max_tries=1),
    ]
    on_startup = open_database
    on_shutdown = close_database
    redis_settings = redis_settings()
    health_check_interval = HEARTBEAT
    keep_result = 0
    job_timeout = 120
    max_tries = 2
    log_results = False

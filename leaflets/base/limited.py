"""Functions run in a child process that has a limit of processor time and of memory, and can be killed.

A file from outside can make a parser or the typesetter run for ever or take all memory, and no exception ends that
for sure: libraries catch them, and C code is not interrupted. So such a file is read in a child. Beyond its limit the
kernel ends the child (`setitimer`, `RLIMIT_DATA`), and the file has failed, nothing else.

A function is named as “module:function”: the child imports it, and this process need not. What its module imports, and
does in a function `before_limits`, does not count. Arguments and results are pickled. One child does many calls, one
after the other; it is started at the first, and again after its death.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any

from leaflets.base.reader_limits import ReaderLimits

try:
    import resource
except ImportError:  # Windows: no limits
    resource = None  # type: ignore[assignment]

NAME = "leaflets-limited"
"""Name of the child process."""
TIME, DIED, RAISED = "time", "died", "raised"
OUT_OF_MEMORY = 77
"""Exit status of a child that reached its memory limit."""
STARTING = 120.0
"""Most seconds for the start of a child and its imports."""
WALL = 6.0
"""Seconds by the clock for each second of processor time; a machine may be busy."""


@dataclass(frozen=True)
class Outcome:
    """Outcome of one call: `value`, or a `failure` (TIME, DIED, RAISED) with its message."""

    value: Any = None
    failure: str = ""
    said: str = ""

    def why(self, limits: ReaderLimits) -> str:
        """The failure in words; `limits`: those of the call."""
        if self.failure == TIME:
            return f"it takes more than {limits.seconds:g} seconds"
        if self.failure == DIED:
            return f"it needs more than {limits.memory} MB of memory, or crashes the program that reads it"
        return self.said


def limit_memory(megabytes: int) -> None:
    """Set the memory limit of this process, MB (below 0: none). Beyond it MemoryError is raised, or the process ends.

    On Linux the limit counts heap and private memory, not mapped files (RLIMIT_DATA). On other systems it may have no
    effect.
    """
    if resource is None:
        return
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes << 20 if megabytes >= 0 else hard
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))


class LimitedChild:
    """One child process. Not for several threads at a time."""

    def __init__(self) -> None:
        self._process: Any = None
        self.pipe: Any = None
        self._until = 0.0

    def call(self, function: str, *arguments: Any, limits: ReaderLimits) -> Outcome:
        """Call a function in the child and wait for it."""
        self.begin(function, arguments, limits)
        self.pipe.poll(max(0.0, self._until - time.monotonic()))
        return self.outcome()

    def begin(self, function: str, arguments: Sequence[Any], limits: ReaderLimits) -> None:
        """Begin a call, whose `outcome` is read later."""
        new = self._process is None
        if new:
            self._start()
        self._until = time.monotonic() + WALL * limits.seconds + (STARTING if new else WALL)
        with suppress(OSError):  # it has died, which reading the outcome tells
            self.pipe.send((function, tuple(arguments), limits.seconds, limits.memory))

    @property
    def left(self) -> float:
        """Seconds by the clock that the present call may still take."""
        return self._until - time.monotonic()

    def outcome(self) -> Outcome:
        """The outcome of the call; a child that has not answered is ended."""
        try:
            if self.pipe.poll():
                answer: Outcome = self.pipe.recv()
                return answer
        except (EOFError, OSError):
            self._process.join(WALL)
            status = self._process.exitcode
            self.close()
            return Outcome(failure=TIME if status == -getattr(signal, "SIGPROF", 0) else DIED)
        self.close()
        return Outcome(failure=TIME)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._process is not None:
            self.pipe.close()
            with suppress(OSError, ValueError):
                self._process.kill()
                self._process.join(WALL)
                self._process.close()
            self._process = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, os.getcwd()), name=NAME, daemon=True)
        with block_sigint():
            self._process.start()
        theirs.close()  # so that the pipe ends with the child


def limited_map(
    function: str, rows: Sequence[tuple[Any, ...]], limits: Sequence[ReaderLimits], jobs: int
) -> Iterator[tuple[int, Outcome]]:
    """Call a function with the arguments of each row, in up to `jobs` children; yields the number of the row and its
    outcome, as they are ready. `limits`: one for each row."""
    waiting = deque(range(len(rows)))
    children = [LimitedChild() for _ in range(min(jobs, len(rows)))]
    busy: dict[Any, tuple[LimitedChild, int]] = {}
    try:
        while waiting or busy:
            at_work = {id(child) for child, _ in busy.values()}
            for child in (child for child in children if id(child) not in at_work and waiting):
                number = waiting.popleft()
                child.begin(function, rows[number], limits[number])
                busy[child.pipe] = child, number
                if not waiting:
                    break
            ready = connection.wait(list(busy), max(0.0, min(child.left for child, _ in busy.values())))
            late = [pipe for pipe, (child, _) in busy.items() if child.left <= 0]
            for pipe in dict.fromkeys([*ready, *late]):
                child, number = busy.pop(pipe)
                yield number, child.outcome()
    finally:
        for child in children:
            child.close()


_shared = LimitedChild()
_lock = threading.Lock()


def run_limited(function: str, *arguments: Any, limits: ReaderLimits) -> Outcome:
    """Call a function in the child that this process shares; `release` ends it."""
    with _lock:
        return _shared.call(function, *arguments, limits=limits)


def release() -> None:
    """End the shared child; the next call starts another."""
    with _lock:
        _shared.close()


def _serve(pipe: Any, folder: str) -> None:
    """The child: calls until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the parent handles Ctrl-C
    with suppress(OSError):
        os.chdir(folder)
    try:
        while True:
            name, arguments, seconds, memory = pipe.recv()
            pipe.send(_called(name, arguments, seconds, memory))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):  # the parent has closed the pipe, or has ended
        os._exit(0)


def _called(name: str, arguments: tuple[Any, ...], seconds: float, memory: int) -> Outcome:
    module, _, function = name.partition(":")
    try:
        found = importlib.import_module(module)
        getattr(found, "before_limits", lambda: None)()
        called = getattr(found, function)
        limit_memory(memory)
        _alarm(seconds)
        return Outcome(called(*arguments))
    except MemoryError:
        raise
    except Exception as error:
        return Outcome(failure=RAISED, said=str(error) or type(error).__name__)
    finally:
        _alarm(0.0)


def _alarm(seconds: float) -> None:
    """Start the timer of processor time of this process, s; 0: stop it. At its end SIGPROF ends the process; it has no
    handler, whose exception a library could catch."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


@contextmanager
def block_sigint() -> Iterator[None]:
    """Block SIGINT: a process started inside inherits the blocked signal."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

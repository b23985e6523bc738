"""What a media worker may use of this computer, set by the worker on itself.

POSIX has resource limits; Windows has job objects.  The Windows half follows Microsoft's
documentation and has never been run.
"""

from __future__ import annotations

import sys

MEMORY_BYTES = 640 * 1024 * 1024
"""Address space of a worker; decoding beyond it fails inside the worker alone."""
DATA_BYTES = 456 * 1024 * 1024
"""What a worker may write to of it: with the program's own pages that stays below 512 MB."""
FILM_MEMORY_BYTES = 1536 * 1024 * 1024
"""Of a worker that makes a video: the pictures of a 4K one that a decoder must keep are large."""
CPU_S = 4.5
"""Processor seconds a single photo may take: with a worker's start, five in all."""
VOICE_CPU_S = 60
"""Processor seconds a voice message may take; 5 minutes of sound take about 4."""
FILM_CPU_S = 1200
"""Processor seconds a video may take; 90 seconds of 1080p take about 40."""
_NICENESS = 10

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESS_MEMORY = 0x0100
    _KILL_ON_CLOSE = 0x2000
    _EXTENDED_LIMITS = 9
    _BELOW_NORMAL = 0x4000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", wintypes.LARGE_INTEGER),
            ("per_job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def confine(_address_bytes: int = MEMORY_BYTES, data_bytes: int = DATA_BYTES) -> None:
        """Put this process into a job that cannot grow; it dies with its last handle."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Extended()
        limits.basic.flags = _PROCESS_MEMORY | _KILL_ON_CLOSE
        limits.process_memory = data_bytes
        if not kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        ) or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())

    def allow(cpu_s: float) -> None:
        """Nothing to do: on Windows the parent's clock alone ends a slow worker."""

    def step_back() -> None:
        """Let everything else on this computer go first."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetPriorityClass(wintypes.HANDLE(kernel.GetCurrentProcess()), _BELOW_NORMAL)

else:
    import os
    import resource
    import signal

    def confine(address_bytes: int = MEMORY_BYTES, data_bytes: int = DATA_BYTES) -> None:
        """Bound memory, forbid core dumps and large files; raises ``OSError`` when it cannot."""
        resource.setrlimit(resource.RLIMIT_AS, (address_bytes, address_bytes))
        resource.setrlimit(resource.RLIMIT_DATA, (data_bytes, data_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))

    def allow(cpu_s: float) -> None:
        """Give the next job its processor time: a timer to the tick, the kernel's limit behind it.

        Running out of it ends this process.
        """
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime + cpu_s) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

    def step_back() -> None:
        """Let everything else on this computer go first."""
        os.nice(_NICENESS)

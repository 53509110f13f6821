"""seccomp of the Linux kernel: takes from the process the right to open sockets and to leave its process group.

Numbers from the kernel's `include/uapi/linux` (audit.h, bpf_common.h, seccomp.h) and its tables of system calls; the
interface is described in its `Documentation/userspace-api/seccomp_filter.rst`.
"""

import ctypes
import errno
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where they stand in `struct seccomp_data`, of the argument its lower half."""
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000 | errno.EACCES
_LOCAL = 1
"""AF_UNIX."""
_OTHER_ABI = 0x4000_0000
"""Call numbers from here on are those of x32 on x86-64: the same calls under other numbers."""


@dataclass(frozen=True, slots=True)
class _Calls:
    """Numbers on one architecture."""

    architecture: int
    socket: int
    setpgid: int
    setsid: int
    io_uring_setup: int = 425
    """It opens sockets without a call of their own."""


_KNOWN = {
    "x86_64": _Calls(0xC000_003E, socket=41, setpgid=109, setsid=112),
    "aarch64": _Calls(0xC000_00B7, socket=198, setpgid=154, setsid=157),
}


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


def refuse_sockets(*, local_allowed: bool) -> bool:
    """No socket any more, in this process and all that it starts; False where the kernel cannot be told so.

    With `local_allowed` sockets within the machine stay, and processes may leave their group: LibreOffice needs both.
    """
    calls = _KNOWN.get(platform.machine()) if sys.platform == "linux" else None
    if calls is None or sys.byteorder != "little":
        return False
    steps = list(_steps(calls, local_allowed=local_allowed))
    program = _Program(len(steps), (_Instruction * len(steps))(*steps))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _steps(calls: _Calls, *, local_allowed: bool) -> Iterator[_Instruction]:
    refuse = _Instruction(_RETURN, 0, 0, _REFUSE)
    yield _Instruction(_LOAD, 0, 0, _ARCHITECTURE)
    yield _Instruction(_IF_EQUAL, 1, 0, calls.architecture)
    yield refuse
    yield _Instruction(_LOAD, 0, 0, _CALL)
    yield _Instruction(_IF_AT_LEAST, 0, 1, _OTHER_ABI)
    yield refuse
    for number in (calls.io_uring_setup, *(() if local_allowed else (calls.socket, calls.setpgid, calls.setsid))):
        yield _Instruction(_IF_EQUAL, 0, 1, number)
        yield refuse
    if local_allowed:
        yield _Instruction(_IF_EQUAL, 0, 3, calls.socket)
        yield _Instruction(_LOAD, 0, 0, _FIRST_ARGUMENT)
        yield _Instruction(_IF_EQUAL, 1, 0, _LOCAL)
        yield refuse
    yield _Instruction(_RETURN, 0, 0, _ALLOW)

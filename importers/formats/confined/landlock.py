"""Landlock of the Linux kernel: takes from the process what it may read, write, signal and connect to.

Numbers from the kernel's `include/uapi/linux/landlock.h`; the interface is described in its
`Documentation/userspace-api/landlock.rst`.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_QUESTION = 1
_RULE_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_WRITE_FILE, _REMOVE_AND_MAKE, _REFER, _TRUNCATE = 1 << 1, 0b1_1111_1111 << 4, 1 << 13, 1 << 14
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
_READ = _READ_FILE | _READ_DIRECTORY
_TCP = 0b11
_SIGNALS_AND_ABSTRACT_SOCKETS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def restrict(folder: Path, sockets: Path | None = None, readable: Iterable[Path] | None = None) -> bool:
    """Confine the process; False where the kernel has no Landlock (before 5.13, not enabled, other systems).

    Beneath `sockets` sockets may be made too, and files removed. Only `readable` is readable besides `folder`;
    everything when it is None. Since Linux 6.7 no TCP, since 6.12 no signal to a process outside.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _VERSION_QUESTION)
    if version < 1:
        return False
    files = _WRITE_FILE | _REMOVE_AND_MAKE | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    files |= _READ if readable is not None else 0
    scoped = _SIGNALS_AND_ABSTRACT_SOCKETS if version >= 6 else 0
    rules = _Ruleset(files, _TCP if version >= 4 else 0, scoped)
    fields = 3 if version >= 6 else 2 if version >= 4 else 1
    size = fields * ctypes.sizeof(ctypes.c_uint64)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    done = (
        ruleset >= 0
        and _allow(libc, ruleset, str(folder), files)
        and _allow(libc, ruleset, os.devnull, (_WRITE_FILE | _READ_FILE) & files)
        and all(_allow(libc, ruleset, str(path), _READ) for path in readable or () if path.exists())
        and (sockets is None or _allow(libc, ruleset, str(sockets), _REMOVE_FILE | _MAKE_SOCKET))
        and libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    )
    if ruleset >= 0:
        os.close(ruleset)
    return bool(done)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> bool:
    opened = os.open(path, os.O_PATH)
    if not Path(path).is_dir():
        rights &= ~_READ_DIRECTORY
    beneath = _PathBeneath(rights, opened)
    added = libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(beneath), 0)
    os.close(opened)
    return bool(added == 0)

"""A process without a network: run `forbid()` first, then the job. Whatever reaches for the network afterwards ends the process.

Two fences. Python's own audit events see every socket that Python makes, on any system. Under Linux the kernel refuses the rest as well: a
filter (seccomp) that lets a process make sockets of this machine alone (AF_UNIX), so that what is not written in Python (typst, tantivy) is
held too. The filter asks no rights, and stays until the process ends.
"""

import ctypes
import os
import platform
import struct
import sys

CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # the machine's name to the kernel, and the number of socket()
NETWORK = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.bind", "socket.connect", "socket.sendto")
CAUGHT = 97  # exit status of a process that reached for the network
LOCAL = 1  # AF_UNIX


def forbid():
    """Fence the process in; return the names of the fences that stand."""
    sys.addaudithook(refuse)
    return ["python", *(["kernel"] if sys.platform == "linux" and platform.machine() in CALLS and fence_of_the_kernel() else [])]


def refuse(event, arguments):
    """End the process at an event of the network, other than with a socket of this machine."""
    if event == "socket.__new__" and arguments[1] in (LOCAL, -1):
        return
    if event in NETWORK and getattr(arguments[0], "family", None) == LOCAL:
        return
    if event in NETWORK or event == "socket.__new__":
        sys.stderr.write(f"network: {event} {arguments}\n")
        sys.stderr.flush()
        os._exit(CAUGHT)


def fence_of_the_kernel():
    """Whether the kernel took the filter: socket() with any family but AF_UNIX fails with EACCES."""
    machine, number = CALLS[platform.machine()]
    load, jump_if_equal, give = 0x20, 0x15, 0x06
    allowed, refused = 0x7FFF0000, 0x00050000 | 13
    program = b"".join(struct.pack("HBBI", *line) for line in (
        (load, 0, 0, 4), (jump_if_equal, 1, 0, machine), (give, 0, 0, allowed),
        (load, 0, 0, 0), (jump_if_equal, 1, 0, number), (give, 0, 0, allowed),
        (load, 0, 0, 16), (jump_if_equal, 0, 1, LOCAL), (give, 0, 0, allowed), (give, 0, 0, refused),
    ))
    lines = ctypes.create_string_buffer(program)
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(lines)))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_filter, as_filter = 38, 22, 2
    return libc.prctl(no_new_privileges, 1, 0, 0, 0) == 0 and libc.prctl(set_filter, as_filter, whole, 0, 0) == 0

"""Passwords: which are taken, and how they are kept (Argon2id)."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

from yuebao.errors import Both, UsageError

SHORTEST = 10
DIFFERENT = 5  # characters: 1111111111 and 1212121212 are no passwords


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id with 32 MiB a try: about 0.1 s on an office PC, and eight people who sign in at once do not exhaust it."""

    time_cost = 3
    memory_cost = 32 * 1024
    parallelism = 1


def refuse_weak(password: str, *names: str) -> None:
    """Raise UsageError E231 for a password that is too short, says the name of its account, or is a few characters repeated."""
    lowered = password.lower()
    if len(password) < SHORTEST:
        raise UsageError("E231", reason=Both(f"密码至少 {SHORTEST} 个字符", f"a password has {SHORTEST} characters or more"))
    if len(set(lowered)) < DIFFERENT:
        raise UsageError("E231", reason=Both("密码不能只是几个字符的重复", "a password is more than a few characters repeated"))
    # two Chinese characters, four Latin letters: what is shorter stands in any password
    if any(len(name.encode()) >= 4 and name.lower() in lowered for name in names):
        raise UsageError("E231", reason=Both("密码不能含有账号名或姓名", "a password does not hold the name of its account"))

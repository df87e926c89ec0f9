"""Child processes and mounts, as the tests of the store have them."""

from tests.store.conftest import child, private_mount

__all__ = ["child", "private_mount"]

"""A small client of the jsii kernel, for the tests of the generated Python module where the jsii package of PyPI is not
installed. It has the names that generated code uses, and does what an app needs: it makes objects, calls them, and reads
and writes what they hold. What an app writes itself cannot be called from JavaScript: see `create`.

The protocol: https://aws.github.io/jsii/specification/3-kernel-api/
"""
import sys
import types
import typing

from . import python
from ._kernel import JSIIError, create, get, invoke, set, sget, sinvoke, sset
from ._types import (
    JSIIAbstractClass,
    JSIIAssembly,
    JSIIMeta,
    data_type,
    enum,
    implements,
    interface,
    member,
    proxy_for,
)

Number = typing.Union[int, float]


def _publish() -> None:
    """The package `publication` hides what a module does not list; nothing here depends on that."""


# Two packages that the jsii package brings with it.
try:
    import publication  # noqa: F401
except ImportError:
    sys.modules["publication"] = types.SimpleNamespace(publish=_publish)  # type: ignore[assignment]
try:
    import typing_extensions  # noqa: F401
except ImportError:
    sys.modules["typing_extensions"] = typing

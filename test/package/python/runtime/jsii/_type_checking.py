"""Types are what the kernel checks itself, on the other side."""
import collections
import typing


def cached_type_hints(stub: typing.Callable[..., typing.Any]) -> typing.Mapping[str, typing.Any]:
    return collections.defaultdict(lambda: typing.Any)


def check_type(argname: str, value: typing.Any, expected_type: typing.Any) -> None:
    pass

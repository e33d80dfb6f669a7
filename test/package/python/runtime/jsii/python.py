import typing


class classproperty:
    """A property of a class: what `static` is in TypeScript."""

    def __init__(self, getter: typing.Any, setter: typing.Any = None) -> None:
        self._getter, self._setter = getter, setter

    def __get__(self, instance: typing.Any, owner: typing.Any) -> typing.Any:
        return self._getter(owner)

    def setter(self, setter: typing.Any) -> "classproperty":
        return classproperty(self._getter, setter)

    def assign(self, owner: typing.Any, value: typing.Any) -> None:
        if self._setter is None:
            raise AttributeError("cannot be set")
        self._setter(owner, value)

"""The metaclasses and decorators of generated code: they say which class is which type."""
import abc
import os
import sys
import typing

from ._kernel import ask
from ._registry import add_assembly, add_class
from .python import classproperty


class JSIIAssembly:
    @classmethod
    def load(cls, name: str, version: str, module: str, tarball: str) -> "JSIIAssembly":
        folder = os.path.dirname(sys.modules[f"{module}._jsii"].__file__ or "")
        ask("load", name=name, version=version, tarball=os.path.join(folder, tarball))
        add_assembly(name, module)
        return cls()


class JSIIMeta(type):
    def __new__(mcs, name: str, bases: typing.Any, attrs: typing.Any, *, jsii_type: typing.Optional[str] = None) -> typing.Any:
        cls = super().__new__(mcs, name, bases, attrs)
        if jsii_type is not None:
            _known(cls, jsii_type)
        return cls

    def __init__(cls, name: str, bases: typing.Any, attrs: typing.Any, **_: typing.Any) -> None:
        super().__init__(name, bases, attrs)

    def __setattr__(cls, name: str, value: typing.Any) -> None:
        prop = next((vars(each)[name] for each in cls.__mro__ if name in vars(each)), None)
        if isinstance(prop, classproperty):
            prop.assign(cls, value)
        else:
            super().__setattr__(name, value)


class JSIIAbstractClass(abc.ABCMeta, JSIIMeta):
    pass


def _known(cls: typing.Any, fqn: str) -> typing.Any:
    cls.__jsii_type__ = fqn
    add_class(fqn, cls)
    return cls


def interface(*, jsii_type: str) -> typing.Any:
    return lambda cls: _known(cls, jsii_type)


def enum(*, jsii_type: str) -> typing.Any:
    return lambda cls: _known(cls, jsii_type)


def data_type(*, jsii_type: str, jsii_struct_bases: typing.Any, name_mapping: typing.Mapping[str, str]) -> typing.Any:
    def known(cls: typing.Any) -> typing.Any:
        cls.__jsii_names__ = name_mapping
        return _known(cls, jsii_type)

    return known


def member(*, jsii_name: str) -> typing.Any:
    def named(function: typing.Any) -> typing.Any:
        function.__jsii_name__ = jsii_name
        return function

    return named


def implements(*interfaces: typing.Any) -> typing.Any:
    """Generated classes say what they implement, and that is known on the other side already."""

    def noted(cls: typing.Any) -> typing.Any:
        if "__jsii_type__" not in vars(cls):
            cls.__jsii_implements__ = interfaces
        return cls

    return noted


def proxy_for(cls: typing.Any) -> typing.Any:
    """What stands for an object of which only an abstract class or interface is known."""
    return cls.__jsii_proxy_class__()

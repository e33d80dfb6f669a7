"""Which Python class stands for which type of which assembly."""
import importlib
import typing

_modules: typing.Dict[str, str] = {}
_classes: typing.Dict[str, type] = {}


def add_assembly(name: str, module: str) -> None:
    _modules[name] = module


def add_class(fqn: str, cls: type) -> None:
    _classes[fqn] = cls


def jsii_type_of(cls: type) -> str:
    """The full name of a class, or of the nearest one that it extends."""
    fqn = getattr(cls, "__jsii_type__", None)
    if fqn is None:
        raise TypeError(f"{cls.__name__} is no class of a jsii module")
    return fqn


def class_of(fqn: str) -> typing.Any:
    """A class by its full name. Its module is imported where it has not been: a name may be received before it is used."""
    if fqn == "Object":
        return object
    if fqn not in _classes:
        assembly = fqn.split(".", 1)[0]
        module = _modules[assembly]
        submodules = getattr(importlib.import_module(f"{module}._jsii"), "_SUBMODULE_FQN_MAP", {})
        known = [name for name in submodules if fqn.startswith(f"{name}.")]
        importlib.import_module(submodules[max(known, key=len)] if known else module)
    return _classes[fqn]

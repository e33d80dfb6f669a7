"""What generated code asks of the kernel, and how values travel."""
import datetime
import enum
import typing

from ._process import Process
from ._registry import class_of, jsii_type_of

REF = "$jsii.byref"
ENUM = "$jsii.enum"
MAP = "$jsii.map"
DATE = "$jsii.date"
STRUCT = "$jsii.struct"
INTERFACES = "$jsii.interfaces"

_process: typing.Optional[Process] = None
_objects: typing.Dict[str, typing.Any] = {}


class JSIIError(Exception):
    """What JavaScript has thrown."""


def ask(api: str, **request: typing.Any) -> typing.Dict[str, typing.Any]:
    global _process
    _process = _process or Process()
    answer = _process.ask({"api": api, **request})
    if "error" in answer:
        raise JSIIError(answer["error"])
    return answer["ok"] or {}


def create(cls: type, made: typing.Any, args: typing.Sequence[typing.Any]) -> None:
    """Makes an object in the kernel.

    :raises NotImplementedError: where the app's own class overrides a method or property: this client takes no calls
    """
    fqn = jsii_type_of(cls)
    for each in cls.__mro__:
        if "__jsii_type__" in vars(each):
            break
        overridden = [name for name in vars(each) if any(hasattr(getattr(b, name, None), "__jsii_name__") for b in each.__bases__)]
        if overridden or hasattr(each, "__jsii_implements__"):
            raise NotImplementedError(f"{each.__name__} overrides {overridden}, which only the jsii package of PyPI can")
    ref = ask("create", fqn=fqn, args=[sent(arg) for arg in args], overrides=[], interfaces=[])[REF]
    made.__jsii_ref__ = ref
    _objects[ref] = made


def get(of: typing.Any, name: str) -> typing.Any:
    return received(ask("get", objref=sent(of), property=name).get("value"))


def set(of: typing.Any, name: str, value: typing.Any) -> None:
    ask("set", objref=sent(of), property=name, value=sent(value))


def invoke(of: typing.Any, name: str, args: typing.Sequence[typing.Any]) -> typing.Any:
    return received(ask("invoke", objref=sent(of), method=name, args=[sent(arg) for arg in args]).get("result"))


def sget(cls: type, name: str) -> typing.Any:
    return received(ask("sget", fqn=jsii_type_of(cls), property=name).get("value"))


def sset(cls: type, name: str, value: typing.Any) -> None:
    ask("sset", fqn=jsii_type_of(cls), property=name, value=sent(value))


def sinvoke(cls: type, name: str, args: typing.Sequence[typing.Any]) -> typing.Any:
    answer = ask("sinvoke", fqn=jsii_type_of(cls), method=name, args=[sent(arg) for arg in args])
    return received(answer.get("result"))


def sent(value: typing.Any) -> typing.Any:
    """A value as the kernel reads it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, enum.Enum):
        return {ENUM: f"{jsii_type_of(type(value))}/{value.name}"}
    if isinstance(value, datetime.datetime):
        return {DATE: value.isoformat()}
    if isinstance(value, typing.Mapping):
        return {MAP: {key: sent(each) for key, each in value.items()}}
    if isinstance(value, (list, tuple)):
        return [sent(each) for each in value]
    if hasattr(value, "__jsii_ref__"):
        return {REF: value.__jsii_ref__}
    if hasattr(type(value), "__jsii_names__"):
        data = {type(value).__jsii_names__[name]: sent(each) for name, each in value._values.items()}
        return {STRUCT: {"fqn": jsii_type_of(type(value)), "data": data}}
    raise TypeError(f"{value!r} cannot be given to JavaScript")


def received(value: typing.Any) -> typing.Any:
    """A value as the kernel wrote it."""
    if isinstance(value, list):
        return [received(each) for each in value]
    if not isinstance(value, dict):
        return value
    if ENUM in value:
        fqn, member = value[ENUM].rsplit("/", 1)
        return class_of(fqn)[member]
    if DATE in value:
        return datetime.datetime.fromisoformat(value[DATE].replace("Z", "+00:00"))
    if REF in value:
        return _object(value[REF], value.get(INTERFACES) or [])
    return {key: received(each) for key, each in value.get(MAP, value).items()}


def _object(ref: str, interfaces: typing.Sequence[str]) -> typing.Any:
    if ref in _objects:
        return _objects[ref]
    fqn = ref.rsplit("@", 1)[0]
    cls = class_of(interfaces[0] if fqn == "Object" and interfaces else fqn)
    made = object.__new__(getattr(cls, "__jsii_proxy_class__", lambda: cls)())
    made.__jsii_ref__ = ref
    if hasattr(cls, "__jsii_names__"):
        values = {name: get(made, js) for name, js in cls.__jsii_names__.items()}
        made = cls(**{name: each for name, each in values.items() if each is not None})
    _objects[ref] = made
    return made

"""The kernel's process: one JSON document a line, to its standard input and from its standard output."""
import atexit
import base64
import json
import os
import subprocess
import sys
import threading
import typing


class Process:
    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", os.environ["JSII_RUNTIME"]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        threading.Thread(target=self._forward, daemon=True).start()
        atexit.register(self._end)
        if "hello" not in self._read():
            raise RuntimeError("the jsii kernel does not greet")

    def ask(self, request: typing.Mapping[str, typing.Any]) -> typing.Dict[str, typing.Any]:
        assert self._node.stdin
        self._node.stdin.write(json.dumps(request) + "\n")
        self._node.stdin.flush()
        return self._read()

    def _read(self) -> typing.Dict[str, typing.Any]:
        assert self._node.stdout
        line = self._node.stdout.readline()
        if line == "":
            raise RuntimeError("the jsii kernel has ended")
        return json.loads(line)

    def _forward(self) -> None:
        """What JavaScript prints comes wrapped, as `{"stdout": BASE64}`."""
        for line in self._node.stderr or []:
            try:
                said = json.loads(line)
                for name in ("stdout", "stderr"):
                    getattr(sys, name).write(base64.b64decode(said.get(name, "")).decode())
            except (ValueError, AttributeError):
                sys.stderr.write(line)

    def _end(self) -> None:
        assert self._node.stdin
        self._node.stdin.write('{"exit":0}\n')
        self._node.stdin.close()
        self._node.wait()

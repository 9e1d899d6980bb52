"""Checks of modules that the host mends when they are imported. Those of faults that only Python
shows say themselves when RustPython no longer has them."""

import inspect
import os
import socket
import ssl
import struct
import sysconfig
import tempfile
import threading
import traceback
import types
import zoneinfo
from datetime import datetime
from pathlib import Path

import _socket
import _ssl
import annotated
from mends_of_classes import refused

CAN_GO = "RustPython no longer has this fault: its mend can go"
TLS = Path(__file__).parent.parent / "tls"


def fault(exception, function, *args):
    """The text of the exception that only the fault raises."""
    try:
        function(*args)
    except exception as raised:
        return str(raised)
    except Exception as raised:
        raise AssertionError(CAN_GO) from raised
    raise AssertionError(CAN_GO)


def check_annotations_fault_is_there():
    source = "class A:\n class B:\n  if 1: name: int\n"
    text = fault(SyntaxError, compile, source, "probe", "exec")
    assert "__conditional_annotations__" in text, CAN_GO


def check_annotations():
    plain = annotated.Outer.Plain
    expected = {"always": str, "reached": int, "alone": float, "tried": list, "looped": set}
    assert plain.__annotations__ == expected, plain.__annotations__
    assert plain.reached == 1 and plain.tried == [1] and not hasattr(plain, "missed")
    assert plain.__doc__ == "The inner docstring."
    assert annotated.Outer.__doc__ == "The outer docstring."
    assert "__conditional_annotations__" not in vars(annotated)
    inner = annotated.Outer().method()
    assert inner.__annotations__ == {"local": tuple, "parameter": inner.__type_params__[0]}


def check_annotations_keep_lines():
    method = annotated.Outer.Plain.fail
    source = Path(annotated.__file__).read_text(encoding="utf-8").splitlines()
    assert source[method.__code__.co_firstlineno - 1].strip() == "def fail(self):"
    assert "return self.reached / 0" in inspect.getsource(method)
    try:
        annotated.Outer.Plain().fail()
    except ZeroDivisionError as raised:
        last = traceback.extract_tb(raised.__traceback__)[-1]
    assert source[last.lineno - 1].strip() == last.line == "return self.reached / 0"


def check_comments_fault_is_there():
    text = fault(SyntaxError, compile, "f(\n    a=1  # for b\n)\n", "probe", "exec")
    assert "Maybe you meant '=='" in text, CAN_GO


def check_comments():
    import commented

    assert commented.MODULES == {
        "first": "a # for b",
        "second": 1,
        "third": {"inner": 3},
        "fourth": "4#it's # no comment",
    }
    assert "# for the one" in inspect.getsource(commented)
    try:
        commented.fail()
    except ZeroDivisionError as raised:
        last = traceback.extract_tb(raised.__traceback__)[-1]
    assert last.line == "), 1 / 0  # for the line"


def check_syntax_errors_stay():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "broken.py")
        Path(path).write_text("x = 1  # for\ny = (\n", encoding="utf-8")
        loader = annotated.__loader__.__class__("broken", path)
        try:
            loader.exec_module(types.ModuleType("broken"))
        except SyntaxError as raised:
            assert raised.filename == path and raised.lineno == 2
        else:
            raise AssertionError("no SyntaxError")


def check_recvmsg_into():
    assert not hasattr(_socket.socket, "recvmsg_into"), CAN_GO
    one, other = socket.socketpair()
    with one, other:
        other.sendall(b"abcdef")
        first, second, third = bytearray(2), bytearray(3), bytearray(3)
        length, ancillary, flags, _ = one.recvmsg_into([first, memoryview(second), third])
        assert (length, ancillary, flags) == (6, [], 0)
        assert (first, second, third) == (b"ab", b"cde", b"f\0\0")
        assert "read-write" in refused(TypeError, one.recvmsg_into, [b"constant"])


def zone_file(offset):
    """A zone with one offset, as RFC 8536 has it."""
    header = struct.pack(">4sc15x6l", b"TZif", b"1", 0, 0, 0, 0, 1, 4)
    return header + struct.pack(">lbb", offset, 0, 0) + b"TST\0"


def check_zones():
    assert not sysconfig.get_config_var("TZPATH"), CAN_GO
    from _ferroflex_mend import zones

    there = [folder for folder in zones.FOLDERS if os.path.isdir(folder)]
    assert list(zoneinfo.TZPATH) == there, zoneinfo.TZPATH
    known = zones.FOLDERS
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Probe").write_bytes(zone_file(3600))
        zoneinfo.reset_tzpath(to=())
        zones.FOLDERS = (folder,)
        zones.mend(zoneinfo)
        assert zoneinfo.TZPATH == (folder,)
        assert datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo("Probe")).utcoffset().seconds == 3600
        zones.FOLDERS = (os.path.join(folder, "missing"),)
        zoneinfo.reset_tzpath(to=())
        zones.mend(zoneinfo)
        text = refused(zoneinfo.ZoneInfoNotFoundError, zoneinfo.ZoneInfo, "No/Where")
        assert "no time zone 'No/Where'" in text and "tzdata" in text, text
    zones.FOLDERS = known
    zoneinfo.reset_tzpath(to=there)


def serve(listener):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    connection, _ = listener.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.sendall(b"echo of " + secured.recv(100))
    except ssl.SSLError:
        connection.close()


def connected(context):
    """What a server answers on a connection of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=30) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as secured:
                    secured.sendall(b"hello")
                    return secured.recv(100), secured.version()
        finally:
            server.join()


def check_certificates_by_path():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    raw = _ssl._SSLContext.load_cert_chain
    assert "str or bytes" in fault(TypeError, raw, context, TLS / "certificate.pem"), CAN_GO
    context.load_cert_chain(TLS / "certificate.pem", keyfile=TLS / "key.pem")
    context.load_cert_chain(str(TLS / "certificate.pem"), str(TLS / "key.pem"), None)
    refused(FileNotFoundError, context.load_cert_chain, TLS / "missing.pem")
    ssl.create_default_context(cafile=TLS / "certificate.pem")


def check_tls():
    trusting = ssl.create_default_context(cafile=TLS / "certificate.pem")
    assert connected(trusting) == (b"echo of hello", "TLSv1.3")
    refused(ssl.SSLCertVerificationError, connected, ssl.create_default_context())
    assert len(ssl.RAND_bytes(16)) == 16

"""The relay speaks https with files it is given, and says in a sentence when it cannot."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from pathlib import Path

import pytest

from console.relay import cli
from console.relay.process import ExitCode
from console.relay.tls import Certificate, CertificateTrouble

FILES = Path(__file__).parents[2] / "helpers" / "tls"
GOOD = (FILES / "certificate.pem", FILES / "key.pem")


def refusal(certificate: Path, key: Path) -> str:
    with pytest.raises(CertificateTrouble) as caught:
        Certificate(certificate, key)
    return str(caught.value)


def test_a_certificate_serves_connections_that_check_it():
    async def talk() -> str:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"over TLS\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=Certificate(*GOOD).context)
        async with server:
            port = server.sockets[0].getsockname()[1]
            trusting = ssl.create_default_context(cafile=str(GOOD[0]))
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting)
            said = (await reader.readline()).decode()
            writer.close()
            await writer.wait_closed()
            return said

    assert asyncio.run(talk()) == "over TLS\n"


def test_a_missing_file_is_named(tmp_path):
    said = refusal(tmp_path / "shop.pem", GOOD[1])
    assert said == f"{tmp_path / 'shop.pem'} cannot be read: No such file or directory."


def test_a_key_of_another_certificate_is_said():
    assert refusal(GOOD[0], FILES / "other-key.pem").endswith("do not belong together.")


def test_a_locked_key_is_said_and_no_terminal_is_asked():
    assert "locked with a password" in refusal(GOOD[0], FILES / "locked-key.pem")


def test_a_file_that_is_no_certificate_is_said(tmp_path):
    file = tmp_path / "certificate.pem"
    file.write_text("not a certificate")
    assert "no PEM certificate" in refusal(file, GOOD[1])


def test_a_renewed_certificate_is_taken_up_and_a_spoilt_one_is_not(tmp_path):
    certificate, key = (Path(shutil.copy(file, tmp_path)) for file in GOOD)
    held = Certificate(certificate, key)
    assert held.renew() is False
    certificate.write_bytes(GOOD[0].read_bytes() + b"\n")
    assert held.renew() is True
    shutil.copy(FILES / "other-key.pem", key)
    with pytest.raises(CertificateTrouble):
        held.renew()
    shutil.copy(GOOD[1], key)
    key.write_bytes(key.read_bytes() + b"\n")
    assert held.renew() is True


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--tls-certificate", str(GOOD[0])], "name both files"),
        (["--tls-certificate", "missing.pem", "--tls-key", str(GOOD[1])], "missing.pem cannot"),
        (
            ["--tls-certificate", str(GOOD[0]), "--tls-key", str(FILES / "other-key.pem")],
            "do not belong together",
        ),
    ],
)
def test_a_relay_that_cannot_speak_https_does_not_start(tmp_path, capsys, options, sentence):
    code = cli.main(["--data", str(tmp_path), "--host", "127.0.0.1", "--port", "0", *options])
    said = capsys.readouterr().err
    assert code == ExitCode.SETTINGS
    assert said.startswith("hanger: https is not possible: ")
    assert sentence in said
    assert said.count("\n") == 1

"""The relay's certificate: from two PEM files to what the port speaks TLS with.

Standard library only.  Knows files, not connections; what is renewed on disk while the relay
runs is taken up for the connections that come after it.
"""

from __future__ import annotations

import ssl
from pathlib import Path


class CertificateTrouble(Exception):  # noqa: N818 - read as a sentence by callers
    """The certificate cannot be used; the text is one sentence for a person."""


class Certificate:
    """A certificate chain with its private key, as PEM files.

    Attributes:
        context: for ``ssl=`` of a listening socket; renewed in place by ``renew``.
    """

    def __init__(self, certificate: Path, key: Path) -> None:
        """Raises ``CertificateTrouble``."""
        self._files = (certificate.expanduser(), key.expanduser())
        self._stamps = self._look()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        # Websockets are HTTP/1.1; a browser that is offered nothing else asks for nothing else.
        self.context.set_alpn_protocols(["http/1.1"])
        self._load(self.context)

    def renew(self) -> bool:
        """Take up files that were replaced; whether there were any.

        Raises ``CertificateTrouble``; the certificate from before then stays in use.
        """
        stamps = self._look()
        if stamps == self._stamps:
            return False
        # Tried on the side first: half a renewal must not spoil what works.
        self._load(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
        self._load(self.context)
        self._stamps = stamps
        return True

    def _look(self) -> tuple[tuple[int, int], ...]:
        """What changes when a file is replaced; raises ``CertificateTrouble``."""
        found = []
        for file in self._files:
            try:
                with file.open("rb"):
                    state = file.stat()
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise CertificateTrouble(f"{file} cannot be read: {reason}.") from error
            found.append((state.st_mtime_ns, state.st_size))
        return tuple(found)

    def _load(self, context: ssl.SSLContext) -> None:
        certificate, key = self._files

        def no_password() -> str:
            raise CertificateTrouble(
                f"{key} is locked with a password; the relay needs a key without one."
            )

        try:
            context.load_cert_chain(certificate, key, no_password)
        except ssl.SSLError as error:
            raise CertificateTrouble(self._sentence(error)) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CertificateTrouble(f"{certificate} cannot be read: {reason}.") from error

    def _sentence(self, error: ssl.SSLError) -> str:
        certificate, key = self._files
        if error.reason == "KEY_VALUES_MISMATCH":
            return f"{certificate} and {key} do not belong together."
        return (
            f"{certificate} and {key} are no PEM certificate with its private key "
            f"({error.reason or 'unreadable'})."
        )

"""The request for a timestamp: the bytes of RFC 3161, read and answered by OpenSSL."""

import hashlib
import shutil
import subprocess

import pytest

from armstrace.export.timestamp import timestamp_request

DATA = b"abc"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, B.1
# TimeStampReq ::= SEQUENCE { version 1, messageImprint { sha256 with NULL parameters, the hash }, certReq TRUE }
EXPECTED = f"3039 020101 3031 300d 0609 608648016503040201 0500 0420 {ABC} 0101ff".replace(" ", "")
CONFIG = """
[ tsa ]
default_tsa = one
[ one ]
dir = .
serial = serial
crypto_device = builtin
signer_cert = cert.pem
certs = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


def test_it_is_what_the_standard_says():
    assert hashlib.sha256(DATA).hexdigest() == ABC
    assert timestamp_request(ABC).hex() == EXPECTED


@pytest.mark.parametrize("wrong", ["", "abc", ABC[:-2], ABC + "00", "zz" * 32])
def test_what_is_no_hash(wrong):
    with pytest.raises(ValueError, match="hexadecimal"):
        timestamp_request(wrong)


@pytest.fixture
def openssl(tmp_path):
    """Return what runs OpenSSL in a folder where the data and the request lie."""
    program = shutil.which("openssl")
    if not program:
        pytest.skip("no openssl is installed")
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "request.tsq").write_bytes(timestamp_request(ABC))

    def run(*words):
        done = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_openssl_reads_it(openssl, tmp_path):
    told = openssl("ts", "-query", "-in", "request.tsq", "-text")
    for words in ("Version: 1", "Hash Algorithm: sha256", "Nonce: unspecified", "Certificate required: yes"):
        assert words in told
    openssl("ts", "-query", "-data", "data", "-sha256", "-no_nonce", "-cert", "-out", "own.tsq")
    assert (tmp_path / "own.tsq").read_bytes() == (tmp_path / "request.tsq").read_bytes()


def test_a_service_answers_it_and_the_answer_holds(openssl, tmp_path):
    (tmp_path / "tsa.cnf").write_text(CONFIG, "ascii")
    (tmp_path / "serial").write_text("01\n", "ascii")
    subject = ("-subj", "/CN=A service", "-addext", "extendedKeyUsage=critical,timeStamping")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", *subject)
    asked = ("-queryfile", "request.tsq", "-out", "answer.tsr", "-config", "tsa.cnf", "-section", "one")
    openssl("ts", "-reply", *asked)
    told = openssl("ts", "-verify", "-in", "answer.tsr", "-data", "data", "-CAfile", "cert.pem")
    assert "Verification: OK" in told

"""Which addresses are connected to: spellings, networks, names. Nothing here touches a network."""

from __future__ import annotations

import ipaddress

import pytest
from loopback_site import PUBLIC, Wires

from armstrace.fetch.address import follow, parse_address
from armstrace.fetch.client import fetch
from armstrace.fetch.fetched import FetchError, FetchOptions, Limits
from armstrace.fetch.guard import CLOSED, METADATA, check_address, closed_reason

NO_ADDRESS = r"no http or https address|names no host"
ONCE = FetchOptions(Limits(attempts=1))

# What is refused as it is spelt: no name is looked up.
MISSPELT = {
    "no scheme": ("outlet.example/page", NO_ADDRESS),
    "empty": ("", NO_ADDRESS),
    "file": ("file:///etc/passwd", NO_ADDRESS),
    "ftp": ("ftp://outlet.example/", NO_ADDRESS),
    "gopher": ("gopher://127.0.0.1:6379/_FLUSHALL", NO_ADDRESS),
    "data": ("data:text/html,hello", NO_ADDRESS),
    "javascript": ("javascript:alert(1)", NO_ADDRESS),
    "scheme in a scheme": ("view-source:http://outlet.example/", NO_ADDRESS),
    "no slashes": ("http:outlet.example", NO_ADDRESS),
    "one slash": ("http:/outlet.example", NO_ADDRESS),
    "three slashes": ("http:///outlet.example", NO_ADDRESS),
    "backslashes for slashes": ("http:\\\\outlet.example", NO_ADDRESS),
    "no host": ("http://", NO_ADDRESS),
    "port without host": ("http://:80/", "no valid host name"),
    "user": ("http://outlet.example@127.0.0.1/", "user name or password"),
    "user and password": ("http://a:b@outlet.example/", "user name or password"),
    "empty user": ("http://@outlet.example/", "user name or password"),
    "backslash before an at": ("http://outlet.example\\@127.0.0.1/", "user name or password"),
    "backslash in the host": ("http://outlet.example\\.evil.example/", "backslash"),
    "encoded dot": ("http://127%2e0.0.1/", "percent sign"),
    "encoded letters": ("http://%6c%6f%63alhost/", "percent sign"),
    "zone of an interface": ("http://[fe80::1%25eth0]/", "percent sign"),
    "blank in the host": ("http://outlet.example .evil.example/", "blank"),
    "line break in the host": ("http://outlet.example\r\nX: y/", "blank|unseen"),
    "line break in the path": ("http://outlet.example/a\r\nHost: evil.example", "line break"),
    "tab in the query": ("http://outlet.example/?a=\tb", "control character"),
    "null byte": ("http://outlet.example\x00.evil.example/", "unseen"),
    "zero-width space": ("http://outlet\u200b.example/", "unseen"),
    "right-to-left override": ("http://outlet\u202e.example/", "unseen"),
    "one decimal number": ("http://2130706433/", "number for a host"),
    "one hexadecimal number": ("http://0x7f000001/", "number for a host"),
    "octal parts": ("http://0177.0.0.1/", "number for a host"),
    "hexadecimal parts": ("http://0x7f.0x0.0x0.0x1/", "number for a host"),
    "two parts": ("http://127.1/", "number for a host"),
    "three parts": ("http://127.0.1/", "number for a host"),
    "five parts": ("http://1.2.3.4.5/", "number for a host"),
    "part too large": ("http://1.2.3.256/", "number for a host"),
    "leading zeros": ("http://127.000.000.001/", "number for a host"),
    "name that ends in a number": ("http://outlet.0x7f/", "number for a host"),
    "bare 0x": ("http://0x/", "number for a host"),
    "two trailing dots": ("http://outlet.example../", "no valid host name"),
    "empty label": ("http://outlet..example/", "no valid host name"),
    "label with a hyphen at its end": ("http://outlet-.example/", "no valid host name"),
    "label too long": (f"http://{'a' * 64}.example/", "no valid host name"),
    "name too long": (f"http://{'a.' * 130}example/", "no valid host name"),
    "brackets without end": ("http://[2606:4700::1/", "IPv6"),
    "brackets around a name": ("http://[outlet.example]/", "IPv6"),
    "future address": ("http://[v1.a]/", "IPv6"),
    "port zero": ("http://outlet.example:0/", "no port"),
    "port too high": ("http://outlet.example:65536/", "no port"),
    "port with leading zeros": ("http://outlet.example:000080/", "no port"),
    "port in other digits": ("http://outlet.example:٨٠/", "no port"),
    "two ports": ("http://outlet.example:80:90/", "no valid host name"),
    "wide colon": ("http://outlet.example：80/", "no valid host name"),
    "half a character": ("http://outlet.example/\ud800", "control character"),
    "too long": ("http://outlet.example/" + "a" * 9000, "longer than"),
}


@pytest.mark.parametrize(("text", "said"), MISSPELT.values(), ids=MISSPELT)
def test_a_doubtful_spelling_is_refused_before_any_name_is_looked_up(text, said):
    wires = Wires()
    with pytest.raises(FetchError, match=said) as caught:
        fetch(text, options=ONCE, network=wires.network())
    assert (wires.resolved, wires.connected) == ([], [])
    assert str(caught.value).isascii()
    assert str(caught.value).isprintable()


# What is connected to nowhere although it is well spelt.
CLOSED_TO_US = {
    "loopback": ("http://127.0.0.1/", "this machine"),
    "other loopback": ("http://127.8.9.10/", "this machine"),
    "loopback with a dot": ("http://127.0.0.1./", "this machine"),
    "loopback in wide digits": ("http://１２７.０.０.１/", "this machine"),
    "loopback in circled digits": ("http://①②⑦.⓪.⓪.①/", "this machine"),
    "loopback with ideographic full stops": ("http://127。0。0。1/", "this machine"),
    "IPv6 loopback": ("http://[::1]/", "this machine"),
    "IPv6 loopback, long": ("http://[0:0:0:0:0:0:0:1]/", "this machine"),
    "no address": ("http://0.0.0.0/", "no address of a machine"),
    "no IPv6 address": ("http://[::]/", "no address of the public"),
    "private 10": ("http://10.0.0.1/", "private"),
    "private 172.16": ("http://172.16.0.1/", "private"),
    "private 172.31": ("http://172.31.255.254/", "private"),
    "private 192.168": ("http://192.168.1.1/", "private"),
    "shared by a provider": ("http://100.64.0.1/", "shared"),
    "end of the shared": ("http://100.127.255.255/", "shared"),
    "link-local": ("http://169.254.1.1/", "link-local"),
    "IPv6 link-local": ("http://[fe80::1]/", "link-local"),
    "IPv6 site-local": ("http://[fec0::1]/", "no address of the public"),
    "unique local": ("http://[fd12:3456::1]/", "private"),
    "protocols": ("http://192.0.0.8/", "reserved for protocols"),
    "documentation 1": ("http://192.0.2.1/", "documentation"),
    "documentation 2": ("http://198.51.100.1/", "documentation"),
    "documentation 3": ("http://203.0.113.1/", "documentation"),
    "IPv6 documentation": ("http://[2001:db8::1]/", "documentation"),
    "new IPv6 documentation": ("http://[3fff::1]/", "documentation"),
    "benchmarks": ("http://198.18.0.1/", "benchmarks"),
    "multicast": ("http://224.0.0.1/", "multicast"),
    "organisation's multicast": ("http://239.255.255.250/", "multicast"),
    "IPv6 multicast": ("http://[ff02::1]/", "no address of the public"),
    "reserved": ("http://240.0.0.1/", "reserved"),
    "broadcast": ("http://255.255.255.255/", "reserved"),
    "6to4 relay": ("http://192.88.99.1/", "6to4"),
    "mapped loopback": ("http://[::ffff:127.0.0.1]/", "no address of the public"),
    "mapped private": ("http://[::ffff:a00:1]/", "no address of the public"),
    "mapped public": ("http://[::ffff:93.184.216.34]/", "no address of the public"),
    "compatible": ("http://[::127.0.0.1]/", "no address of the public"),
    "translated by SIIT": ("http://[::ffff:0:7f00:1]/", "no address of the public"),
    "NAT64 of loopback": ("http://[64:ff9b::7f00:1]/", "this machine, translated"),
    "NAT64 of private": ("http://[64:ff9b::10.0.0.1]/", "private address, translated"),
    "NAT64 of metadata": ("http://[64:ff9b::a9fe:a9fe]/", "metadata.*translated"),
    "local NAT64": ("http://[64:ff9b:1::7f00:1]/", "no address of the public"),
    "6to4 of private": ("http://[2002:a00:1::]/", "6to4"),
    "6to4 of loopback": ("http://[2002:7f00:1::1]/", "6to4"),
    "Teredo": ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "protocols"),
    "ORCHID": ("http://[2001:20::1]/", "protocols"),
    "discard": ("http://[100::1]/", "no address of the public"),
    "segment routing": ("http://[5f00::1]/", "no address of the public"),
    "metadata": ("http://169.254.169.254/latest/meta-data/", "metadata"),
    "metadata of containers": ("http://169.254.170.2/v2/credentials", "metadata"),
    "metadata, IPv6": ("http://[fd00:ec2::254]/", "metadata"),
    "metadata, IPv6, another cloud": ("http://[fd20:ce::254]/", "metadata"),
    "metadata in the shared network": ("http://100.100.100.200/", "metadata"),
    "metadata among protocols": ("http://192.0.0.192/", "metadata"),
    "metadata at an address that looks public": ("http://168.63.129.16/", "host agent"),
    "metadata by name": ("http://metadata.google.internal/computeMetadata/v1/", "metadata"),
    "metadata by name with a dot": ("http://METADATA.google.internal./", "metadata"),
    "metadata by short name": ("http://metadata/", "metadata"),
    "localhost": ("http://localhost/", "this machine"),
    "localhost in capitals": ("http://LOCALHOST:8080/", "this machine"),
    "localhost with a dot": ("http://localhost./", "this machine"),
    "localhost in circled letters": ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "this machine"),
    "below localhost": ("http://db.localhost/", "this machine"),
    "local domain": ("http://host.localdomain/", "this machine"),
}


@pytest.mark.parametrize(("text", "said"), CLOSED_TO_US.values(), ids=CLOSED_TO_US)
def test_a_closed_address_is_never_connected_to(text, said):
    wires = Wires()
    with pytest.raises(FetchError, match=said):
        fetch(text, options=ONCE, network=wires.network())
    assert (wires.resolved, wires.connected) == ([], [])


# Names and where they lead: one closed address closes the name.
LEADS_TO = {
    "loopback": ("127.0.0.1",),
    "private": ("10.1.2.3",),
    "metadata": ("169.254.169.254",),
    "loopback after a public one": (PUBLIC, "127.0.0.1"),
    "public after a private one": ("192.168.0.1", PUBLIC),
    "private IPv6 beside public IPv4": (PUBLIC, "fd00::1"),
    "mapped": ("::ffff:10.0.0.1",),
    "translated private": ("64:ff9b::c0a8:1",),
    "link-local with its zone": ("fe80::1%eth0",),
    "shared": ("100.64.1.1",),
    "no address at all": ("not-an-address",),
}


@pytest.mark.parametrize("leads", LEADS_TO.values(), ids=LEADS_TO)
def test_a_name_is_judged_by_all_its_addresses(leads):
    wires = Wires(names={"outlet.example": leads})
    with pytest.raises(FetchError, match=r"outlet\.example leads to"):
        fetch("http://outlet.example/", options=ONCE, network=wires.network())
    assert wires.connected == []


OPEN = {
    "public IPv4": ("http://93.184.216.34/a", ("93.184.216.34",)),
    "public IPv6": ("http://[2606:4700::1111]/", ("2606:4700::1111",)),
    "IPv6 in long spelling": ("http://[2606:4700:0:0:0:0:0:1111]/", ("2606:4700::1111",)),
    "beside the private": ("http://172.32.0.1/", ("172.32.0.1",)),
    "beside the shared": ("http://100.128.0.1/", ("100.128.0.1",)),
    "NAT64 of public": ("http://[64:ff9b::5db8:d822]/", ("64:ff9b::5db8:d822",)),
    "name": ("https://outlet.example/", (PUBLIC,)),
    "name with a dot": ("https://outlet.example./", (PUBLIC,)),
    "name in another script": ("https://вісник.example/", (PUBLIC,)),
    "name with an underscore": ("https://news_desk.example/", (PUBLIC,)),
    "name that holds a number": ("https://24.example/", (PUBLIC,)),
}


@pytest.mark.parametrize(("text", "ips"), OPEN.values(), ids=OPEN)
def test_public_addresses_are_open(text, ips):
    assert check_address(parse_address(text), Wires().resolve) == ips


@pytest.mark.parametrize(
    "text",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://[fd00::1]/", "http://localhost:8000/"],
)
def test_private_addresses_are_opened_on_demand(text):
    wires = Wires(names={"localhost": ("127.0.0.1", "::1")})
    with pytest.raises(FetchError, match="If you mean it: --allow-private"):
        check_address(parse_address(text), wires.resolve)
    assert check_address(parse_address(text), wires.resolve, allow_private=True)


@pytest.mark.parametrize("row", METADATA, ids=lambda row: str(row.network))
def test_metadata_stays_closed_whatever_is_allowed(row):
    assert closed_reason(row.network[0], allow_private=True)


def test_what_is_no_address_of_a_machine_stays_closed_whatever_is_allowed():
    for text in ("0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "::ffff:127.0.0.1"):  # noqa: S104
        assert closed_reason(ipaddress.ip_address(text), allow_private=True), text


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: str(row.network))
def test_networks_are_closed_from_end_to_end(row):
    assert closed_reason(row.network[0], allow_private=False)
    assert closed_reason(row.network[-1], allow_private=False)


SPELLINGS = {
    " https://Outlet.Example:443/A b?q=é#part \n": "https://outlet.example/A%20b?q=%C3%A9",
    "http://outlet.example:8080": "http://outlet.example:8080/",
    "http://outlet.example?q=1": "http://outlet.example/?q=1",
    "http://outlet.example/a/../b/./c/..": "http://outlet.example/b/",
    "http://outlet.example/../../x": "http://outlet.example/x",
    "http://outlet.example/100%25/%e2%82%ac": "http://outlet.example/100%25/%e2%82%ac",
    "http://bücher.example/": "http://xn--bcher-kva.example/",
    "HTTPS://[2606:4700:0::1111]:8443/": "https://[2606:4700::1111]:8443/",
    "http://outlet.example/a\\b": "http://outlet.example/a%5Cb",
}


@pytest.mark.parametrize(("text", "canonical"), SPELLINGS.items())
def test_an_address_has_one_spelling(text, canonical):
    assert str(parse_address(text)) == canonical
    assert str(parse_address(canonical)) == canonical


LOCATIONS = {
    "/b": "https://outlet.example/b",
    "b?x=1": "https://outlet.example/news/b?x=1",
    "../b": "https://outlet.example/b",
    "//other.example/b": "https://other.example/b",
    "?page=2": "https://outlet.example/news/a?page=2",
    "http://other.example": "http://other.example/",
    "/é": "https://outlet.example/%C3%A9",
}


@pytest.mark.parametrize(("location", "there"), LOCATIONS.items())
def test_a_location_is_joined_to_where_it_was_said(location, there):
    assert str(follow(parse_address("https://outlet.example/news/a"), location)) == there


@pytest.mark.parametrize(
    "location",
    [
        "\\\\evil.example/",
        "/\\evil.example/",
        "http://a@b/",
        "file:///etc/passwd",
        "//[::1",
        "/a\tb",
        "mailto:a@b.example",
    ],
)
def test_a_location_that_leads_nowhere_certain_is_refused(location):
    with pytest.raises(FetchError):
        follow(parse_address("https://outlet.example/news/a"), location)

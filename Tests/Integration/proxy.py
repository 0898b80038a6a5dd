"""nginx and Caddy in front, with the configurations that the package brings: WebSockets, addresses, TLS."""

import asyncio
import json
import pathlib
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "EndToEndTests/Emulator"), str(HERE.parent / "EndToEndTests/Contract")]

import servers  # noqa: E402
import websockets  # noqa: E402

DEBIAN = ["nginx-light", "caddy", "openssl", "python3-websockets", "python3-cryptography"]
PYPI = []
PROXY = HERE.parent.parent / "assets/proxy"
NAME = "pixelwars.example.org"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def certificate(scratch):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},DNS:localhost", "-keyout", scratch / "key.pem", "-out",
         scratch / "cert.pem"], check=True, capture_output=True)


def nginx(scratch, server_port, http, https):
    """The documented file with this machine's ports and certificate in place of a host's, under a bare nginx.conf."""
    text = (PROXY / "nginx.conf").read_text()
    for old, new in [
        ("127.0.0.1:8080", f"127.0.0.1:{server_port}"), ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"), ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""), (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", f"{scratch}/cert.pem"),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", f"{scratch}/key.pem"),
    ]:
        assert old in text, old
        text = text.replace(old, new)
    places = "".join(
        f"{name}_temp_path {scratch}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    (scratch / "site.conf").write_text(text)
    (scratch / "nginx.conf").write_text(
        f"daemon off;\npid {scratch}/nginx.pid;\nerror_log {scratch}/error.log;\nworker_processes 1;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}include {scratch}/site.conf;\n}}\n")
    command = ["/usr/sbin/nginx", "-p", scratch, "-c", scratch / "nginx.conf", "-e", scratch / "error.log"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", https)).close()
            return process
        except OSError:
            assert time.monotonic() < end and process.poll() is None, (scratch / "error.log").read_text()
            time.sleep(0.05)


def trusted(scratch):
    return ssl.create_default_context(cafile=scratch / "cert.pem")


def redirects(http):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        urllib.request.build_opener(Stay).open(f"http://localhost:{http}/healthz")
    except urllib.error.HTTPError as answer:
        assert answer.code == 301 and answer.headers["Location"].startswith("https://localhost"), answer.headers
        return
    raise AssertionError("plain HTTP was answered")


def guest(url, context, address=None):
    """Asks for a guest's token; gives the status and the answer."""
    fields = {"Content-Type": "application/json"}
    if address:
        fields["X-Forwarded-For"] = address
    request = urllib.request.Request(url + "/api/auth/guest", b"{}", fields)
    try:
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


async def watches(url, context, token):
    """A WebSocket through the proxy: the welcome comes, a heartbeat is answered."""
    async with websockets.connect(
            url.replace("https", "wss") + "/ws", ssl=context, extra_headers={"Authorization": f"Bearer {token}"},
            subprotocols=["pixelwars.v1.json"], compression=None) as one:
        assert json.loads(await asyncio.wait_for(one.recv(), 30))["type"] == "welcome"
        await one.send('{"type":"heartbeat","id":1}')
        while json.loads(await asyncio.wait_for(one.recv(), 30)).get("reply_to") != 1:
            pass


def plays(build, scratch, url):
    """The project's own bot through TLS: sign-in by a key whose signature names the proxy's host, pixels, and all durable."""
    lines = ['{"type":"play","id":1}'] + [
        f'{{"type":"place","id":{x + 2},"x":{x},"y":3,"color":5}}' for x in range(10)]
    said = subprocess.run(
        [build / "pixelwars-bot", "--pace", "8", url], input="\n".join(lines), text=True, capture_output=True, timeout=120,
        env={"XDG_STATE_HOME": str(scratch / "bot"), "SSL_CERT_FILE": str(scratch / "cert.pem"), "PATH": "/usr/bin:/bin"})
    assert said.returncode == 0, said.stderr
    assert said.stdout.count('"placed"') == 10, said.stdout


def main(build, scratch):
    certificate(scratch)
    http, https = free_port(), free_port()
    url = f"https://localhost:{https}"
    context = trusted(scratch)
    with servers.Server(
            str(build), "--canvas", "64x48", "--trust-proxy", "127.0.0.1", "--guest-rate", "0.001:3", "--public-host",
            f"localhost:{https}") as server:
        port = server.url.split(":")[-1]
        proxy = nginx(scratch, port, http, https)
        try:
            redirects(http)
            plays(build, scratch, url)
            status, answer = guest(url, context)
            assert status == 200, answer
            asyncio.run(watches(url, context, answer["token"]))
            # Whatever a client claims of its address, nginx says what it sees: one address, one limit.
            statuses = [guest(url, context, address=f"192.0.2.{number}")[0] for number in range(4)]
            assert statuses == [200, 200, 429, 429], statuses
            # What the proxy itself forwards counts: other addresses are others.
            plain = f"http://127.0.0.1:{port}"
            assert [guest(plain, None, f"192.0.2.{number}")[0] for number in range(4)] == [200] * 4
            assert [guest(plain, None, "192.0.2.9")[0] for _ in range(4)] == [200, 200, 200, 429]
            big = urllib.request.Request(url + "/api/feedback", b"x" * 70_000, {"Content-Type": "application/json"})
            try:
                urllib.request.urlopen(big, context=context)
                raise AssertionError("a large body passed")
            except urllib.error.HTTPError as refused:
                assert refused.code == 413, refused.code
        finally:
            proxy.terminate()
            proxy.wait(20)
    checked = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", PROXY / "Caddyfile"], text=True, capture_output=True)
    assert checked.returncode == 0 and "Valid configuration" in checked.stdout + checked.stderr, checked.stderr
    formatted = subprocess.run(["caddy", "fmt", PROXY / "Caddyfile"], text=True, capture_output=True).stdout
    assert formatted == (PROXY / "Caddyfile").read_text()
    caddy(build, scratch)


def caddy(build, scratch):
    """The documented file, on loopback and without TLS: a WebSocket passes, and the address is the client's."""
    with servers.Server(
            str(build), "--canvas", "64x48", "--trust-proxy", "127.0.0.1", "--guest-rate", "0.001:3") as server:
        port = free_port()
        text = (PROXY / "Caddyfile").read_text().replace("127.0.0.1:8080", server.url.split("//")[1])
        text = text.replace(f"{NAME} {{", f"http://127.0.0.1:{port} {{")
        assert str(port) in text
        (scratch / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
        proxy = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", scratch / "Caddyfile"],
            env={"HOME": str(scratch), "PATH": "/usr/bin:/bin"}, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 20
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    assert time.monotonic() < end and proxy.poll() is None
                    time.sleep(0.05)
            url = f"http://127.0.0.1:{port}"
            plays(build, scratch / "caddy", url)
            statuses = [guest(url, None, address=f"192.0.2.{number}")[0] for number in range(4)]
            assert statuses == [200, 200, 200, 429], statuses
        finally:
            proxy.terminate()
            proxy.wait(20)

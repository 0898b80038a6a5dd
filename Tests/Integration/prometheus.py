"""Metrics by a real Prometheus: names and forms, every metric that dashboard and rules name, and the rules themselves."""
import asyncio
import json
import pathlib
import re
import socket
import subprocess
import time
import urllib.parse
import urllib.request

import _servers
from _servers import FREE, Running, wait_until
from client import Account, Guest, Socket

DEBIAN = ["prometheus", "python3-websockets", "python3-cryptography"]

ASSETS = pathlib.Path(__file__).resolve().parent.parent.parent / "assets"
NAMES = re.compile(r"\b(?:pixelwars|process)_[a-z0-9_]+")


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


async def play(server):
    """A little of everything that is counted: pixels, refusals, clicks, a relay, a run, guests."""
    ada, guest = Account(server, name="Ada"), Guest(server)
    async with Socket(server, ada.access, "?play=1") as player:
        await player.message("status", status="playing")
        for number in range(300):
            answer = await player.say("place", x=number % 100, y=number // 100, color=number % 32)
            assert answer["type"] == "placed"
        await player.say("undo")
        assert (await player.say("place", x=-1, y=0, color=1))["code"] == "out_of_bounds"
        pushed = await player.say("push_clicks", clicks=[3, 4], batch_id="one")
        assert pushed["type"] == "clicks_accepted", pushed
        assert (await player.say("push_clicks", clicks=[3], batch_id="two"))["code"] == "push_too_soon"
        assert (await player.say("start_run", game="dot"))["type"] == "run_started"
    for path in ["/api/canvas.png", "/ansi", "/api/leaderboards/pixels"]:
        assert server.get(path).status == 200, path
    server.post("/api/push_clicks", {"clicks": [2]}, token=guest.access)
    relay = server.post("/api/relays", {}, token=ada.access).json
    async with Socket(server, guest.access) as watcher:
        await watcher.say("join", relay_id=relay["relay_id"])
        ada.take(ada.refresh())


def sample_names(page):
    """The metrics of a page, the parts of histograms among them."""
    return set(re.findall(r"^([a-z_0-9]+)(?:\{| )", page, re.MULTILINE))


def told_by_name(page):
    """Every metric that the dashboard and the rules name is there, and has a sample."""
    there = sample_names(page)
    for file in ["grafana/pixelwars.json", "prometheus/alerts.yml"]:
        named = set(NAMES.findall((ASSETS / file).read_text()))
        assert len(named) > 8 and named <= there, (file, sorted(named - there))
    dashboard = json.loads((ASSETS / "grafana/pixelwars.json").read_text())
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    shown = set(NAMES.findall(" ".join(expressions)))
    bare = {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}
    missing = {re.sub(r"_(bucket|sum|count)$", "", name) for name in there if name.startswith("pixelwars_")} - bare
    assert missing <= {"pixelwars_build_info"} | {"pixelwars_guests", "pixelwars_watched_views"}, missing
    return expressions


def check_form(page):
    checked = subprocess.run(
        ["promtool", "check", "metrics"], input=page.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert checked.returncode == 0 and not checked.stdout, checked.stdout.decode()


def scrape_times(url):
    times = []
    for _ in range(100):
        begun = time.perf_counter()
        fetch(url)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    print(f"a scrape takes {times[50]:.2f} ms, the slowest of a hundred {times[-1]:.2f} ms", flush=True)
    assert times[50] <= 5, times[50]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Prometheus:
    """A Prometheus that scrapes one server each second, with the project's rules."""

    def __init__(self, target, scratch):
        port = free_port()
        (scratch / "prometheus.yml").write_text(
            "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
            f"rule_files: ['{ASSETS}/prometheus/alerts.yml']\n"
            "scrape_configs:\n"
            f"  - {{job_name: pixelwars, static_configs: [{{targets: ['{target}']}}]}}\n")
        self.url = f"http://127.0.0.1:{port}"
        self.log = scratch / "prometheus.log"
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={scratch}/prometheus.yml", f"--web.listen-address=127.0.0.1:{port}",
             f"--storage.tsdb.path={scratch}/prometheus"], stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def query(self, expression):
        """The samples that an expression has now."""
        try:
            answer = json.loads(fetch(f"{self.url}/api/v1/query?{urllib.parse.urlencode({'query': expression})}"))
        except OSError:
            return []
        assert answer["status"] == "success", answer
        return answer["data"]["result"]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def collected(server, scratch, expressions):
    """A real Prometheus takes the page as it is, every expression of the dashboard is one, and no rule fires."""
    prometheus = Prometheus(server.metrics, scratch)
    try:
        wait_until("a scrape", lambda: prometheus.query("up == 1"), 60)
        version = server.api.get("/api/canvas").json["version"]
        wait_until(
            "the version", lambda: [sample["value"][1] for sample in prometheus.query("pixelwars_canvas_version")]
            == [str(version)])
        wait_until("a rate", lambda: prometheus.query("rate(process_cpu_seconds_total[1m])"))
        for expression in expressions:
            expression = expression.replace("$__rate_interval", "1m").replace("$instance", ".*")
            prometheus.query(expression)
        assert not prometheus.query('ALERTS{alertstate="firing",alertname!="PixelwarsDiskLow"}')
        assert prometheus.query('pixelwars_place_commit_seconds_count > 299')
    finally:
        prometheus.stop()


def rules():
    for command in (["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]):
        done = subprocess.run(
            ["promtool", *command], cwd=ASSETS / "prometheus", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout.decode()
    text = (ASSETS / "prometheus/alerts.yml").read_text()
    tested = (ASSETS / "prometheus/alerts.test.yml").read_text()
    for alert in re.findall(r"alert: (\w+)", text):
        assert tested.count(alert) >= 2, f"{alert} is not tested both ways"


def main(build, scratch):
    rules()
    with Running(build, scratch, "--metrics-listen", "127.0.0.1:0", *FREE) as server:
        asyncio.run(play(server.api))
        # Nothing on the public port, and nothing but metrics and health on the other.
        assert server.api.get("/metrics").code == "not_found"
        page = fetch(f"http://{server.metrics}/metrics").decode()
        assert fetch(f"http://{server.metrics}/healthz") == b"ok\n"
        for path in ["/", "/api/canvas", "/metrics/"]:
            try:
                fetch(f"http://{server.metrics}{path}")
                raise AssertionError(f"{path} is served")
            except urllib.error.HTTPError as refusal:
                assert refusal.code == 404
        check_form(page)
        scrape_times(f"http://{server.metrics}/metrics")
        collected(server, scratch, told_by_name(page))
        assert server.stop() == 0

"""The Debian packages: built, looked through by lintian, and used on a machine that never had Swift."""

import os
import pathlib
import re
import subprocess

DEBIAN = ["debhelper", "dpkg-dev", "binutils", "lintian", "mmdebstrap"]
PYPI = []
PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
ROOT = [] if os.geteuid() == 0 else ["sudo"]
PROGRAMS = ["pixelwars-server", "pixelwars", "pixelwars-bot"]


def said(*command, **more):
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True, **more)
    assert done.returncode == 0, (command, done.returncode, done.stdout, done.stderr)
    return done.stdout


def installs(build, scratch):
    """`make install` into a place of its own, each program run from there, and `make uninstall`."""
    place = scratch / "installed"
    environment = {**os.environ, "DESTDIR": str(place), "PROGRAMS": str(build)}
    said(PROJECT / "scripts/install.sh", "/opt/pixelwars", env=environment)
    home = place / "opt/pixelwars"
    for program in PROGRAMS + ["pixelwars-bench", "pixelwars-sim"]:
        assert re.fullmatch(rf"{program} \d+\.\d+\.\d+\n", said(home / "bin" / program, "--version")), program
        libraries = said("ldd", home / "bin" / program)
        assert "swift" not in libraries.lower() and "not found" not in libraries, libraries
        assert (home / f"share/man/man1/{program}.1").read_text().startswith(".TH"), program
        assert program in (home / f"share/bash-completion/completions/{program}").read_text()
    assert "ExecStart=/opt/pixelwars/bin/pixelwars-server" in (
        home / "lib/systemd/system/pixelwars-server.service").read_text()
    assert "/opt/pixelwars/libexec" in (home / "share/pixelwars/ssh/sshd_config").read_text()
    # A second time replaces the first, programs that run included.
    server = subprocess.Popen(
        [home / "bin/pixelwars-server", "--listen", "127.0.0.1:0", "--data", scratch / "installed-data"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout.readline().startswith("pixelwars-server listening on ")
        said(PROJECT / "scripts/install.sh", "/opt/pixelwars", env=environment)
    finally:
        server.terminate()
        assert server.wait(20) == 0
    said(PROJECT / "scripts/uninstall.sh", "/opt/pixelwars", env=environment)
    assert not [file for file in place.rglob("*") if file.is_file()]
    assert not (place / "opt/pixelwars/share").exists()


def looks_right(packages):
    # lintian warns of root, and of a package that no bug of Debian's asked for.
    report = subprocess.run(
        ["lintian", "--allow-root", *packages], text=True, capture_output=True)
    wrong = [line for line in report.stdout.splitlines() if line.startswith("E:")]
    assert not wrong and report.returncode == 0, (wrong, report.stdout, report.stderr)
    for package in packages:
        fields = said("dpkg-deb", "--field", package)
        assert "libc6 (>= " in fields and "libssl3" in fields and "swift" not in fields, fields
    server = next(package for package in packages if "server" in package.name)
    assert said("dpkg-deb", "--info", server, "conffiles") == "/etc/pixelwars/pixelwars.env\n"
    content = said("dpkg-deb", "--contents", server)
    for part in ["man1/pixelwars-server.1.gz", "pixelwars-server/changelog.gz", "pixelwars-server/copyright",
                 "system/pixelwars-server.service", "sysusers.d/pixelwars-server.conf"]:
        assert part in content, (part, content)


# What is done on the fresh machine, by its own shell.
FRESH = r"""
set -eux
# Swift's programs read their arguments there.
mountpoint -q /proc || { mount -t proc proc /proc && trap 'umount /proc' EXIT; }
export DEBIAN_FRONTEND=noninteractive
absent() { if grep "$1"; then exit 1; fi; }
apt-get -qq -y --no-install-recommends install /packages/*.deb curl >/dev/null
find / -xdev -name 'libswift*' | absent .
for program in pixelwars-server pixelwars pixelwars-bot; do
    $program --version
    ldd /usr/bin/$program | absent 'not found'
done
getent passwd pixelwars
test -f /etc/pixelwars/pixelwars.env
install -d -o pixelwars -g pixelwars -m 700 /var/lib/pixelwars
ls -ld /var/backups/pixelwars | grep '^drwxr-x--- .* pixelwars pixelwars'
as="setpriv --reuid pixelwars --regid pixelwars --clear-groups"
$as pixelwars-server --listen 127.0.0.1:18081 --data /var/lib/pixelwars >/tmp/said 2>/tmp/log &
server=$!
until grep -q listening /tmp/said; do kill -0 $server; sleep 0.1; done
curl -fsS http://127.0.0.1:18081/healthz
echo '{"type":"play","id":1}' | HOME=/tmp pixelwars-bot http://127.0.0.1:18081 | grep -q '"playing"'
# Root asks, the server's user writes.
pixelwars-server backup /var/backups/pixelwars/one.db --data /var/lib/pixelwars
ls -l /var/backups/pixelwars/one.db | grep '^-rw------- .* pixelwars pixelwars'
pixelwars-server check --data /var/lib/pixelwars
kill $server
wait $server
# Root restores what the server's user then serves, also where nobody has served from yet.
rm /var/lib/pixelwars/lock
pixelwars-server restore /var/backups/pixelwars/one.db --data /var/lib/pixelwars
ls -l /var/lib/pixelwars/pixelwars.db /var/lib/pixelwars/lock | grep -c '^-rw------- .* pixelwars pixelwars' | grep -x 2
$as pixelwars-server check --data /var/lib/pixelwars
apt-get -qq -y purge pixelwars-server pixelwars >/dev/null
test ! -e /etc/pixelwars/pixelwars.env
test ! -e /usr/bin/pixelwars
test -f /var/lib/pixelwars/pixelwars.db
echo all well
"""


def works_elsewhere(packages, scratch):
    """A fresh Debian 12 with nothing but its base gets the packages with what they ask for."""
    steps = scratch / "fresh.sh"
    steps.write_text(FRESH)
    report = subprocess.run(
        [*ROOT, "mmdebstrap", "--quiet", "--variant=minbase", "--mode=root", "--format=null",
         '--customize-hook=mkdir "$1/packages"',
         *(f"--customize-hook=copy-in {package} /packages" for package in packages),
         f"--customize-hook=copy-in {steps} /packages", '--customize-hook=chroot "$1" sh /packages/fresh.sh', "bookworm",
         "/dev/null"],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert report.returncode == 0 and "all well" in report.stdout, report.stdout[-6000:]


def main(build, scratch):
    installs(build, scratch)
    said(PROJECT / "scripts/deb.sh", scratch / "deb", env={**os.environ, "PROGRAMS": str(build)})
    packages = sorted((scratch / "deb").glob("*.deb"))
    assert [package.name.split("_")[0] for package in packages] == ["pixelwars-server", "pixelwars"], packages
    looks_right(packages)
    works_elsewhere(packages, scratch)

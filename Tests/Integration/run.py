"""What needs big packages: each scenario is a file beside this one, run against the release build.

    python3 -B Tests/Integration/run.py BUILD [SCENARIO]...

A scenario names the Debian packages (`DEBIAN`) and the packages of PyPI (`PYPI`) that it needs, and has a function
`main(build, scratch)`, which raises where something isn't as it should be. What is missing is installed first. Each
scenario has a process and a directory of its own, and one that hangs fails.
"""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
VENV = HERE.parent.parent / ".build" / "integration-python"
TIMEOUT_SECONDS = 1_200


def scenarios():
    """Every scenario's name; names that begin with an underscore are what scenarios share."""
    files = HERE.glob("*.py")
    return sorted(file.stem for file in files if file.stem != "run" and not file.stem.startswith("_"))


def load(name):
    """A scenario as a module; it may import what lies beside it."""
    sys.path.insert(0, str(HERE))
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def declared(name):
    """What a scenario needs, read without importing it: its imports may be what is missing."""
    needs = {"DEBIAN": [], "PYPI": []}
    for line in (HERE / f"{name}.py").read_text().splitlines():
        for key in needs:
            if line.startswith(f"{key} = "):
                needs[key] = eval(line.split(" = ", 1)[1], {})
    return needs


def install(names):
    needs = [declared(name) for name in names]
    debian = ["python3-venv"] + sorted({package for need in needs for package in need["DEBIAN"]})
    pypi = sorted({package for need in needs for package in need["PYPI"]})
    have = "dpkg-query -W -f ${db:Status-Status} ".split()
    missing = [
        package for package in debian
        if subprocess.run([*have, package], capture_output=True, text=True).stdout != "installed"
    ]
    root = [] if os.geteuid() == 0 else ["sudo"]
    if missing:
        print("installing", *missing, flush=True)
        subprocess.run([*root, "apt-get", "-qq", "update"], check=True)
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y", "--no-install-recommends"]
        subprocess.run([*root, *quiet, "install", *missing], check=True, stdout=subprocess.DEVNULL)
    if not VENV.exists():
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--system-site-packages", VENV], check=True)
    if pypi:
        print("installing", *pypi, flush=True)
        subprocess.run([VENV / "bin/pip", "install", "--quiet", *pypi], check=True)


def run_one(build, name):
    """Runs a scenario in this process; its directory goes whatever happens."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"pixelwars-{name}-"))
    try:
        load(name).main(pathlib.Path(build).resolve(), scratch)
        return 0
    except Exception:
        traceback.print_exc()
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def main(build, chosen):
    names = chosen or scenarios()
    install(names)
    failed = []
    for name in names:
        start = time.monotonic()
        command = [VENV / "bin/python", "-B", __file__, "--one", build, name]
        try:
            code = subprocess.run(command, timeout=TIMEOUT_SECONDS).returncode
        except subprocess.TimeoutExpired:
            code = "no end in time"
        print(f"{name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - start:.0f} s", flush=True)
        if code != 0:
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        sys.exit(run_one(sys.argv[2], sys.argv[3]))
    sys.exit(main(sys.argv[1], sys.argv[2:]))

"""Runs scenarios: screens.py DIRECTORY-OF-PROGRAMS [NAME ...]; all of them without a name."""

import sys
import traceback

import endings
import past
import signing_in
import slow
import tour

SCENARIOS = {**tour.SCENARIOS, **endings.SCENARIOS, **slow.SCENARIOS, **past.SCENARIOS, **signing_in.SCENARIOS}

if __name__ == "__main__":
    programs, names = sys.argv[1], sys.argv[2:] or list(SCENARIOS)
    failed = False
    for name in names:
        try:
            SCENARIOS[name](programs)
            print(f"ok {name}", flush=True)
        except Exception:
            traceback.print_exc()
            print(f"failed {name}", flush=True)
            failed = True
    sys.exit(1 if failed else 0)

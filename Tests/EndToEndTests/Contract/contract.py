"""Drives a server through one scenario of the contract: contract.py URL SCENARIO."""
import asyncio
import sys

import sign_in
import states
from client import Server

SCENARIOS = {scenario.__name__: scenario for scenario in sign_in.SCENARIOS + states.SCENARIOS}

if __name__ == "__main__":
    url, name = sys.argv[1:]
    asyncio.run(SCENARIOS[name](Server(url)))
    print("ok", name)

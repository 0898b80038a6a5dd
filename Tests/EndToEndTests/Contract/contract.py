"""Drives a server through one scenario of the contract: contract.py URL SCENARIO DATA PROGRAM."""
import asyncio
import sys

import arcade_cheats
import arcade_runs
import canvases
import click_games
import clicks
import hosting
import relay_lobby
import relay_rooms
import relays
import review
import services
import shells
import shop
import sign_in
import spectators
import states
import telegram
from client import Server

MODULES = [
    sign_in, states, clicks, click_games, relay_lobby, relays, relay_rooms, arcade_runs, arcade_cheats, shop,
    services, review, spectators, hosting, canvases, telegram, shells]
SCENARIOS = {scenario.__name__: scenario for module in MODULES for scenario in module.SCENARIOS}

if __name__ == "__main__":
    url, name, data, program = sys.argv[1:]
    asyncio.run(SCENARIOS[name](Server(url, data, program)))
    print("ok", name)

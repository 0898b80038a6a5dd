"""The contract's rows about skins: what is for sale, buying, wearing, and what a host puts up."""
import asyncio
import copy
import json
import os

from client import Account, Guest, Server
from host import RULES, OwnServer, books, host, listed, make_admin, query, stored
from shapes import COLOR, ME, OFFER, WORD, found, refused, whole

SKINS = "/api/skins"
PURCHASE = {"skin": WORD, "points": whole(0)}
COUNTS = {"cursor": (1, 2), "dot": (1, 4), "trail": (2, 8), "frame": (1, 4), "palette": (4, 4)}
MOSS = {
    "id": "moss", "title": "Moss", "author": "A host", "price": 30,
    "inputs": {
        "cursor": ["snow"], "dot": ["amber"], "trail": ["amber", "snow"], "frame": ["ash"],
        "palette": ["slate", "snow", "ash", "amber"]}}


def offers(server, who):
    return {skin["id"]: skin for skin in found(server.get(SKINS, token=who.access), [OFFER])}


def buy(server, who, skin):
    return server.post(f"{SKINS}/{skin}/purchase", token=who.access if who else None)


def wear(server, who, skin):
    return server.call("PUT", "/api/me/skin", {"skin": skin}, token=who.access)


def install(server, who, skin):
    return server.post(SKINS, skin, token=who.access)


async def shopping(server: Server):
    """With a login bonus of 1,000: the shop, purchases, what is worn, and every refusal."""
    ada, bob, guest = Account(server), Account(server), Guest(server)
    colors = found(server.get("/api/base_colors"), [COLOR])
    assert len({color["name"] for color in colors}) == len(colors) >= 16
    shop = offers(server, ada)
    assert len(shop) >= 10
    prices = [skin["price"] for skin in server.get(SKINS, token=ada.access).json]
    assert prices == sorted(prices), "the cheapest first"
    for skin in shop.values():
        assert (skin["owned"], skin["equipped"]) == (False, False)
        parts = {part["name"]: part["values"] for part in skin["inputs"]}
        assert [part["name"] for part in skin["inputs"]] == list(COUNTS)
        for part, (low, high) in COUNTS.items():
            assert low <= len(parts[part]) <= high and all(value in colors for value in parts[part])
    # Buying: once, for its price, with what there is.
    assert found(buy(server, ada, "noir"), {"error": dict}, 409)["error"]["code"] == "not_enough_points"
    assert found(buy(server, ada, "lava"), PURCHASE) == {"skin": "lava", "points": 100}
    refused(buy(server, ada, "lava"), 409, "already_owned")
    refused(buy(server, ada, "forest"), 409, "not_enough_points")
    assert found(buy(server, ada, "first-pixel"), PURCHASE)["points"] == 100, "a free one is bought too"
    assert found(buy(server, ada, "paper-and-ink"), PURCHASE)["points"] == 0, "to the last point"
    assert {id_ for id_, skin in offers(server, ada).items() if skin["owned"]} == {
        "lava", "first-pixel", "paper-and-ink"}
    assert not any(skin["owned"] for skin in offers(server, bob).values())
    # Wearing: one's own, another, none.
    me = found(ada.me(), ME)
    assert (me["points"], me["skin"], me["login_bonus"]) == (0, None, {"points": 1_000, "streak_days": 1})
    refused(wear(server, ada, "noir"), 409, "not_owned")
    refused(wear(server, bob, "lava"), 409, "not_owned")
    for skin in ["lava", "lava", "paper-and-ink", None, None, "first-pixel"]:
        worn = found(wear(server, ada, skin), ME)
        assert worn == found(ada.me(), ME) and worn["skin"] == skin
        assert [id_ for id_, offer in offers(server, ada).items() if offer["equipped"]] == (
            [skin] if skin else [])
    # Who may.
    for call in [
            lambda **who: server.get(SKINS, **who), lambda **who: server.post(f"{SKINS}/lava/purchase", **who),
            lambda **who: server.call("PUT", "/api/me/skin", {"skin": None}, **who),
            lambda **who: server.post(SKINS, MOSS, **who)]:
        refused(call(), 401, "unauthorized")
        refused(call(token="a.b.c"), 401, "unauthorized")
        refused(call(token=guest.access), 403, "sign_in_required")
    refused(install(server, ada, MOSS), 403, "forbidden")
    # What isn't there, or is asked in another way.
    for skin in ["nothing", "Lava", "lava%20", "%00", "..%2flava", "x" * 33, "%C3%A9", "lava%0a"]:
        refused(buy(server, ada, skin), 404, "not_found")
    refused(wear(server, ada, "nothing"), 404, "not_found")
    for skin in ["Lava", "", "x" * 33, "lava\0", "🙂", 1, True, [], {}, ["lava"], 1.5]:
        refused(wear(server, ada, skin), 400, "bad_request", "skin")
    for body in [b"", b"{", b"[]", b"null", b"\xff", b"{}", b'{"skin":"lava","skin":null}', b"[" * 30_000]:
        refused(server.call("PUT", "/api/me/skin", body, token=ada.access), 400, "bad_request")
    refused(server.call("PUT", "/api/me/skin", b" " * 70_000, token=ada.access), 413, "body_too_large")
    for method, path, allow in [
            ("DELETE", SKINS, {"GET", "POST"}), ("GET", f"{SKINS}/lava/purchase", {"POST"}),
            ("GET", "/api/me/skin", {"PUT"}), ("POST", "/api/base_colors", {"GET"}),
            ("PUT", "/api/base_colors", {"GET"})]:
        answered = server.call(method, path, token=ada.access)
        refused(answered, 405, "method_not_allowed")
        assert set(answered.headers["Allow"].split(", ")) - {"HEAD"} == allow
    refused(server.get(f"{SKINS}/lava", token=ada.access), 404, "not_found")
    # An account that goes takes nothing along that the books would miss.
    assert server.call("DELETE", "/api/me", token=ada.access).status == 204
    assert not any(skin["owned"] for skin in offers(server, Account(server, key=ada.key)).values())
    books(server)


async def installing(server: Server):
    """Skins that an admin puts up over the API: the one check, new ones and others in their place."""
    admin, ada = Account(server), Account(server)
    refused(install(server, admin, MOSS), 403, "forbidden")
    make_admin(server, admin)
    before = offers(server, ada)
    for bad, field in bad_skins():
        refused(install(server, admin, bad), 400, "bad_request", field)
    for body in [b"", b"{", b"[]", b"null", b"\xff", b"[" * 30_000, json.dumps(MOSS).encode() + b"x"]:
        refused(install(server, admin, body), 400, "bad_request")
    refused(install(server, admin, b" " * 70_000), 413, "body_too_large")
    refused(install(server, admin, json.dumps(MOSS).encode() + b" " * 4_096), 400, "bad_request")
    assert offers(server, ada) == before
    assert install(server, admin, MOSS).status == 201
    assert offers(server, ada)["moss"]["inputs"][2] == {
        "name": "trail", "values": [color(server, "amber"), color(server, "snow")]}
    refused(buy(server, ada, "moss"), 409, "not_enough_points")
    free = {**MOSS, "price": 0, "title": "M\u0151ss 🙂"}
    assert install(server, admin, free).status == 200
    assert found(buy(server, ada, "moss"), PURCHASE) == {"skin": "moss", "points": 10}
    assert wear(server, ada, "moss").json["skin"] == "moss"
    dear = copy.deepcopy({**MOSS, "price": 1_000_000})
    dear["inputs"]["trail"] = ["snow"] * 8
    assert install(server, admin, dear).status == 200
    mine = offers(server, ada)["moss"]
    assert (mine["owned"], mine["equipped"], mine["price"]) == (True, True, 1_000_000), "owners keep it"
    assert mine["inputs"][2]["values"] == [color(server, "snow")] * 8
    assert {"id": "moss", "title": "Moss", "price": 1_000_000, "owners": 1} in listed(server, "skins")["skins"]


def color(server, name):
    return next(color for color in server.get("/api/base_colors").json if color["name"] == name)


def bad_skins():
    """Skins with one thing wrong each, and the field that says so."""
    for name, values in {
            "id": ["", "Moss", "x" * 33, "mo ss", "moss\0", "möss", 1, None, []],
            "title": ["", "x" * 33, "a\nb", "a\u202eb", "a\0", " ", 1, None],
            "author": ["", "x" * 25, "a\tb", 1, None],
            "price": [-1, 1_000_001, 1.5, "1", True, None, 2**63, 1e300],
            "inputs": [None, [], "x", {}, {**MOSS["inputs"], "hat": ["snow"]}]}.items():
        for value in values:
            # Of inputs what is missing or too much is named.
            yield {**MOSS, name: value}, name if name != "inputs" or not isinstance(value, dict) else None
        yield {key: value for key, value in MOSS.items() if key != name}, name
    yield {**MOSS, "owner": "x"}, "owner"
    for part, (low, high) in COUNTS.items():
        for value in [
                ["snow"] * (low - 1), ["snow"] * (high + 1), ["nothing"] * low, [1] * low, "snow", None,
                ["#ffffff"] * low, ["snow\0"] * low, [["snow"]] * low]:
            skin = copy.deepcopy(MOSS)
            skin["inputs"][part] = value
            yield skin, f"inputs.{part}"
        skin = copy.deepcopy(MOSS)
        del skin["inputs"][part]
        yield skin, f"inputs.{part}"


async def host_skins(server: Server):
    """`pixelwars-server skins`: on a live server, and on a directory where none lives."""
    folder = os.path.dirname(server.data)
    with OwnServer(server) as own:
        live = own.server
        ada = Account(live)
        file = os.path.join(folder, "moss.json")
        for skin, words in [(MOSS, "live"), ({**MOSS, "title": "Moss 2", "price": 0}, "again")]:
            with open(file, "w", encoding="utf-8") as out:
                json.dump(skin, out)
            done = host(live, "skins", "install", file)
            assert done.returncode == 0 and done.stdout, (words, done.stderr)
            assert offers(live, ada)["moss"]["title"] == skin["title"]
        found(buy(live, ada, "moss"), PURCHASE)
        own.kill()
        fern = {**MOSS, "id": "night-moss", "title": "Night moss"}
        for skin in [fern, {**MOSS, "title": "Moss 3"}]:
            with open(file, "w", encoding="utf-8") as out:
                json.dump(skin, out)
            done = host(own, "skins", "install", file)
            assert done.returncode == 0 and done.stdout, done.stderr
        for text in ["{", "[]", json.dumps({**MOSS, "price": -1}), "\0", " " * 5_000]:
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
            done = host(own, "skins", "install", file)
            assert (done.returncode, done.stdout) == (1, "") and "moss.json" in done.stderr, done
        missing = host(own, "skins", "install", file + ".not")
        assert missing.returncode == 1 and missing.stderr
        assert host(own, "skins", "install").returncode == 2
        live = own.start()
        ada = Account(live, key=ada.key)
        shop = offers(live, ada)
        assert (shop["moss"]["title"], shop["moss"]["owned"]) == ("Moss 3", True)
        assert (shop["night-moss"]["title"], shop["night-moss"]["owned"]) == ("Night moss", False)
        counted = {skin["id"]: skin["owners"] for skin in listed(live, "skins")["skins"]}
        assert counted == {**dict.fromkeys(shop, 0), "moss": 1}


async def thousand_purchases(server: Server):
    """A thousand at once for one account, over as many connections: one is taken and paid for, once."""
    with OwnServer(server, "--arcade", RULES) as own:
        live = own.server
        ada = Account(live)
        assert ada.me().json["points"] == 1_000
        statuses = await at_once(live, ada, ["lava"] * 1_000)
        assert sorted(statuses) == [(200, None)] + [(409, "already_owned")] * 999
        check(live, ada, 100, {"lava"})
        # Two that together cost more than there is: one of them.
        bob = Account(live)
        statuses = await at_once(live, bob, ["aurora", "candy"] * 250)
        assert sum(status == 200 for status, _ in statuses) == 1
        assert {code for _, code in statuses} == {None, "already_owned", "not_enough_points"}
        taken = "aurora" if bob.me().json["points"] == 400 else "candy"
        check(live, bob, 400 if taken == "aurora" else 300, {taken})
        own.kill()
        live = own.start()
        check(live, Account(live, key=ada.key), 100, {"lava"})
        check(live, Account(live, key=bob.key), 400 if taken == "aurora" else 300, {taken})


def check(server, who, points, owned):
    """Holds an account's points and skins against what is left of a bonus of 1,000."""
    assert found(who.me(), ME)["points"] == points
    assert {id_ for id_, skin in offers(server, who).items() if skin["owned"]} == owned
    entries = query(
        server, "SELECT reason, points FROM point_entries WHERE account = ? ORDER BY id", stored(who.id))
    assert entries == [("login_bonus", 1_000), ("purchase", points - 1_000)], entries
    assert query(server, "SELECT skin FROM skin_ownerships WHERE account = ?", stored(who.id)) == [
        (skin,) for skin in owned]
    books(server)


async def at_once(server, who, skins):
    """Asks for skins over a connection each, all of them open before the first is asked."""
    links = []
    for _ in skins:
        links.append(await asyncio.open_connection(server.host, server.port))

    async def ask(link, skin):
        reader, writer = link
        writer.write(
            f"POST {SKINS}/{skin}/purchase HTTP/1.1\r\nHost: {server.authority}\r\n"
            f"Authorization: Bearer {who.access}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        status = int(head.split()[1])
        return status, json.loads(body)["error"]["code"] if status != 200 else None
    return await asyncio.gather(*[ask(link, skin) for link, skin in zip(links, skins)])


SCENARIOS = [shopping, installing, host_skins, thousand_purchases]

"""Solves a relay's puzzles from what their player is told; what needs a dictionary is looked up by the host."""
import itertools
import re

from host import right_answer


def solve(server, puzzle):
    """The answer of a puzzle; worked out here where that can be, and then held against the server's own."""
    right = right_answer(server, puzzle["puzzle_id"])
    own = SOLVERS.get(puzzle["type"], lambda data: None)(puzzle["data"])
    assert own is None or own == right, f"{puzzle}: {own} is right, and the server has {right}"
    data = puzzle["data"]
    if puzzle["type"] == "anagram":
        assert sorted(data["letters"]) == sorted(right) and data["letters"] != right, puzzle
    if puzzle["type"] == "odd_one_out":
        assert data["words"].count(right) == 1 and len(set(data["words"])) == len(data["words"]), puzzle
    return right


def wrong(puzzle):
    """An answer that no puzzle has."""
    return "wrong " + puzzle["puzzle_id"]


def arithmetic(data):
    value, sign = 0, 1
    for token in re.findall(r"[+−]|\d+(?: × \d+)*", data["expression"]):
        if token in "+−":
            sign = 1 if token == "+" else -1
        else:
            factors = [int(factor) for factor in token.split(" × ")]
            value += sign * factors[0] * (factors[1] if len(factors) > 1 else 1)
    return str(value)


def sequence(data):
    """The next of terms whose differences are the same at last; None where they follow another rule."""
    rows = [data["terms"]]
    while len(rows[-1]) > 2:
        rows.append([b - a for a, b in zip(rows[-1], rows[-1][1:])])
        if len(set(rows[-1])) == 1:
            return str(sum(row[-1] for row in rows))
    return None


def turned(rows):
    return ["".join(row) for row in zip(*rows[::-1])]


def rotation(data):
    turns, shape = [], data["shape"]
    for _ in range(4):
        turns.append(shape)
        shape = turned(shape)
    numbers = [number for number, option in enumerate(data["options"], 1) if option in turns]
    assert len(numbers) == 1, f"{data} has {len(numbers)} right answers"
    return str(numbers[0])


def memory(data):
    rows, question = data["rows"], data["question"]
    lines = turned(rows) if "column" in question else rows
    counts = [line.count("#") for line in lines]
    at = re.search(r"(?:row|column) (\d+)\?", question)
    if at:
        return str(counts[int(at.group(1)) - 1])
    wanted = max(counts) if "most" in question else min(counts)
    assert counts.count(wanted) == 1, f"{data} has more than one right answer"
    return str(counts.index(wanted) + 1)


def logic(data):
    people, items = data["people"], data["items"]
    left = []
    for order in itertools.permutations(items):
        has = dict(zip(people, order))
        if all(holds(clue, has) for clue in data["clues"]):
            left.append(has)
    assert len(left) == 1, f"{data} leaves {len(left)} possibilities"
    who = re.fullmatch(r"Who has the (.+)\?", data["question"])
    if who:
        return next(person for person, item in left[0].items() if item == who.group(1))
    return left[0][re.fullmatch(r"What does (.+) have\?", data["question"]).group(1)]


def holds(clue, has):
    def fits(pattern):
        match = re.fullmatch(pattern, clue)
        return match and match.groups()
    if parts := fits(r"If (\S+) has the (.+), (\S+) has the (.+)\."):
        return has[parts[0]] != parts[1] or has[parts[2]] == parts[3]
    if parts := fits(r"(\S+) doesn't have the (.+)\."):
        return has[parts[0]] != parts[1]
    if parts := fits(r"(\S+) or (\S+) has the (.+)\."):
        return parts[2] in (has[parts[0]], has[parts[1]])
    if parts := fits(r"(\S+) has the (.+) or the (.+)\."):
        return has[parts[0]] in parts[1:]
    parts = fits(r"(\S+) has the (.+)\.")
    assert parts, f"nobody knows what this clue means: {clue}"
    return has[parts[0]] == parts[1]


SOLVERS = {
    "arithmetic": arithmetic, "sequence": sequence, "rotation": rotation, "memory": memory, "logic": logic}

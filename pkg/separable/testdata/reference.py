"""Finds how many rows of each sequence have a solution, and proves it.

    go test ./pkg/separable -run TestEdge -args -write /tmp/sequences.txt
    python3 pkg/separable/testdata/reference.py /tmp/sequences.txt > pkg/separable/testdata/reference.txt

needs scipy 1.9 or later. HiGHS answers by bisection, in floating point, where
the edge is. Both sides of it are then proved in rational arithmetic: weights
that satisfy the rows, and multipliers that rule out weights for one row more
(check_weights and check_multipliers below). HiGHS's interior solution suggests
the weights and its dual basis the multipliers; where neither holds exactly, the
simplex method in integers decides. At the end it says in which sequences the
edge was not where HiGHS had it. Only the text of the rows comes from Go. Other
arguments name the kinds to do; all take five minutes.

A line is a kind, the sequence's number, its weights, the rows of the instance,
the first 16 hexadecimal digits of SHA-256 of its text, the answer, by what it
was found, and the bits of the largest number in the proof.
"""

import hashlib
import sys
from fractions import Fraction
from math import inf, lcm

import numpy as np
from scipy.optimize import linprog


class Instance:
    """Weights w, and θ if it is free, with low ≤ x·w − θ ≤ high, < if strict, and least ≤ w ≤ most."""

    def __init__(self, lines):
        self.kind, number, weights, free = lines[0].split()
        self.number, self.weights, self.free = int(number), int(weights), free == "true"
        self.lines = lines
        self.least, self.most = ([float(x) for x in line.split()] for line in lines[1:3])
        self.strict, self.low, self.high, self.inputs = [], [], [], []
        for line in lines[3:]:
            strict, low, high, *x = line.split()
            self.strict.append(strict == "true")
            self.low.append(float(low))
            self.high.append(float(high))
            self.inputs.append([float(v) for v in x])

    def first(self, rows):
        return Instance(self.lines[: 3 + rows])

    def digest(self):
        return hashlib.sha256("".join(line + "\n" for line in self.lines).encode()).hexdigest()[:16]


def check_weights(p, w, theta):
    """Whether the exact weights solve the problem."""
    if not p.free and theta != 0:
        return False
    if any(wj < least or wj > most for wj, least, most in zip(w, p.least, p.most)):
        return False
    for x, low, high, strict in zip(p.inputs, p.low, p.high, p.strict):
        v = sum(Fraction(xj) * wj for xj, wj in zip(x, w)) - theta
        if v < low or v > high or strict and (v == low or v == high):
            return False
    return True


def check_multipliers(p, multipliers):
    """Whether the exact λ, positive at a low end and negative at a high one, rule out all weights (Farkas):
    Σ λ (x·w − θ) is at least Σ λ low + Σ λ high, more if one of the rows is strict, but for no w within its bounds so large."""
    if p.free and sum(multipliers) != 0:
        return False
    required, strict = Fraction(0), False
    for l, low, high, s in zip(multipliers, p.low, p.high, p.strict):
        if l != 0:
            if abs(low if l > 0 else high) == inf:
                return False
            required += l * Fraction(low if l > 0 else high)
            strict = strict or s
    most = Fraction(0)
    for j in range(p.weights):
        g = sum(l * Fraction(x[j]) for l, x in zip(multipliers, p.inputs) if l != 0)
        bound = p.most[j] if g > 0 else p.least[j]
        if g != 0:
            if abs(bound) == inf:
                return False
            most += g * Fraction(bound)
    return most < required or strict and most == required


def homogeneous(p):
    """The problem as rows a·(w, θ, t) ≥ 0, with t > 0 that multiplies all ends, and what each is: (row, 1 or -1 for low or high,
    strict), or (-1, …) for a bound of a weight. Equalities are two rows."""
    rows, names = [], []
    for mu, x in enumerate(p.inputs):
        if p.low[mu] > -inf:
            rows.append(x + [-1.0, -p.low[mu]])
            names.append((mu, 1, p.strict[mu]))
        if p.high[mu] < inf:
            rows.append([-v for v in x] + [1.0, p.high[mu]])
            names.append((mu, -1, p.strict[mu]))
    for j in range(p.weights):
        for end, sign in ((p.least[j], 1.0), (p.most[j], -1.0)):
            if abs(end) < inf and end != 0:
                row = [0.0] * (p.weights + 2)
                row[j], row[-1] = sign, -sign * end
                rows.append(row)
                names.append((-1 - j, int(sign), False))
    return rows, names


def program(p, slack):
    """Solves: maximise e ≤ 1 with a·(w, θ, t) ≥ e for the rows of which slack(name) is true, ≥ 0 for others, e ≤ t ≤ 1, and signs."""
    rows, names = homogeneous(p)
    a = np.array([[-v for v in row] + [1.0 if slack(name) else 0.0] for row, name in zip(rows, names)])
    a = np.vstack([a, [0.0] * (p.weights + 1) + [-1.0, 1.0]])
    bounds = [(0 if least == 0 else None, 0 if most == 0 else None) for least, most in zip(p.least, p.most)]
    bounds += [(None, None) if p.free else (0, 0), (0, 1), (None, 1)]
    cost = np.zeros(p.weights + 3)
    cost[-1] = -1
    solution = linprog(cost, A_ub=a, b_ub=np.zeros(len(a)), bounds=bounds, method="highs-ds",
                       options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    return (solution, names) if solution.status == 0 else (None, names)


def solve_integers(rows):
    """Reduces rows of integers by Jordan's elimination without fractions; returns them, d times the identity in the pivots'
    columns, with these columns and d."""
    rows, pivots, d = [row[:] for row in rows], [], 1
    for column in range(len(rows[0]) if rows else 0):
        at = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if at is None:
            continue
        k = len(pivots)
        rows[k], rows[at] = rows[at], rows[k]
        pivot, pivot_row = rows[k][column], rows[k]
        for r, row in enumerate(rows):
            if r != k:
                f = row[column]
                rows[r] = [(pivot * v - f * u) // d for v, u in zip(row, pivot_row)] if f else [pivot * v // d for v in row]
        pivots.append(column)
        d = pivot
    return rows[: len(pivots)], pivots, d


def integers(row):
    row = [Fraction(v) for v in row]
    scale = lcm(*(v.denominator for v in row))
    return [int(v * scale) for v in row]


def project(p, equations, guess):
    """Exact (w, θ) near the guess that satisfies equations a·(w, θ, 1) = 0; None if there is none."""
    order = sorted(range(len(guess)), key=lambda j: -min(abs(guess[j] - p.least[j]), abs(p.most[j] - guess[j]), abs(guess[j]) + 1)
                   if j < p.weights else -inf)
    reduced, pivots, d = solve_integers([integers([e[j] for j in order] + [e[-1]]) for e in equations])
    if len(guess) in pivots:
        return None
    exact = [Fraction(round(guess[j] * 2**40), 2**40) for j in order]
    for row, pivot in zip(reduced, pivots):
        exact[pivot] = -(sum(row[j] * exact[j] for j in range(len(guess)) if j != pivot and row[j]) + row[-1]) / Fraction(d)
    result = [Fraction(0)] * len(guess)
    for place, j in enumerate(order):
        result[j] = exact[place]
    return result


def weights_from(p, solution, names):
    """Exact weights near HiGHS's, with which the equalities hold."""
    t = solution.x[-2]
    guess = [float(v) / t for v in solution.x[:-2]]
    for j in range(p.weights):
        guess[j] = min(max(guess[j], p.least[j]), p.most[j])
    rows, _ = homogeneous(p)
    equations = [row for row, name in zip(rows, names) if equality(p, name)]
    if not p.free:
        equations.append([0.0] * p.weights + [1.0, 0.0])
        guess[-1] = 0.0
    exact = project(p, equations, guess)
    return exact if exact and check_weights(p, exact[:-1], exact[-1]) else None


def multipliers_from(p, solution, names):
    """Exact multipliers with the zeros of HiGHS's, and equality for the columns that its basis has."""
    dual = -solution.ineqlin.marginals[:-1]
    size = max(dual, default=0)
    support = [r for r, l in enumerate(dual) if l > 1e-10 * size and names[r][0] >= 0]
    free = [j for j in range(p.weights) if abs(solution.lower.marginals[j]) + abs(solution.upper.marginals[j]) < 1e-10 * size]
    rows, _ = homogeneous(p)
    bounded = {-1 - names[r][0]: names[r][1] for r, l in enumerate(dual) if l > 1e-10 * size and names[r][0] < 0}
    equations = [[Fraction(rows[r][j]) for r in support] for j in free if j not in bounded]
    if p.free:
        equations.append([Fraction(rows[r][-2]) for r in support])
    ends = {j: Fraction(p.least[j] if sign > 0 else p.most[j]) for j, sign in bounded.items()}
    balance = [Fraction(rows[r][-1]) + sum(Fraction(rows[r][j]) * end for j, end in ends.items()) for r in support]  # of t
    for equations in (equations + [balance], equations):
        reduced, pivots, d = solve_integers([integers(e) for e in equations]) if equations else ([], [], 1)
        if len(pivots) != len(support) - 1:
            continue
        loose = next(r for r in range(len(support)) if r not in pivots)
        vector = [0] * len(support)
        vector[loose] = d
        for row, pivot in zip(reduced, pivots):
            vector[pivot] = -row[loose]
        if sum(vector) < 0:
            vector = [-v for v in vector]
        if min(vector) < 0:
            continue
        exact = [0] * len(p.inputs)
        for r, v in zip(support, vector):
            exact[names[r][0]] += names[r][1] * v
        if check_multipliers(p, exact):
            return exact
    return None


def simplex(p):
    """Decides by the simplex method in integers with Bland's rule: maximise e with a·(w, θ, t) ≥ e where strict, ≥ 0 elsewhere,
    e ≤ t ≤ 1. The origin is feasible, and the problem has a solution exactly if e > 0 is possible."""
    rows, names = homogeneous(p)
    columns = []  # (column, sign) of non-negative variables; the last two are t and e
    for j in range(p.weights):
        columns += [(j, 1)] if p.most[j] != 0 else []
        columns += [(j, -1)] if p.least[j] != 0 else []
    columns += [(p.weights, 1), (p.weights, -1)] if p.free else []
    columns.append((p.weights + 1, 1))
    n = len(columns) + 1
    table = []  # basic = constant + Σ coefficient · nonbasic, all times d
    for row, name in zip(rows, names):
        table.append(integers([0] + [sign * Fraction(row[j]) for j, sign in columns] + [-int(name[2])]))
    table.append([0] * (n - 1) + [1, -1])  # t − e
    table.append([1] + [0] * (n - 2) + [-1, 0])  # 1 − t
    objective = [0] * n + [1]
    nonbasic, basic, d = list(range(n)), list(range(n, n + len(table))), 1
    while True:
        entering = min((k for k in range(n) if objective[1 + k] > 0), key=lambda k: nonbasic[k], default=None)
        if entering is None:
            break
        c, leaving = 1 + entering, None
        for r, row in enumerate(table):
            if row[c] < 0:
                if leaving is not None:
                    best = table[leaving]
                    order = row[0] * -best[c] - best[0] * -row[c]
                if leaving is None or order < 0 or order == 0 and basic[r] < basic[leaving]:
                    leaving = r
        row = table[leaving]
        pivot = -row[c]
        new = row[:]
        new[c] = -d
        for r in range(len(table) + 1):
            other = table[r] if r < len(table) else objective
            if r == leaving:
                continue
            f = other[c]
            other = [(v * pivot + f * u) // d for v, u in zip(other, row)]
            other[c] = -f
            if r < len(table):
                table[r] = other
            else:
                objective = other
        table[leaving] = new
        d = pivot
        basic[leaving], nonbasic[entering] = nonbasic[entering], basic[leaving]
    if objective[0] > 0:
        value = [Fraction(0)] * (n + 1)
        for b, row in zip(basic, table):
            if b < n:
                value[b] = Fraction(row[0], d)
        exact = [Fraction(0)] * (p.weights + 2)
        for (j, sign), v in zip(columns, value):
            exact[j] += sign * v
        return [v / exact[-1] for v in exact[:-1]], None
    exact = [Fraction(0)] * len(p.inputs)
    scale = [Fraction(lcm(*(Fraction(v).denominator for v in row))) for row in rows]
    for k, variable in enumerate(nonbasic):
        r = variable - n
        if 0 <= r < len(rows) and names[r][0] >= 0:
            exact[names[r][0]] += names[r][1] * -objective[1 + k] * scale[r]
    return None, exact


def equality(p, name):
    return name[0] >= 0 and p.low[name[0]] == p.high[name[0]]


def bits(numbers):
    return max(max(abs(v.numerator), v.denominator).bit_length() for v in map(Fraction, numbers))


def prove(p):
    """The answer, how it was found and the bits of its proof."""
    solution, names = program(p, lambda name: not equality(p, name))
    if solution is not None and solution.x[-1] > 0:
        exact = weights_from(p, solution, names)
        if exact:
            return "feasible", "interior", bits(exact)
    solution, names = program(p, lambda name: name[2])
    if solution is not None:
        exact = multipliers_from(p, solution, names)
        if exact:
            return "infeasible", "dual", bits(exact)
    exact, multipliers = simplex(p)
    if exact and check_weights(p, exact[:-1], exact[-1]):
        return "feasible", "simplex", bits(exact)
    if multipliers and check_multipliers(p, multipliers):
        return "infeasible", "simplex", bits(multipliers)
    sys.exit("no proof for %s %d with %d rows" % (p.kind, p.number, len(p.inputs)))


def edge(p):
    """Proves the answers around the last row with which there is a solution."""
    low, high = 0, len(p.inputs)
    while high - low > 1:
        middle = (low + high) // 2
        solution, _ = program(p.first(middle), lambda name: name[2])
        if solution is not None and solution.x[-1] > 1e-9:
            low = middle
        else:
            high = middle
    known, rows, highs = {}, max(low, 1), low
    while True:
        if rows not in known:
            known[rows] = prove(p.first(rows))
        step = 1 if known[rows][0] == "feasible" else -1
        if rows + step in known or rows + step == 0:
            last = min(rows, rows + step)
            return highs == last, [(r, *known[r]) for r in (last, last + 1) if r > 0]
        rows += step
        if rows > len(p.inputs):
            sys.exit("%s %d has a solution for all rows" % (p.kind, p.number))


moved = []
for block in open(sys.argv[1]).read().split("\n\n"):
    if block.strip():
        p = Instance(block.strip("\n").split("\n"))
        if len(sys.argv) < 3 or p.kind in sys.argv[2:]:
            right, answers = edge(p)
            moved += [] if right else ["%s %d" % (p.kind, p.number)]
            for rows, answer, found, size in answers:
                print(p.kind, p.number, p.weights, rows, p.first(rows).digest(), answer, found, size, flush=True)
print("HiGHS was wrong at the edge of %d sequences: %s" % (len(moved), ", ".join(moved)), file=sys.stderr)

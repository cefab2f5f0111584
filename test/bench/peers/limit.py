"""The limit of the default experiment with SciPy: a peer of the bench.

usage: limit.py map|volume LSODA|BDF points rtol horizon saved
prints one line of JSON: least CPU seconds of two runs, and the risk at `saved` equidistant times after 0

map: transport maps X(z, t) on a uniform grid in z, the equations of our solver, by centred differences of order 8,
lower near the ends. volume: finite volumes on a fixed grid in xi with an exponentially fitted flux. Time is left to
solve_ivp in both.
"""

import json
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp

kind, method = sys.argv[1:3]
points, rtol, horizon, saved = int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6])
step_size, weight, teacher = 0.5, np.array([[0.9], [0.1]]), np.array([[0.0], [1.0]])
times = np.linspace(0, horizon, saved + 1)[1:]


def difference(order, spacing):
    """Matrix of a derivative from a fit through up to four neighbours to each side."""
    matrix = np.zeros((points, points))
    for i in range(points):
        half = min(4, i, points - 1 - i)
        nodes = np.arange(-half, half + 1) if half else (np.array([0, 1]) if i == 0 else np.array([-1, 0]))
        powers = np.vander(nodes.astype(float), increasing=True).T
        right = np.zeros(len(nodes))
        if order < len(nodes):
            right[order] = order
        matrix[i, i + nodes] = np.linalg.solve(powers, right) / spacing**order
    return matrix


def transport():
    z = np.linspace(-6, 6, points)
    mass = np.exp(-z * z / 2)
    mass /= mass.sum()
    first, second = difference(1, z[1] - z[0]), difference(2, z[1] - z[0])

    def error_of(y):
        c = 0.5 * np.exp(-y[-1])
        return c * np.sinh(2 * y[:-1].reshape(2, points)) - teacher

    def risk(y):
        return 0.5 * (weight * mass * error_of(y) ** 2).sum()

    def slope(t, y):
        x = y[:-1].reshape(2, points)
        noise = step_size**2 * risk(y)
        x1, x2 = x @ first.T, x @ second.T
        change = -step_size * error_of(y) + noise / x1 * (z + x2 / x1)
        return np.append(change.ravel(), 2 * noise)

    start = np.append(np.tile(1e-5 * z, 2), 0.0)
    return slope, risk, start, {"atol": 1e-3 * rtol}


def volumes():
    edges = np.linspace(-1, 2, points + 1)
    h = edges[1] - edges[0]
    xi, inner = (edges[1:] + edges[:-1]) / 2, edges[1:-1]

    def error_of(y, at):
        return 0.5 * np.exp(-y[-1]) * np.sinh(2 * at) - teacher

    def risk(y):
        return 0.5 * (weight * y[:-1].reshape(2, points) * error_of(y, xi) ** 2).sum()

    def bernoulli(x):
        return np.where(np.abs(x) < 1e-8, 1 - x / 2, x / np.expm1(np.clip(np.where(x == 0, 1, x), -500, 500)))

    def slope(t, y):
        mass = y[:-1].reshape(2, points)
        noise = step_size**2 * max(risk(y), 1e-300)
        peclet = -step_size * error_of(y, inner) * h / noise
        flux = noise / h**2 * (bernoulli(-peclet) * mass[:, :-1] - bernoulli(peclet) * mass[:, 1:])
        change = np.zeros_like(mass)
        change[:, :-1] -= flux
        change[:, 1:] += flux
        return np.append(change.ravel(), 2 * noise)

    start = np.zeros((2, points))
    start[:, np.searchsorted(edges, 0.0, side="right") - 1] = 1.0
    band = {"lband": 1, "uband": 1} if method == "LSODA" else {}
    return slope, risk, np.append(start.ravel(), 0.0), {"atol": 1e-3 * rtol, **band}


slope, risk, start, options = transport() if kind == "map" else volumes()
best = np.inf
for _ in range(2):
    begin = time.process_time()
    solution = solve_ivp(slope, (0, horizon), start, method=method, t_eval=times, rtol=rtol, **options)
    best = min(best, time.process_time() - begin)
if not solution.success:
    sys.exit(solution.message)
print(json.dumps({"seconds": best, "risk": [risk(y) for y in solution.y.T]}))

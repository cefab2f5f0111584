"""SGD on the diagonal linear network in NumPy, vectorised over runs: a peer of the bench.

usage: sgd.py float32|float64 dimension runs steps repeats
prints: least CPU seconds that `steps` steps of all runs took, and the mean risk after the last of them

float32 is the fastest NumPy we know: SFC64, everything in place. float64 is what one writes first: default_rng.
"""

import sys
import time

import numpy as np

kind, (d, runs, steps, repeats) = sys.argv[1], map(int, sys.argv[2:])
step_size = 0.5
teacher = np.where(np.arange(d) % 10 == 0, 1, 0).astype(kind)
u = np.ones((runs, d), kind)
v = np.zeros((runs, d), kind)


def in_place():
    rng = np.random.Generator(np.random.SFC64(1))
    x, e, change = (np.empty((runs, d), kind) for _ in range(3))

    def step():
        rng.standard_normal(out=x, dtype=np.float32)
        np.multiply(u, v, out=e)
        np.subtract(e, teacher, out=e)
        residual = np.einsum("rd,rd->r", x, e)
        np.multiply(x, (step_size / d * residual)[:, None], out=x)
        np.multiply(x, v, out=change)
        np.multiply(x, u, out=x)
        np.subtract(u, change, out=u)
        np.subtract(v, x, out=v)

    return step


def as_written():
    rng = np.random.default_rng(1)

    def step():
        global u, v
        x = rng.standard_normal((runs, d))
        residual = (x * (u * v - teacher)).sum(axis=1, keepdims=True) / np.sqrt(d)
        g = step_size / np.sqrt(d) * residual * x
        u, v = u - g * v, v - g * u

    return step


step = in_place() if kind == "float32" else as_written()
best = np.inf
for _ in range(repeats):
    start = time.process_time()
    for _ in range(steps):
        step()
    best = min(best, time.process_time() - start)
print(best, 0.5 * np.mean((u * v - teacher) ** 2))

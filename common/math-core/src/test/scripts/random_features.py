#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden random features, from the written definition of addresses and laws alone.

Writes random-features.csv to a folder: kernel,bandwidth,frequencies,norms,k,d,seed, then for two rows
their k features each, in double precision. Frequencies are made here with a generator, a permutation,
quantiles (scipy) and transforms (a Hadamard matrix) of their own.

    python3 random_features.py ../resources/dev/lemma/math/features
"""
import hashlib
import math
import sys

import numpy as np
from scipy.linalg import hadamard
from scipy.stats import chi, f

MASK = (1 << 64) - 1
ROWS = ([1, -2, 0.5, 0, 3], [0, -1.5, 0, 0, 4])
D = 5


def philox(key, counter):
    k0, k1 = key
    c = list(counter)
    for _ in range(10):
        p0 = 0xD2E7470EE14C6C93 * c[0]
        p1 = 0xCA5A826395121157 * c[2]
        c = [(p1 >> 64) ^ c[1] ^ k0, p1 & MASK, (p0 >> 64) ^ c[3] ^ k1, p0 & MASK]
        k0 = (k0 + 0x9E3779B97F4A7C15) & MASK
        k1 = (k1 + 0xBB67AE8584CAA73B) & MASK
    return c


def key(seed, name):
    return seed & MASK, int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def uniform(word):
    return ((word >> 11) | 1) * 2.0**-53


def gaussians(stream, entity, count):
    out = []
    for block in range((count + 3) // 4):
        u = [uniform(w) for w in philox(stream, (entity, 0, 0, block))]
        for first, second in ((u[0], u[1]), (u[2], u[3])):
            r = math.sqrt(-2 * math.log(first))
            out += [r * math.cos(2 * math.pi * second), r * math.sin(2 * math.pi * second)]
    return out[:count]


def permuted(stream, place, size):
    if size == 1:
        return 0
    bits = (size - 1).bit_length()
    lower_bits = bits // 2
    lower_mask, upper_mask = (1 << lower_bits) - 1, (1 << (bits - lower_bits)) - 1
    value = place
    while True:
        upper, lower = value >> lower_bits, value & lower_mask
        for r in range(0, 10, 2):
            upper ^= philox(stream, (0, r, lower, 0))[0] & upper_mask
            lower ^= philox(stream, (0, r + 1, upper, 0))[0] & lower_mask
        value = upper << lower_bits | lower
        if value < size:
            return value


def norms(seed, kernel, m, d, design):
    words = []
    for block in range((m + 3) // 4):
        words += philox(key(seed, "features/norm"), (0, block, 0, 0))
    strata = [permuted(key(seed, "features/stratum"), i, m) for i in range(m)]
    p = {
        "INDEPENDENT": [uniform(words[i]) for i in range(m)],
        "STRATIFIED": [(strata[i] + uniform(words[i])) / m for i in range(m)],
        "QUANTILES": [(strata[i] + 1) / (m + 1) for i in range(m)],
    }[design]
    if kernel.startswith("matern"):
        return np.sqrt(d * f.ppf(p, d, 2 * float(kernel.split("-")[1])))
    return chi.ppf(p, d)


def mixing(seed, kernel, m):
    if not kernel.startswith("matern"):
        return np.ones(m)
    degrees = int(2 * float(kernel.split("-")[1]))
    stream = key(seed, "features/matern")
    squares = [sum(g * g for g in gaussians(stream, i, degrees)) for i in range(m)]
    return np.sqrt(degrees / np.array(squares))


def frequencies(seed, kernel, design, norm, m):
    if design == "HADAMARD":
        p = 64
        h = hadamard(p)
        blocks = []
        for b in range((m + p - 1) // p):
            w = np.eye(p)
            for t in range(3):
                words = philox(key(seed, "features/hadamard"), (b, 0, t, 0))
                signs = [1 - 2 * ((words[j // 64] >> (j % 64)) & 1) for j in range(p)]
                w = h @ (np.array(signs)[:, None] * w)
            blocks.append(w / p**1.5)
        w = np.vstack(blocks)[:m, :D]
        return w * norms(seed, kernel, m, p, norm)[:, None]
    if kernel == "laplacian":
        stream = key(seed, "features/cauchy")
        w = np.empty((m, D))
        for j in range(D):
            words = []
            for block in range((m + 3) // 4):
                words += philox(stream, (j, 0, 0, block))
            w[:, j] = [math.tan(math.pi * (uniform(words[i]) - 0.5)) for i in range(m)]
        return w
    stream = key(seed, "features/gaussian")
    w = np.array([gaussians(stream, j, m) for j in range(D)]).T
    if design == "IID" and norm == "INDEPENDENT":
        return w * mixing(seed, kernel, m)[:, None]
    if design == "ORTHOGONAL":
        for start in range(0, m, D):
            q, r = np.linalg.qr(w[start : start + D].T)
            w[start : start + D] = (q * np.sign(np.diag(r))).T
    else:
        w /= np.linalg.norm(w, axis=1)[:, None]
    return w * norms(seed, kernel, m, D, norm)[:, None]


def features(kernel, bandwidth, w, x):
    x = np.array(x) / bandwidth
    t = w @ x
    if kernel == "softmax":
        return np.exp(np.concatenate([t, -t]) - x @ x / 2) / math.sqrt(2 * len(w))
    return np.concatenate([np.cos(t), np.sin(t)]) / math.sqrt(len(w))


def main(folder):
    cases = [
        ("gaussian", 2.0, "IID", "INDEPENDENT", 14, 20261122),
        ("gaussian", 2.0, "IID", "QUANTILES", 14, 20261122),
        ("gaussian", 2.0, "ORTHOGONAL", "STRATIFIED", 14, -5),
        ("gaussian", 2.0, "HADAMARD", "STRATIFIED", 140, 20261122),
        ("laplacian", 4.0, "IID", "INDEPENDENT", 14, 7),
        ("matern-0.5", 3.0, "ORTHOGONAL", "INDEPENDENT", 14, 7),
        ("matern-2.5", 3.0, "IID", "INDEPENDENT", 14, 7),
        ("matern-2.5", 3.0, "HADAMARD", "STRATIFIED", 14, 7),
        ("softmax", 3.0, "ORTHOGONAL", "INDEPENDENT", 14, 8),
        ("softmax", 3.0, "HADAMARD", "QUANTILES", 14, 8),
    ]
    with open(f"{folder}/random-features.csv", "w") as out:
        for kernel, bandwidth, design, norm, k, seed in cases:
            w = frequencies(seed, kernel, design, norm, k // 2)
            z = [float(v) for x in ROWS for v in features(kernel, bandwidth, w, x)]
            head = [kernel, bandwidth, design, norm, k, D, seed]
            out.write(",".join(map(str, head + [repr(v) for v in z])) + "\n")


main(sys.argv[1])

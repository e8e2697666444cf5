#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden tails of the squared-norm ratio, by series of positive terms in 60-digit arithmetic.

Writes ratio-tails.csv: the law of X / E[X] for X ~ Gamma(k/2) (d = 0) and X ~ Beta(k/2, (d-k)/2),
at u, the double that the decimal stands for, and the density at r, the double next to 1 + u:

    k,d,u,ln P(ratio > 1 + u),ln P(ratio < 1 - u),ln f(r)

Needs mpmath only. Run:  python3 ratio_tails.py > ../resources/dev/lemma/math/probability/ratio-tails.csv

Method. Neither series is the one that the code under test uses (quadrature about the edge).
  P(a, x)    = x^a e^-x / Gamma(a+1) * sum_n x^n / (a+1)_n
  Q(a, x)    = Q(a0, x) + e^-x sum_j x^(a-j) / Gamma(a-j+1), a - a0 whole, a0 in {1/2, 1}
  I_x(a, b)  = x^a (1-x)^b / (a B(a, b)) * sum_n (a+b)_n / (a+1)_n x^n, the other tail by symmetry
"""
from mpmath import mp, mpf, log, loggamma, erfc, sqrt, exp, inf

mp.dps = 60
SMALL = mpf(10) ** -45


def positive_sum(first, ratio):
    """first * (1 + r0 + r0 r1 + ...), stopped where the rest is below 1e-45 of it."""
    total = term = mpf(1)
    n = 0
    while True:
        r = ratio(n)
        if r <= 0:
            return first + log(total)
        term *= r
        total += term
        n += 1
        if r < 1 and term < SMALL * total * (1 - r):
            return first + log(total)


def gamma_below(a, x):
    if x <= 0:
        return -inf
    return positive_sum(a * log(x) - x - loggamma(a + 1), lambda n: x / (a + 1 + n))


def gamma_above(a, x):
    whole = int(a - mpf(1) / 2) if (2 * a) % 2 else int(a - 1)
    base = log(erfc(sqrt(x))) if (2 * a) % 2 else -x
    if whole == 0:
        return base
    # from the largest index down: x^(a-1) / Gamma(a), times (a-1)/x, (a-2)/x, ...
    first = (a - 1) * log(x) - x - loggamma(a)
    rest = positive_sum(first, lambda n: (a - 1 - n) / x if n + 1 < whole else mpf(0))
    top = max(base, rest)
    return top + log(exp(base - top) + exp(rest - top))


def beta_below(a, b, x):
    if x <= 0:
        return -inf
    if x >= 1:
        return mpf(0)
    first = a * log(x) + b * log(1 - x) - log(a) + loggamma(a + b) - loggamma(a) - loggamma(b)
    return positive_sum(first, lambda n: (a + b + n) * x / (a + 1 + n))


def show(value):
    return "-inf" if value == -inf else mp.nstr(value, 24, min_fixed=-6, max_fixed=15)


def row(k, d, text):
    u = mpf(float(text))  # the double, exactly
    r = mpf(1.0 + float(text))
    a = mpf(k) / 2
    if d == 0:
        above = gamma_above(a, a * (1 + u))
        below = gamma_below(a, a * (1 - u))
        density = a * log(a) - loggamma(a) + (a - 1) * log(r) - a * r
    else:
        b = mpf(d - k) / 2
        m = mpf(k) / d
        above = beta_below(b, a, 1 - m * (1 + u)) if m * (1 + u) < 1 else -inf
        below = beta_below(a, b, m * (1 - u))
        density = -inf
        if m * r < 1:
            y = m * r
            density = (log(m) + (a - 1) * log(y) + (b - 1) * log(1 - y)
                       + loggamma(a + b) - loggamma(a) - loggamma(b))
    print(f"{k},{d},{text},{show(above)},{show(below)},{show(density)}")


GAMMA = [
    (1, ["0", "0.01", "0.5", "0.999", "3", "20", "500"]),
    (2, ["0", "0.1", "0.5", "0.9", "5", "1000"]),
    (3, ["0.001", "0.5", "0.99", "8"]),
    (4, ["0.3", "0.999999", "2"]),
    (7, ["0.1", "0.5", "0.95", "60"]),
    (20, ["0.05", "0.5", "0.9", "3"]),
    (64, ["0.5"]),
    (100, ["0.01", "0.5", "0.97"]),
    (300, ["0.05", "0.2", "0.7", "4"]),
    (997, ["0.03", "0.3", "0.9"]),
    (3188, ["0.2", "0.7"]),
    (11841, ["0.1", "0.4"]),
    (30489, ["0.05", "0.3", "0.98"]),
    (1112658, ["0.001", "0.01", "0.05"]),
    (20000000, ["0.0001", "0.001", "0.006"]),
    (400000000, ["0.0003", "0.002"]),
]

BETA = [
    (1, 2, ["0", "0.3", "0.9"]),
    (1, 3, ["0.2", "0.99", "1.9"]),
    (2, 3, ["0.25", "0.49"]),
    (1, 1000, ["0.5", "30"]),
    (999, 1000, ["0.0005", "0.001", "0.02"]),
    (998, 1000, ["0.0005", "0.0015", "0.002003"]),
    (64, 64 + 64, ["0.2", "0.5", "0.95"]),
    (435, 512, ["0.05", "0.17", "0.5"]),
    (505, 512, ["0.005", "0.0138", "0.1"]),
    (695, 1024, ["0.2", "0.4"]),
    (1684, 2048, ["0.1"]),
    (334, 16384, ["0.2", "0.9"]),
    (5443, 16384, ["0.1", "0.5"]),
    (11089, 131072, ["0.1", "0.3"]),
    (100000, 1000000, ["0.001", "0.02", "0.08"]),
    (999000, 1000000, ["0.0001", "0.0005"]),
    (3000000, 1000000000, ["0.002", "0.01"]),
]

print("k,d,u,lnAbove,lnBelow,lnDensity")
for k, deviations in GAMMA:
    for u in deviations:
        row(k, 0, u)
for k, d, deviations in BETA:
    for u in deviations:
        row(k, d, u)

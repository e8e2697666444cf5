# SPDX-License-Identifier: Apache-2.0
"""References of 50 digits for dev.lemma.math.function: python3 small_functions.py > small-functions.csv

Columns: function, x, parameter (both exact doubles in decimal), value. Needs mpmath 1.3.
Results below the smallest normal double or above the largest are left out.
"""

from mpmath import *

mp.dps = 70
SMALLEST, LARGEST = mpf(2) ** -1022, mpf(2) ** 1023


def cdf(u):
    if abs(u) > 1000:
        return mpf(u > 0)
    return erfc(-u / sqrt(mpf(2))) / 2


def pdf(u):
    return exp(-u * u / 2) / sqrt(2 * pi)


def sigma(z):
    return 1 / (1 + exp(-z))


def softplus(x, t):
    return log1p(exp(t * x)) / t


def staircase(step, x, reach):
    """The sum of all steps at integers, near x; those further off are whole."""
    centre = int(floor(x))
    total = mpf(centre)
    for n in range(-reach, reach + 1):
        total += step(x - centre - n) - (1 if n <= 0 else 0)
    return total


def logistic_floor(x, t):
    return staircase(lambda y: sigma(t * y), x, int(150 / t) + 2)


def gaussian_floor(x, s):
    return staircase(lambda y: cdf(y / s), x, int(18 * s) + 2)


def cauchy_floor(x, a):
    q, angle = exp(-2 * pi * a), 2 * pi * x
    return x - mpf(1) / 2 + atan2(q * sin(angle), 1 - q * cos(angle)) / pi


def logistic_comb(x, t):
    r = x - floor(x)
    return sum(t * sigma(t * (r - n)) * sigma(-t * (r - n)) for n in range(-int(150 / t) - 2, int(150 / t) + 3))


def gaussian_comb(x, s):
    r = x - floor(x)
    return sum(pdf((r - n) / s) / s for n in range(-int(18 * s) - 2, int(18 * s) + 3))


def cauchy_comb(x, a):
    return sinh(2 * pi * a) / (cosh(2 * pi * a) - cos(2 * pi * x))


def taylor(x, n):
    return sum(x**k / factorial(k) for k in range(int(n) + 1))


def perimeter(a, b):
    a, b = max(a, b), min(a, b)
    return 4 * a * ellipe(1 - (b / a) ** 2)


def squareplus(x, b):
    root = sqrt(x * x + b)
    return (x + root) / 2 if x > 0 else b / (root - x) / 2


def squareplus_slope(x, b):
    root = sqrt(x * x + b)
    return (1 + x / root) / 2 if x > 0 else b / (root * (root - x)) / 2


def swish_slope(x, t):
    s = sigma(t * x)
    return s * (1 + t * x * sigma(-t * x))


FUNCTIONS = {
    "squareplus": squareplus,
    "squareplus-slope": squareplus_slope,
    "softplus": softplus,
    "gelu": lambda x, _: x * cdf(x),
    "gelu-slope": lambda x, _: cdf(x) + x * pdf(x),
    "swish": lambda x, t: x * sigma(t * x),
    "swish-slope": swish_slope,
    "logistic-step": lambda x, t: sigma(t * x),
    "logistic-density": lambda x, t: t * sigma(t * x) * sigma(-t * x),
    "gaussian-step": lambda x, s: cdf(x / s),
    "gaussian-density": lambda x, s: pdf(x / s) / s,
    "gaussian-relu": lambda x, s: x * cdf(x / s) + s * pdf(x / s),
    "cauchy-step": lambda x, a: atan2(a, -x) / pi,
    "cauchy-density": lambda x, a: a / (pi * (x * x + a * a)),
    "cauchy-gated": lambda x, a: x * atan2(a, -x) / pi,
    "cauchy-relu": lambda x, a: x * atan2(a, -x) / pi - a * log(1 + (x / a) ** 2) / (2 * pi),
    "logistic-floor": logistic_floor,
    "gaussian-floor": gaussian_floor,
    "cauchy-floor": cauchy_floor,
    "logistic-comb": logistic_comb,
    "gaussian-comb": gaussian_comb,
    "cauchy-comb": cauchy_comb,
    "taylor": taylor,
    "perimeter": perimeter,
    "area": lambda a, b: pi * a * b,
}

EVERYWHERE = sorted(
    [s * m for s in (-1, 1) for m in (1e-300, 1e-30, 1e-8, 1e-3, 0.1, 0.25, 0.4999, 0.75, 1, 1.2784, 1.4999, 1.5, 1.5001, 1.7, 2, 2.3, 3, 3.56462, 4.4, 5.7, 7, 8.29, 11.1, 15, 20.3, 25.7, 30.9, 36.3, 37.4)]
    + [0.0]
)
FAR = [s * m for s in (-1, 1) for m in (50, 123.4, 700.5, 1e4, 3.3e8, 1e100, 1e149, 1e151, 1e300)]
# Squares and quotients of x and a overflow, steps underflow; and where a density was 4.7 ulp off.
CAUCHY_FAR = [(-1e10, 1e-300), (1e10, 1e-300), (-1e300, 1e-300), (1e300, 1e-300), (1e-100, 1e-300), (-1e-140, 1e-300), (-1.7e308, 1e-5), (-1e308, 1e-20), (-1e300, 1e300), (2.2912704798513428e97, 0.0025827272226038346)]
# The worst of 60,000 random ones: 9.5, 11.6 and 29.6 ulp.
ELLIPSES = [(0.12167110119890336, 0.0012457707369425777), (0.2295560343081414, 0.00030330438618299184), (30.674998478434727, 2.7216052552837674e-07)]
STAIRS = [-3.7, -1, -0.5, -0.01, -1e-9, 0.0, 1e-9, 0.1, 0.25, 0.4, 0.5, 0.6, 0.9, 0.999, 1, 1.5, 1.9, 2.1, 7.5, 1e6 + 0.3]


def points():
    for f in ("squareplus", "squareplus-slope"):
        for b in (1e-280, 1e-6, 1, 1.5238210325187507, 4, 1e9, 1e280):
            yield from ((f, x, b) for x in EVERYWHERE + FAR)
    for f in ("softplus", "swish", "swish-slope", "logistic-step", "logistic-density"):
        yield from ((f, x, 1) for x in EVERYWHERE + FAR)
        yield from ((f, x, t) for x in EVERYWHERE for t in (0.1, 2.5, 10))
    for f in ("gelu", "gelu-slope"):
        yield from ((f, x, 1) for x in EVERYWHERE + FAR)
    for f in ("gaussian-step", "gaussian-density", "gaussian-relu"):
        yield from ((f, x, 1) for x in EVERYWHERE + FAR)
        yield from ((f, x, s) for x in EVERYWHERE for s in (0.3, 2.5, 10))
    for f in ("cauchy-step", "cauchy-density", "cauchy-gated", "cauchy-relu"):
        yield from ((f, x, a) for x in EVERYWHERE + FAR[:4] + FAR[9:13] for a in (1e-3, 0.3, 1, 10))
        yield from ((f, x, a) for x, a in CAUCHY_FAR)
    for f in ("logistic-floor", "logistic-comb"):
        yield from ((f, x, t) for x in STAIRS for t in (0.5, 1, 4.4, 4.5, 10, 100))
    for f in ("gaussian-floor", "gaussian-comb"):
        yield from ((f, x, s) for x in STAIRS for s in (0.01, 0.1, 0.39, 0.4, 1, 3))
    for f in ("cauchy-floor", "cauchy-comb"):
        yield from ((f, x, a) for x in STAIRS[:-1] for a in (1e-3, 0.1, 1, 3))
    for n in (2, 4, 6, 10, 20, 50):
        yield from (("taylor", x, n) for x in EVERYWHERE + [-100.5, -60, -45, -39.9, -12.5, 100, 1e5])
    for f in ("perimeter", "area"):
        yield from ((f, a, b) for a in (1, 5, 1e-200, 1e200) for b in (a, a * 0.8, a * 0.5, a * 0.1, a * 1e-3, a * 1e-6, a * 3))
        yield from ((f, a, b) for a, b in ELLIPSES)


print("function,x,parameter,value")
for name, x, parameter in points():
    value = FUNCTIONS[name](mpf(x), mpf(parameter))
    if value == 0 or SMALLEST < abs(value) < LARGEST:
        print(f"{name},{float(x)!r},{float(parameter)!r},{nstr(value, 50, min_fixed=0, max_fixed=0)}")

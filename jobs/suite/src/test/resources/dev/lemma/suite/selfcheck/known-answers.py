# SPDX-License-Identifier: Apache-2.0
"""Makes the answers of KnownAnswers that are no published ones, without any code of Lemma.

    python3 known-answers.py

Philox4x64-10 from its paper (Salmon and others, 2011), XXH64 from its specification, sums of whole
numbers and exactly rounded fused multiply-adds by rational arithmetic. The answers of projections are
not made here: their kernels have test vectors of their own.
"""
import hashlib
import struct
from fractions import Fraction

MASK = (1 << 64) - 1


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


def doubles(values):
    return struct.pack(">%dd" % len(values), *[v + 0.0 for v in values])


def philox(key, counter):
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2E7470EE14C6C93 * c0, 0xCA5A826395121157 * c2
        c0, c1, c2, c3 = (p1 >> 64) ^ c1 ^ k0, p1 & MASK, (p0 >> 64) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B97F4A7C15) & MASK, (k1 + 0xBB67AE8584CAA73B) & MASK
    return [c0, c1, c2, c3]


P1, P2, P3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P4, P5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5


def rotl(x, n):
    return (x << n | x >> (64 - n)) & MASK


def xxh64_short(data, seed):
    """XXH64 of fewer than 32 bytes."""
    h = (seed + P5 + len(data)) & MASK
    while len(data) >= 8:
        (word,), data = struct.unpack("<Q", data[:8]), data[8:]
        h ^= rotl(word * P2 & MASK, 31) * P1 & MASK
        h = (rotl(h, 27) * P1 + P4) & MASK
    if len(data) >= 4:
        (word,), data = struct.unpack("<I", data[:4]), data[4:]
        h ^= word * P1 & MASK
        h = (rotl(h, 23) * P2 + P3) & MASK
    for byte in data:
        h ^= byte * P5 & MASK
        h = rotl(h, 11) * P1 & MASK
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32


def mixed(x):
    z = (x + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 33) * 0xFF51AFD7ED558CCD & MASK
    z = (z ^ z >> 33) * 0xC4CEB9FE1A85EC53 & MASK
    return z ^ z >> 33


def wholes(n, salt):
    return [(mixed(i + salt * n) >> 33) % 17 - 8 for i in range(n)]


def reals(n, salt):
    signed = [mixed(i + salt * n) for i in range(n)]
    return [((s - (1 << 64) if s >> 63 else s) >> 11) * 2.0**-52 for s in signed]


M, N, INNER = 67, 45, 130


def gram(rows, add):
    out = []
    for j in range(N):
        for i in range(j + 1):
            total = 0.0
            for r in range(INNER):
                total = add(rows[r * N + i], rows[r * N + j], total)
            out.append(float(total))
    return out


def fma(x, y, z):
    return float(Fraction(x) * Fraction(y) + Fraction(z))


blocks = [word for i in range(10000) for word in philox((1, 2), (i, 3, 4, 5))]
print("PHILOX", digest(struct.pack(">%dQ" % len(blocks), *blocks)))
print("HASH", "%016x %016x" % (xxh64_short(b"", 0), xxh64_short(b"Johnson-Lindenstrauss", 1)))
a, b = wholes(M * INNER, 3), wholes(INNER * N, 5)
product = [
    float(sum(a[i * INNER + r] * b[r * N + j] for r in range(INNER)))
    for i in range(M)
    for j in range(N)
]
print("DGEMM", digest(doubles(product)))
print("GRAM", digest(doubles(gram(b, lambda x, y, z: x * y + z))))
print("GRAM_BITS", digest(doubles(gram(reals(INNER * N, 19), fma))))

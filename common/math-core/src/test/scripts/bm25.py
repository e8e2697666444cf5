# SPDX-License-Identifier: Apache-2.0
"""BM25 scores of small corpora by 50-digit arithmetic, straight from the formula.

    python3 bm25.py > bm25.csv        (needs mpmath)

Columns: k1, b, the documents (terms are numbers; documents are parted by |), the query, the score
of each document. The first corpus is {cat dog cat}, {dog fish}, {bird fish fish cat} with the
query {cat, fish}: 0.6462549902, 0.5442147286, 1.0044648991.
"""
import random

from mpmath import log, mp, mpf, nstr

mp.dps = 50


def scores(k1, b, corpus, query):
    mean = mpf(sum(map(len, corpus))) / len(corpus)
    out = []
    for words in corpus:
        score = mpf(0)
        for term in query:
            n = sum(term in other for other in corpus)
            tf = words.count(term)
            if tf:
                idf = log(1 + (len(corpus) - n + mpf("0.5")) / (n + mpf("0.5")))
                norm = k1 * (1 - b + b * len(words) / mean)
                score += idf * tf * (k1 + 1) / (tf + norm)
        out.append(score)
    return out


def line(k1, b, corpus, query):
    # The doubles that a program is given, not their decimal names.
    found = scores(mpf(k1), mpf(b), corpus, query)
    documents = "|".join(" ".join(map(str, words)) for words in corpus)
    terms = " ".join(map(str, query))
    return f"{k1},{b},{documents},{terms}," + " ".join(nstr(s, 20) for s in found)


print("k1,b,documents,query,scores")
print(line(1.2, 0.75, [[1, 2, 1], [2, 3], [4, 3, 3, 1]], [1, 3]))
random.seed(1)
for k1, b in [(1.2, 0.75), (0.0, 0.5), (2.0, 0.0), (0.9, 1.0), (100.0, 0.4)]:
    for _ in range(3):
        corpus = [
            [int(30 ** random.random()) for _ in range(random.randrange(0, 9))] for _ in range(9)
        ]
        print(line(k1, b, corpus, random.sample(range(1, 12), 5)))

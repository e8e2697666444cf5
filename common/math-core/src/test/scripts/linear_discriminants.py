#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden linear discriminants of scikit-learn on its four small data sets.

Writes to a folder, for iris, wine, breast_cancer and digits,

    NAME.csv.gz       one row a line: the features as scikit-learn has them, then the class
    discriminants.csv.gz   set,what,numbers...

The columns are standardised by the whole set (deviation with n), constant ones dropped. `what` is
    columns               indices of the columns kept
    lsqr, eigen           LinearDiscriminantAnalysis(solver), unshrunk
    fixed                 lsqr's equations with the covariance shrunk by the share 0.3
    oas, ledoit-wolf      share found for the rows less their class means (assume_centered)
    oas-model, ...-model  lsqr's equations with that covariance
    rblw                  the share by the formula of Chen et al., from trace and norm alone
Models are K intercepts and K x d coefficients, each less its mean over the classes, as two-class
models of scikit-learn are given for class 1 against class 0 and are halved.

Needs scikit-learn (made with 1.2.1, numpy 1.24.2, scipy 1.10.1):
    python3 linear_discriminants.py ../resources/dev/lemma/math/logistic
"""
import gzip
import sys

import numpy as np
from sklearn.covariance import OAS, ledoit_wolf_shrinkage
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

SETS = {
    "iris": load_iris,
    "wine": load_wine,
    "breast_cancer": load_breast_cancer,
    "digits": load_digits,
}


def write(path, text):
    with open(path, "wb") as raw:
        # Without name and time the same content gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as out:
            out.write(text.encode("ascii"))


def number(value):
    return repr(int(value)) if float(value).is_integer() else repr(float(value))


def model(intercepts, coefficients):
    if len(intercepts) == 1:
        intercepts = np.array([-0.5, 0.5]) * intercepts[0]
        coefficients = np.vstack([-0.5 * coefficients[0], 0.5 * coefficients[0]])
    b = intercepts - intercepts.mean()
    w = coefficients - coefficients.mean(axis=0)
    return np.concatenate([b, w.ravel()])


def solved(covariance, x, y):
    means = np.array([x[y == k].mean(axis=0) for k in np.unique(y)])
    w = np.linalg.lstsq(covariance, means.T, rcond=None)[0].T
    b = -0.5 * np.diag(means @ w.T) + np.log(np.bincount(y) / len(y))
    return model(b, w)


def golden(name, x, y):
    deviation = x.std(axis=0)
    kept = np.flatnonzero(deviation > 0)
    z = (x[:, kept] - x[:, kept].mean(axis=0)) / deviation[kept]
    yield "columns", kept
    for solver in ("lsqr", "eigen"):
        lda = LinearDiscriminantAnalysis(solver=solver).fit(z, y)
        yield solver, model(lda.intercept_, lda.coef_)
    n, d = z.shape
    residuals = z - np.array([z[y == k].mean(axis=0) for k in range(y.max() + 1)])[y]
    s = residuals.T @ residuals / n
    mu = np.trace(s) / d
    yield "fixed", solved(0.7 * s + 0.3 * mu * np.eye(d), z, y)
    oas = OAS(assume_centered=True).fit(residuals)
    yield "oas", [oas.shrinkage_]
    yield "oas-model", solved(oas.covariance_, z, y)
    rho = ledoit_wolf_shrinkage(residuals, assume_centered=True)
    yield "ledoit-wolf", [rho]
    yield "ledoit-wolf-model", solved((1 - rho) * s + rho * mu * np.eye(d), z, y)
    square, trace = np.sum(s**2), np.trace(s)
    rblw = ((n - 2) / n * square + trace**2) / ((n + 2) * (square - trace**2 / d))
    yield "rblw", [min(1, rblw)]


def main(folder):
    lines = []
    for name, load in SETS.items():
        x, y = load(return_X_y=True)
        rows = (",".join(number(v) for v in row) + f",{k}" for row, k in zip(x, y))
        write(f"{folder}/{name}.csv.gz", "\n".join(rows) + "\n")
        for what, numbers in golden(name, x, y):
            lines.append(",".join([name, what] + [number(v) for v in numbers]))
    write(f"{folder}/discriminants.csv.gz", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

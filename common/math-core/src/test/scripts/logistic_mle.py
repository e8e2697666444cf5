#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden penalised maximum-likelihood fits of scikit-learn on its small data sets.

Writes logistic-mle.csv to a folder: set,C,numbers... The columns are standardised by the whole set
(deviation with n). The numbers are one row for each class (for two classes one row, class 1
against class 0): intercept, then d coefficients. What lbfgs leaves is taken off by Newton steps on
scikit-learn's own objective, and the largest gradient is checked.

Needs scikit-learn (made with 1.2.1, numpy 1.24.2):
    python3 logistic_mle.py ../resources/dev/lemma/math/logistic
"""
import sys

import numpy as np
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.linear_model import LogisticRegression


def derivatives(theta, x, y, c):
    a = np.c_[np.ones(len(x)), x]
    k, p = theta.shape
    scores = a @ theta.T
    penalty = np.r_[0, np.full(p - 1, 1 / c)]
    if k == 1:
        probability = 1 / (1 + np.exp(-scores))
        gradient = (probability - y[:, None]).T @ a
        curvature = (probability * (1 - probability))[:, :, None]
    else:
        e = np.exp(scores - scores.max(1, keepdims=True))
        probability = e / e.sum(1, keepdims=True)
        gradient = (probability - np.eye(k)[y]).T @ a
        curvature = probability[:, :, None] * (np.eye(k) - probability[:, None, :])
    gradient = gradient + penalty * theta
    hessian = np.einsum("nkl,ni,nj->kilj", curvature, a, a).reshape(k * p, k * p)
    return gradient, hessian + np.diag(np.tile(penalty, k))


def fit(x, y, c):
    model = LogisticRegression(C=c, tol=1e-8, max_iter=100000).fit(x, y)
    theta = np.c_[model.intercept_, model.coef_]
    for _ in range(4):
        gradient, hessian = derivatives(theta, x, y, c)
        theta = theta - np.linalg.lstsq(hessian, gradient.ravel(), rcond=1e-13)[0].reshape(
            theta.shape)
    assert np.abs(theta[:, 1:] - model.coef_).max() < 1e-2
    assert np.abs(derivatives(theta, x, y, c)[0]).max() < 1e-9
    return theta


with open(sys.argv[1] + "/logistic-mle.csv", "w") as out:
    for name, load in [("iris", load_iris), ("wine", load_wine),
                       ("breast_cancer", load_breast_cancer)]:
        x, y = load(return_X_y=True)
        x = (x - x.mean(0)) / x.std(0)
        for c in [1.0, 100.0]:
            theta = fit(x, y, c)
            out.write(",".join([name, repr(c)] + [repr(float(v)) for v in theta.ravel()]) + "\n")

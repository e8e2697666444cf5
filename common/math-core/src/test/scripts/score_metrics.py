#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden values of the metrics of binary and multi-class scores, from scikit-learn and scipy.

Writes score-rows.csv (case,label,weight,scores separated by spaces) and score-metrics.csv
(case,metric,value). Binary scores are logits. Made with scikit-learn 1.2.1, numpy 1.24.2, scipy
1.10.1. Run:  python3 score_metrics.py ../resources/dev/lemma/math/logistic

Calibrations are minimised by scipy from several starts:
  binary    n mean_w log(1 + exp(-+(e^a z + t))) + a^2/2 + t^2/2, n = (sum w)^2 / sum w^2
  softmax   n mean_w -log softmax(e^a z + t)_y + a^2/2 + sum_{k>=2} t_k^2/2, t_1 = 0
"""
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    log_loss,
    precision_score,
    recall_score,
    roc_auc_score,
    roc_curve,
)

rows = ["case,label,weight,scores"]
metrics = ["case,metric,value"]


def put(case, **values):
    for name, value in values.items():
        metrics.append(f"{case},{name},{float(value)!r}")


def rows_of(case, y, w, z):
    for label, weight, score in zip(y, w, z.reshape(len(y), -1)):
        rows.append(f"{case},{label},{float(weight)!r}," + " ".join(repr(float(s)) for s in score))


def least(objective, size):
    best = None
    for start in (np.zeros(size), np.full(size, 0.5), np.full(size, -0.7)):
        found = minimize(objective, start, method="BFGS", options={"gtol": 1e-10, "maxiter": 2000})
        found = minimize(objective, found.x, method="Nelder-Mead",
                         options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 40000, "maxfev": 40000})
        if best is None or found.fun < best.fun:
            best = found
    return best


def binary(case, y, w, z):
    rows_of(case, y, w, z)
    p = expit(z)
    n = w.sum() ** 2 / (w ** 2).sum()
    losses = np.logaddexp(0, np.where(y == 1, -z, z))
    fpr, tpr, _ = roc_curve(y, z, sample_weight=w, drop_intermediate=False)
    predicted = (z >= 0).astype(int)
    tn, fp, fn, tp = confusion_matrix(y, predicted, sample_weight=w).ravel()

    def objective(theta):
        return (n * np.average(np.logaddexp(0, np.where(y == 1, -1, 1)
                                            * (np.exp(theta[0]) * z + theta[1])), weights=w)
                + theta @ theta / 2)

    fit = least(objective, 2)
    put(case, logLoss=np.average(losses, weights=w), brier=brier_score_loss(y, p, sample_weight=w),
        auc=roc_auc_score(y, z, sample_weight=w),
        averagePrecision=average_precision_score(y, z, sample_weight=w),
        ks=np.abs(tpr - fpr).max(), accuracy=accuracy_score(y, predicted, sample_weight=w),
        tn=tn, fp=fp, fn=fn, tp=tp,
        precision=precision_score(y, predicted, sample_weight=w, zero_division=0),
        recall=recall_score(y, predicted, sample_weight=w),
        f1=f1_score(y, predicted, sample_weight=w),
        effectiveRows=n, scale=np.exp(fit.x[0]), offset=fit.x[1], objective=fit.fun)
    if np.abs(z).max() < 30:
        # Where no probability is clipped, the loss from logits is scikit-learn's.
        put(case, sklearnLogLoss=log_loss(y, p, sample_weight=w))


def multi(case, y, w, z):
    rows_of(case, y, w, z)
    k = z.shape[1]
    p = softmax(z, axis=1)
    n = w.sum() ** 2 / (w ** 2).sum()
    predicted = z.argmax(axis=1)
    onehot = np.eye(k)[y]
    put(case, logLoss=log_loss(y, p, sample_weight=w),
        brier=np.average(((p - onehot) ** 2).sum(axis=1), weights=w),
        accuracy=accuracy_score(y, predicted, sample_weight=w),
        macroRecall=recall_score(y, predicted, sample_weight=w, average="macro"),
        macroF1=f1_score(y, predicted, sample_weight=w, average="macro"),
        weightedF1=f1_score(y, predicted, sample_weight=w, average="weighted"),
        effectiveRows=n)
    aucs = [roc_auc_score(y == c, p[:, c], sample_weight=w) for c in range(k)]
    shares = np.array([w[y == c].sum() for c in range(k)]) / w.sum()
    put(case, macroAuc=np.mean(aucs), weightedAuc=shares @ aucs,
        macroAveragePrecision=np.mean(
            [average_precision_score(y == c, p[:, c], sample_weight=w) for c in range(k)]))
    for c in range(k):
        put(case, **{f"auc{c}": aucs[c]})
    matrix = confusion_matrix(y, predicted, sample_weight=w)
    for i in range(k):
        for j in range(k):
            put(case, **{f"confusion{i}{j}": matrix[i, j]})

    def objective(theta):
        logits = np.exp(theta[0]) * z + np.concatenate([[0], theta[1:]])
        own = log_softmax(logits, axis=1)[np.arange(len(y)), y]
        return -n * np.average(own, weights=w) + theta @ theta / 2

    fit = least(objective, k)
    put(case, scale=np.exp(fit.x[0]), objective=fit.fun,
        **{f"offset{c}": fit.x[c] if c else 0 for c in range(k)})


rng = np.random.default_rng(8578)


def labels(n, share):
    y = (rng.random(n) < share).astype(int)
    y[0], y[1] = 0, 1
    return y


y = labels(150, 0.4)
binary("plain", y, np.ones(150), rng.normal(size=150) + 1.3 * y - 0.7)
y = labels(150, 0.5)
binary("ties", y, np.ones(150), np.round(rng.normal(size=150) + y - 0.5, 1))
y = labels(150, 0.3)
binary("weighted", y, rng.exponential(size=150), np.round(2 * rng.normal(size=150) + y, 1))
y = labels(120, 0.1)
binary("rare", y, np.ones(120), 3 * (rng.normal(size=120) + 1.5 * y) + 1)
y = labels(80, 0.5)
binary("separable", y, np.ones(80), 20 * (y - 0.5) + rng.random(80))
y = labels(60, 0.5)
binary("constant", y, np.ones(60), np.full(60, 0.25))
y = labels(100, 0.5)
binary("reversed", y, rng.integers(1, 4, 100).astype(float), rng.normal(size=100) - y)

y = rng.integers(0, 3, 120)
multi("three", y, np.ones(120), rng.normal(size=(120, 3)) + 1.5 * np.eye(3)[y])
y = rng.choice(4, 150, p=[0.5, 0.3, 0.15, 0.05])
multi("four", y, rng.exponential(size=150),
      2 * rng.normal(size=(150, 4)) + 2 * np.eye(4)[y] + np.array([0, 1, 0, -1]))

with open(sys.argv[1] + "/score-rows.csv", "w") as out:
    out.write("\n".join(rows) + "\n")
with open(sys.argv[1] + "/score-metrics.csv", "w") as out:
    out.write("\n".join(metrics) + "\n")

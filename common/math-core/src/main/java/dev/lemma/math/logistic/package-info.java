// SPDX-License-Identifier: Apache-2.0

/**
 * Logistic regression in closed form. Everything starts from {@link
 * dev.lemma.math.logistic.ClassMoments}: weight, mean and scatter of the rows of each class, which
 * one pass over the data gives ({@link dev.lemma.math.logistic.MomentAccumulator}) and which can be
 * merged, subtracted and let decay. {@link dev.lemma.math.logistic.FoldMoments} holds them by fold,
 * so that models for every fold left out cost no pass of their own.
 *
 * <p>{@link dev.lemma.math.logistic.ClosedForm} makes a {@link dev.lemma.math.logistic.LinearModel}
 * of them, {@link dev.lemma.math.logistic.RidgePath} a whole path, {@link
 * dev.lemma.math.logistic.ClosedFormErrors} says how sure its coefficients are, and {@link
 * dev.lemma.math.logistic.Drift} whether two sets of rows differ.
 *
 * <p>Models are compared and calibrated on {@link dev.lemma.math.logistic.CrossFittedScores}, from
 * which {@link dev.lemma.math.logistic.Tournament} chooses, and judged by {@link
 * dev.lemma.math.logistic.PredictionEvaluation}.
 *
 * <p>{@link dev.lemma.math.logistic.Ladder} puts all of it together: from moments alone to the
 * maximum likelihood, every further pass over the data ({@link
 * dev.lemma.math.logistic.LadderPasses}) judged on rows left out.
 *
 * <p>Rows too wide for a matrix have {@link dev.lemma.math.logistic.DiagonalMoments} instead of
 * scatters; {@link dev.lemma.math.logistic.MatrixFree} solves the closed form from them and a few
 * more passes.
 *
 * <p>n counts rows, d features, K classes (numbered from 0) and F folds.
 */
package dev.lemma.math.logistic;

// SPDX-License-Identifier: Apache-2.0

/**
 * Logistic regression in closed form. Everything starts from {@link
 * dev.lemma.math.logistic.ClassMoments}: weight, mean and scatter of the rows of each class, which
 * one pass over the data gives and which can be merged, subtracted and let decay. {@link
 * dev.lemma.math.logistic.FoldMoments} holds them by fold, so that models for every fold left out
 * cost no pass of their own.
 *
 * <p>n counts rows, d features, K classes (numbered from 0) and F folds.
 */
package dev.lemma.math.logistic;

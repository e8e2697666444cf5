// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** How the centred scatter of K classes in d features is kept. */
public enum ScatterLayout {
  /** One matrix for each class: K d (d + 1) / 2 numbers. */
  PER_CLASS,
  /** The sum over the classes: d (d + 1) / 2 numbers. */
  POOLED
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What features are called: as their columns, as metadata says, or by their number.
 *
 * @param column of the features
 * @param given names, null where there is none; none at all where no feature has one
 */
record FeatureNames(String column, String[] given) implements Serializable {
  String of(int feature) {
    return feature < given.length && given[feature] != null
        ? given[feature]
        : column + "[" + feature + "]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureNames names
        && column.equals(names.column)
        && Arrays.equals(given, names.given);
  }

  @Override
  public int hashCode() {
    return 31 * column.hashCode() + Arrays.hashCode(given);
  }

  @Override
  public String toString() {
    return column + " with " + given.length + " names";
  }
}

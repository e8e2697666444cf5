// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Counts the zeros of an array of floats inside a plan; generated code calls it. */
public final class ArrayTally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** For one array without nulls. */
  public ArrayTally() {}

  /** Number of zeros. */
  public long zeros(ArrayData array) {
    float[] values = array.toFloatArray();
    long count = 0;
    for (float value : values) {
      count += value == 0 ? 1 : 0;
    }
    return count;
  }
}

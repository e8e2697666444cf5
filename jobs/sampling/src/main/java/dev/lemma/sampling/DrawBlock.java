// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.Serializable;

/**
 * Some draws of some neighbouring parameters on their way to the task that summarises them.
 *
 * @param firstColumn number of the first parameter
 * @param columns number of parameters
 * @param chains chain of each row
 * @param iterations iteration of each row
 * @param values columns x rows, column after column
 */
record DrawBlock(int firstColumn, int columns, long[] chains, long[] iterations, double[] values)
    implements Serializable {
  int rows() {
    return chains.length;
  }
}

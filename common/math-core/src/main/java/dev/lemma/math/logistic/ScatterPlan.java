// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;

/**
 * What a pass needs to multiply scatter matrices within the classes by several directions without
 * forming them: C v = sum of w (x - m_y) (x - m_y)'v over the rows, each direction with the rows
 * and class means that it is meant for. See {@link ScatterProducts}.
 *
 * <p>A row of nnz entries costs 4 R nnz flops. The plan takes 8 R (d + K) bytes, its products as
 * much. Arrays are not copied and must not be changed.
 *
 * @param classes K
 * @param shift d numbers by which rows are shifted, see {@link PassPlan}: so that an offset costs
 *     no digits, while zeros of sparse rows stay zeros
 * @param directions d x R numbers, row-major
 * @param centres K x R numbers, row-major: (m_y - shift)'v for each class y
 * @param leftOut R folds whose rows a direction does without; below 0: none
 */
public record ScatterPlan(
    int classes, double[] shift, double[] directions, double[] centres, int[] leftOut)
    implements Serializable {
  /** Checks lengths. */
  public ScatterPlan {
    if ((long) shift.length * leftOut.length != directions.length) {
      throw new IllegalArgumentException(
          "directions: expected "
              + shift.length
              + " x "
              + leftOut.length
              + " numbers, found "
              + directions.length);
    }
    if ((long) classes * leftOut.length != centres.length) {
      throw new IllegalArgumentException(
          "centres: expected "
              + classes
              + " x "
              + leftOut.length
              + " numbers, found "
              + centres.length);
    }
  }

  /** R. */
  public int count() {
    return leftOut.length;
  }

  /** d. */
  public int features() {
    return shift.length;
  }
}

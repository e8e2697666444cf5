// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/**
 * The numbers of a decomposition: singular values and how good they are.
 *
 * <p>Error bars. Let W be the orthonormal columns of the last read, theta their Ritz values (A v =
 * theta u, v in the span of W), and e the length of A'u - theta v. A singular value of A lies
 * within e of theta, and singular value r below the certain end of {@link RitzErrors}, about theta
 * + kappa e<sup>2</sup> / 2 theta where theta is above all that W misses.
 *
 * @param values singular values, descending, k; each at most the true one but for rounding
 * @param residuals e, the measured error of the Ritz triplets, which those returned improve on by
 *     half a power step; NaN where the last read tells none
 * @param upper ends of the error bars: theta + e, or the certain end where that is nearer; true
 *     unless a larger value was missed by all columns of W; NaN as above
 * @param certain ends of the error bars that no missed value can lie above, but for a probability
 *     of 10<sup>-4</sup> of {@code missed}; NaN as above
 * @param next the largest singular value found beyond those returned; 0 where there is none
 * @param missed bounds the spectral norm of A (I - WW'), all that W misses: by the Frobenius norm
 *     of it, which is what ||A||_F leaves, or by Gaussian test vectors where they tell less, see
 *     {@link TestVectors}; NaN if the last read tells none
 * @param squaredNorm ||A||_F squared, of the prepared matrix
 * @param rows m
 * @param dimension n
 * @param reads how often A was read
 * @param columns columns of W in the last read
 * @param cut triplets found and cut off because the mode does not resolve values so small
 * @param constants columns that standardizing found constant
 * @param stop why there are no more triplets
 * @param orthonormality largest entry of |V'V - I|
 */
public record SvdFigures(
    double[] values,
    double[] residuals,
    double[] upper,
    double[] certain,
    double next,
    double missed,
    double squaredNorm,
    long rows,
    int dimension,
    int reads,
    int columns,
    int cut,
    int constants,
    StopReason stop,
    double orthonormality) {

  /** k. */
  public int rank() {
    return values.length;
  }

  /** Shares of ||A||_F squared that the triplets explain, k numbers. */
  public double[] explainedShares() {
    double[] shares = new double[values.length];
    for (int r = 0; r < shares.length; r++) {
      shares[r] = squaredNorm > 0 ? Math.min(1, values[r] * values[r] / squaredNorm) : 0;
    }
    return shares;
  }

  /** ||A - A_k||_F / ||A||_F; below 1e-7 it is rounding noise. */
  public double relativeError() {
    double rest = squaredNorm;
    for (double value : values) {
      rest -= value * value;
    }
    return squaredNorm > 0 ? Math.sqrt(Math.max(0, rest) / squaredNorm) : 0;
  }
}

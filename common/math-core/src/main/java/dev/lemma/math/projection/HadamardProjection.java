// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.KeyedPermutation;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * The subsampled randomised Hadamard transform: random signs, zero-padding to p = 2^ceil(log2 d),
 * the Walsh-Hadamard transform, and k of its p coordinates, over sqrt(k). All of R in p log2 p
 * additions.
 *
 * <p><b>Entries.</b> Stream {@code projection/hadamard}: the signs of the features 256b .. 256b +
 * 255 are the bits of the block at (entity = 0, index = b, lane = 0, block = 0), feature j having
 * bit j mod 64 of word (j / 64) mod 4, clear for +1 and set for -1. Stream {@code
 * projection/hadamard/sample}: output i is coordinate {@link KeyedPermutation#at at(i)} of the
 * permutation of [0, p) with entity 0.
 *
 * <p><b>Additions.</b> Non-zero features are put, signed, into p zeros; then {@link
 * FloatWalshHadamard}, then times 1/sqrt(k).
 *
 * <p><b>Law.</b> Var |Ru|<sup>2</sup> = 2 (1 - q4) / k times (p - k) / (p - 1), exactly so if the
 * sample were uniform among all k-subsets (the permutation is a pseudo-random one): the fourth
 * moment of a transformed coordinate over the signs is (3 - 2 q4) / p<sup>2</sup>, and sampling
 * without replacement does the rest. Higher moments depend on u: unlike the other families', the
 * coordinates of Ru are not independent, and tails for adverse u are heavier than this variance
 * suggests. With k = p it is an isometry.
 *
 * <p>Source: N. Ailon and B. Chazelle, <em>The Fast Johnson-Lindenstrauss Transform and Approximate
 * Nearest Neighbors</em>, 2009, <a
 * href="https://doi.org/10.1137/060673096">doi:10.1137/060673096</a>; J. A. Tropp, <em>Improved
 * analysis of the subsampled randomized Hadamard transform</em>, 2011, <a
 * href="https://arxiv.org/abs/1011.1595">arXiv:1011.1595</a>.
 */
final class HadamardProjection implements Projection {
  private static final int SIGNS_PER_BLOCK = 256;
  private static final int LARGEST_D = 1 << 30;

  private final ProjectionSpec spec;
  private final int d;
  private final int padded;
  private final double scale;
  private final long[] signs;
  private final int[] sample;
  private float[] floats;
  private double[] doubles;
  private FloatHadamardBlock floatBlock;
  private DoubleHadamardBlock doubleBlock;

  HadamardProjection(ProjectionSpec spec) {
    this.spec = spec;
    long dimension = spec.d().getAsLong();
    if (dimension > LARGEST_D) {
      throw new IllegalArgumentException(
          "hadamard projection: expected d of at most 2^30, found "
              + dimension
              + "; choose the family sparse-sign");
    }
    this.d = (int) dimension;
    this.padded = d == 1 ? 1 : Integer.highestOneBit(d - 1) << 1;
    if (spec.k() > padded) {
      throw new IllegalArgumentException(
          "hadamard projection: expected k of at most "
              + padded
              + ", d = "
              + d
              + " rounded up to a power of two, found "
              + spec.k());
    }
    this.scale = 1 / Math.sqrt(spec.k());
    this.signs = signs(StreamKey.of(spec.seed(), "projection/hadamard"), d);
    this.sample = sample(spec, padded);
  }

  private static long[] signs(StreamKey key, int d) {
    int blocks = (d + SIGNS_PER_BLOCK - 1) / SIGNS_PER_BLOCK;
    long[] signs = new long[blocks * Philox4x64.WORDS];
    long[] words = new long[Philox4x64.WORDS];
    for (int b = 0; b < blocks; b++) {
      key.block(0, b, 0, 0, words);
      System.arraycopy(words, 0, signs, b * words.length, words.length);
    }
    return signs;
  }

  private static int[] sample(ProjectionSpec spec, int padded) {
    StreamKey key = StreamKey.of(spec.seed(), "projection/hadamard/sample");
    KeyedPermutation permutation = new KeyedPermutation(key, 0, padded);
    int[] sample = new int[spec.k()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (int) permutation.at(i);
    }
    return sample;
  }

  private float[] floatSigns() {
    float[] all = new float[d];
    for (int j = 0; j < d; j++) {
      all[j] = sign(j);
    }
    return all;
  }

  private double[] doubleSigns() {
    double[] all = new double[d];
    for (int j = 0; j < d; j++) {
      all[j] = sign(j);
    }
    return all;
  }

  private int sign(int feature) {
    return Variates.sign(signs[feature / Long.SIZE], feature % Long.SIZE);
  }

  @Override
  public ProjectionSpec spec() {
    return spec;
  }

  @Override
  public void project(SparseRow row, float[] out) {
    RowChecks.sparse(spec, row, out.length);
    float[] x = zeroFloats();
    for (int i = 0; i < row.size(); i++) {
      put(x, (int) row.ids()[i], (float) row.values()[i]);
    }
    transformAndSample(x, out, 0);
  }

  @Override
  public void project(SparseRow row, double[] out) {
    RowChecks.sparse(spec, row, out.length);
    double[] x = zeroDoubles();
    for (int i = 0; i < row.size(); i++) {
      put(x, (int) row.ids()[i], row.values()[i]);
    }
    transformAndSample(x, out, 0);
  }

  @Override
  public void projectRows(float[] rows, int n, float[] out) {
    RowChecks.block(spec, rows.length, n, out.length);
    if (FloatHadamardBlock.serves(padded)) {
      if (floatBlock == null) {
        floatBlock = new FloatHadamardBlock(floatSigns(), padded, sample, (float) scale);
      }
      floatBlock.project(rows, n, out);
      return;
    }
    for (int r = 0; r < n; r++) {
      float[] x = zeroFloats();
      for (int j = 0; j < d; j++) {
        put(x, j, rows[r * d + j]);
      }
      transformAndSample(x, out, r * sample.length);
    }
  }

  @Override
  public void projectRows(double[] rows, int n, double[] out) {
    RowChecks.block(spec, rows.length, n, out.length);
    if (DoubleHadamardBlock.serves(padded)) {
      if (doubleBlock == null) {
        doubleBlock = new DoubleHadamardBlock(doubleSigns(), padded, sample, scale);
      }
      doubleBlock.project(rows, n, out);
      return;
    }
    for (int r = 0; r < n; r++) {
      double[] x = zeroDoubles();
      for (int j = 0; j < d; j++) {
        put(x, j, rows[r * d + j]);
      }
      transformAndSample(x, out, r * sample.length);
    }
  }

  // A signed zero would survive where all of a sum's terms are zeros: only +0 stands for absence.

  private void put(float[] x, int feature, float value) {
    if (value != 0) {
      x[feature] = sign(feature) * value;
    }
  }

  private void put(double[] x, int feature, double value) {
    if (value != 0) {
      x[feature] = sign(feature) * value;
    }
  }

  private void transformAndSample(float[] x, float[] out, int at) {
    FloatWalshHadamard.transformInPlace(x);
    float factor = (float) scale;
    for (int i = 0; i < sample.length; i++) {
      out[at + i] = x[sample[i]] * factor;
    }
  }

  private void transformAndSample(double[] x, double[] out, int at) {
    DoubleWalshHadamard.transformInPlace(x);
    for (int i = 0; i < sample.length; i++) {
      out[at + i] = x[sample[i]] * scale;
    }
  }

  @Override
  public void backProject(float[] projected, float[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    float[] x = zeroFloats();
    for (int i = 0; i < sample.length; i++) {
      x[sample[i]] = projected[i];
    }
    FloatWalshHadamard.transformInPlace(x);
    float factor = (float) scale;
    for (int j = 0; j < d; j++) {
      row[j] = sign(j) * x[j] * factor;
    }
  }

  @Override
  public void backProject(double[] projected, double[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    double[] x = zeroDoubles();
    for (int i = 0; i < sample.length; i++) {
      x[sample[i]] = projected[i];
    }
    DoubleWalshHadamard.transformInPlace(x);
    for (int j = 0; j < d; j++) {
      row[j] = sign(j) * x[j] * scale;
    }
  }

  @Override
  public double squaredNormVariance(double q4) {
    RowChecks.q4(q4);
    if (padded == 1) {
      return 0;
    }
    double k = spec.k();
    return 2 * (1 - q4) / k * ((padded - k) / (padded - 1));
  }

  private float[] zeroFloats() {
    if (floats == null) {
      floats = new float[padded];
    } else {
      Arrays.fill(floats, 0);
    }
    return floats;
  }

  private double[] zeroDoubles() {
    if (doubles == null) {
      doubles = new double[padded];
    } else {
      Arrays.fill(doubles, 0);
    }
    return doubles;
  }
}

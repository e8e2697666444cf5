// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.DoubleWalshHadamard;
import dev.lemma.math.projection.FloatWalshHadamard;
import dev.lemma.math.projection.SharedTables;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Frequencies in groups of p, d rounded up to a power of two of at least 64: group b is diag(r) H
 * D3 H D2 H D1 / p<sup>3/2</sup> on the row and p - d zeros, with the norms r of Gaussian vectors
 * of p dimensions, so that the first d coordinates have the norms of d.
 *
 * <p><b>Entries.</b> The signs of D1, D2, D3 (t = 0, 1, 2) for the coordinates 256 c .. 256 c + 255
 * are the bits of the block at (entity = b, index = c, lane = t, block = 0) of stream {@code
 * features/hadamard}, coordinate j having bit j mod 64 of word (j / 64) mod 4, set for -1. Norms:
 * {@link FrequencyNorms}.
 *
 * <p><b>Additions.</b> Those of {@link FloatWalshHadamard}, three times a group; then each product
 * times its norm and the scale.
 *
 * <p><b>Law.</b> Rows are orthogonal and of the right norm. Their directions are not quite uniform:
 * estimates have a bias that fades with p, in the tests below what sampling shows at p = 64.
 *
 * <p>Cost: 3 p log2 p additions for p frequencies. Memory: 12 bytes a frequency, shared in the JVM,
 * and a buffer of p.
 */
final class HadamardFrequencies implements Frequencies {
  private static final int ROUNDS = 3;
  private static final int SIGNS_PER_BLOCK = 256;
  private static final int SMALLEST = 64;

  private final int m;
  private final int p;
  private final Table table;
  private final float[] floatScales;
  private final double[] doubleScales;
  private final float[] floats;
  private final double[] doubles;
  private float[][] floatSigns;
  private double[][] doubleSigns;

  HadamardFrequencies(FeatureSpec spec, double scale) {
    this.m = spec.count();
    this.p = padded(spec.d());
    this.table = SharedTables.get(Table.class, spec.atUnitBandwidth(), () -> new Table(spec, p));
    double[] norms = table.norms();
    double factor = scale / (p * StrictMath.sqrt(p));
    this.doubleScales = new double[m];
    this.floatScales = new float[m];
    for (int i = 0; i < m; i++) {
      doubleScales[i] = norms[i] * factor;
      floatScales[i] = (float) doubleScales[i];
    }
    this.floats = new float[p];
    this.doubles = new double[p];
  }

  /** The length that rows are padded to. */
  static int padded(int d) {
    return d <= SMALLEST ? SMALLEST : Integer.highestOneBit(d - 1) << 1;
  }

  @Override
  public void multiply(SparseRow row, float[] out) {
    if (floatSigns == null) {
      floatSigns = table.floatSigns();
    }
    float[] x = floats;
    for (int from = 0; from < m; from += p) {
      int at = from / p * ROUNDS;
      Arrays.fill(x, 0);
      float[] signs = floatSigns[at];
      for (int e = 0; e < row.size(); e++) {
        int j = (int) row.ids()[e];
        // The sum with +0 leaves no -0: what is absent and what is zero must end in the same bits.
        x[j] = (float) row.values()[e] * signs[j] + 0f;
      }
      FloatWalshHadamard.transformInPlace(x);
      for (int t = 1; t < ROUNDS; t++) {
        multiplyInPlace(x, floatSigns[at + t]);
        FloatWalshHadamard.transformInPlace(x);
      }
      int count = Math.min(p, m - from);
      for (int i = 0; i < count; i++) {
        out[from + i] = x[i] * floatScales[from + i];
      }
    }
  }

  @Override
  public void multiply(SparseRow row, double[] out) {
    if (doubleSigns == null) {
      doubleSigns = table.doubleSigns();
    }
    double[] x = doubles;
    for (int from = 0; from < m; from += p) {
      int at = from / p * ROUNDS;
      Arrays.fill(x, 0);
      double[] signs = doubleSigns[at];
      for (int e = 0; e < row.size(); e++) {
        int j = (int) row.ids()[e];
        x[j] = row.values()[e] * signs[j] + 0.0;
      }
      DoubleWalshHadamard.transformInPlace(x);
      for (int t = 1; t < ROUNDS; t++) {
        multiplyInPlace(x, doubleSigns[at + t]);
        DoubleWalshHadamard.transformInPlace(x);
      }
      int count = Math.min(p, m - from);
      for (int i = 0; i < count; i++) {
        out[from + i] = x[i] * doubleScales[from + i];
      }
    }
  }

  private static void multiplyInPlace(float[] x, float[] signs) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= signs[i];
    }
  }

  private static void multiplyInPlace(double[] x, double[] signs) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= signs[i];
    }
  }

  /** Signs and norms, made when first asked for; thread-safe. */
  private static final class Table {
    private final FeatureSpec spec;
    private final int p;
    private double[] norms;
    private float[][] floats;
    private double[][] doubles;

    Table(FeatureSpec spec, int p) {
      this.spec = spec;
      this.p = p;
    }

    synchronized double[] norms() {
      if (norms == null) {
        norms = FrequencyNorms.of(spec, p);
      }
      return norms;
    }

    synchronized float[][] floatSigns() {
      if (floats == null) {
        floats = new float[groups() * ROUNDS][p];
        for (int at = 0; at < floats.length; at++) {
          long[] bits = bits(at / ROUNDS, at % ROUNDS);
          for (int j = 0; j < p; j++) {
            floats[at][j] = Variates.sign(bits[j / Long.SIZE], j % Long.SIZE);
          }
        }
      }
      return floats;
    }

    synchronized double[][] doubleSigns() {
      if (doubles == null) {
        doubles = new double[groups() * ROUNDS][p];
        for (int at = 0; at < doubles.length; at++) {
          long[] bits = bits(at / ROUNDS, at % ROUNDS);
          for (int j = 0; j < p; j++) {
            doubles[at][j] = Variates.sign(bits[j / Long.SIZE], j % Long.SIZE);
          }
        }
      }
      return doubles;
    }

    private int groups() {
      return (spec.count() + p - 1) / p;
    }

    private long[] bits(int group, int round) {
      StreamKey key = StreamKey.of(spec.seed(), "features/hadamard");
      long[] bits = new long[Math.max(p, SIGNS_PER_BLOCK) / Long.SIZE];
      long[] words = new long[Philox4x64.WORDS];
      for (int c = 0; c * SIGNS_PER_BLOCK < p; c++) {
        key.block(group, c, round, 0, words);
        System.arraycopy(words, 0, bits, c * words.length, words.length);
      }
      return bits;
    }
  }
}

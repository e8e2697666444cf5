// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.KeyedPermutation;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The documentation of each family, word by word and entry by entry, as slow code: whatever the
 * loops of the families do, their results have these bits.
 */
class ProjectionDefinitionTest {
  private static final long SEED = -31;

  private interface Entries {
    double at(int output, long feature);
  }

  private static long[] block(String stream, long entity, long index, long draw) {
    long[] words = new long[4];
    StreamKey.of(SEED, stream).block(entity, index, 0, draw, words);
    return words;
  }

  private static double sign(int c, long j) {
    long word = block("projection/sign", j, c / 256, 0)[(c / 64) % 4];
    return (word >>> (c % 64) & 1) == 0 ? 1 : -1;
  }

  private static double gaussian(int c, long j) {
    double[] four = new double[4];
    Variates.gaussians(block("projection/gaussian", j, c / 4, 0), four, 0);
    return four[c % 4];
  }

  /** Row, with gaps, of which some groups of four miss some of their features. */
  private static SparseRow row(int d, boolean open) {
    double[] values = Specs.gaussians(d, d);
    SparseRow row = new SparseRow();
    long id = open ? Long.MIN_VALUE + 1 : 0;
    for (int j = 0; j < d; j++) {
      if (open || j % 5 != 2 && j % 11 != 3) {
        row.append(open ? id : j, values[j]);
      }
      id += open && j % 3 == 0 ? 0x0400_0000_0000_0000L / d * 3 : 1;
    }
    return row;
  }

  /** The entries by groups of four features, and those by groups of one or two such groups. */
  private static List<List<List<Integer>>> groups(SparseRow row, int foursInGroup) {
    Map<Long, Map<Long, List<Integer>>> groups = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      long four = Math.floorDiv(row.ids()[i], 4L);
      groups
          .computeIfAbsent(Math.floorDiv(four, (long) foursInGroup), g -> new LinkedHashMap<>())
          .computeIfAbsent(four, g -> new ArrayList<>())
          .add(i);
    }
    return groups.values().stream().map(fours -> List.copyOf(fours.values())).toList();
  }

  private static double[] groupSums(
      SparseRow row, int foursInGroup, Entries r, int k, double scale) {
    double[] out = new double[k];
    for (int c = 0; c < k; c++) {
      double y = 0;
      for (List<List<Integer>> group : groups(row, foursInGroup)) {
        double sum = 0;
        for (List<Integer> four : group) {
          double part = 0;
          for (int i : four) {
            part += r.at(c, row.ids()[i]) * row.values()[i];
          }
          sum += part;
        }
        y += sum;
      }
      out[c] = y * scale;
    }
    return out;
  }

  private static float[] groupSums(SparseRow row, int foursInGroup, Entries r, int k, float scale) {
    float[] out = new float[k];
    for (int c = 0; c < k; c++) {
      float y = 0;
      for (List<List<Integer>> group : groups(row, foursInGroup)) {
        float sum = 0;
        for (List<Integer> four : group) {
          float part = 0;
          for (int i : four) {
            part += (float) r.at(c, row.ids()[i]) * (float) row.values()[i];
          }
          sum += part;
        }
        y += sum;
      }
      out[c] = y * scale;
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"SIGN, false", "SIGN, true", "GAUSSIAN, false", "GAUSSIAN, true"})
  void groupsOfFourFeaturesAndForSignsOfTwiceFour(Family family, boolean open) {
    int d = 61;
    int k = 270;
    ProjectionSpec spec = open ? Specs.open(family, SEED, k) : Specs.of(family, SEED, k, d);
    Entries r =
        family == Family.SIGN ? ProjectionDefinitionTest::sign : ProjectionDefinitionTest::gaussian;
    int foursInGroup = family == Family.SIGN ? 2 : 1;
    SparseRow row = row(d, open);
    double scale = 1 / Math.sqrt(k);
    double[] out = new double[k];
    Projection.of(spec).project(row, out);
    assertThat(out).isEqualTo(groupSums(row, foursInGroup, r, k, scale));
    float[] floats = new float[k];
    Projection.of(spec).project(row, floats);
    assertThat(floats).isEqualTo(groupSums(row, foursInGroup, r, k, (float) scale));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "4, false", "7, false", "7, true"})
  void oneAdditionForEachSparseSign(int zeta, boolean open) {
    int d = 90;
    int k = 30;
    OptionalLong known = open ? OptionalLong.empty() : OptionalLong.of(d);
    ProjectionSpec spec = new ProjectionSpec(Family.SPARSE_SIGN, SEED, k, known, zeta, 0);
    SparseRow row = row(d, open);
    double[] expected = new double[k];
    float[] expectedFloats = new float[k];
    for (int i = 0; i < row.size(); i++) {
      for (int b = 0; b < zeta; b++) {
        long word = block("projection/sparse-sign", row.ids()[i], b / 4, 0)[b % 4];
        int from = b * k / zeta;
        int size = (b + 1) * k / zeta - from;
        int c = from + (int) ((word >>> 32) * size >>> 32);
        int sign = (word & 1) == 0 ? 1 : -1;
        expected[c] += sign * row.values()[i];
        expectedFloats[c] += sign * (float) row.values()[i];
      }
    }
    double scale = 1 / Math.sqrt(zeta);
    for (int c = 0; c < k; c++) {
      expected[c] *= scale;
      expectedFloats[c] *= (float) scale;
    }
    double[] out = new double[k];
    Projection.of(spec).project(row, out);
    assertThat(out).isEqualTo(expected);
    float[] floats = new float[k];
    Projection.of(spec).project(row, floats);
    assertThat(floats).isEqualTo(expectedFloats);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneAdditionForEachVerySparseEntry(boolean open) {
    int d = 90;
    int k = 30;
    OptionalLong known = open ? OptionalLong.empty() : OptionalLong.of(d);
    double density = 0.15;
    ProjectionSpec spec = new ProjectionSpec(Family.VERY_SPARSE, SEED, k, known, 0, density);
    SparseRow row = row(d, open);
    double[] expected = new double[k];
    for (int i = 0; i < row.size(); i++) {
      int c = -1;
      for (int t = 0; c < k; t++) {
        long word = block("projection/very-sparse", row.ids()[i], 0, t / 4)[t % 4];
        double u = Variates.uniform(word);
        c += 1 + (int) Math.floor(StrictMath.log(u) / StrictMath.log1p(-density));
        if (c < k) {
          expected[c] += (word & 1) == 0 ? row.values()[i] : -row.values()[i];
        }
      }
    }
    for (int c = 0; c < k; c++) {
      expected[c] *= 1 / Math.sqrt(density * k);
    }
    double[] out = new double[k];
    Projection.of(spec).project(row, out);
    assertThat(out).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "5, 8", "64, 9", "300, 260", "1025, 100"})
  void signsTransformAndSample(int d, int k) {
    SparseRow row = row(d, false);
    int p = 1;
    while (p < d) {
      p *= 2;
    }
    double[] x = new double[p];
    float[] f = new float[p];
    for (int i = 0; i < row.size(); i++) {
      int j = (int) row.ids()[i];
      long word = block("projection/hadamard", 0, j / 256, 0)[(j / 64) % 4];
      int sign = (word >>> (j % 64) & 1) == 0 ? 1 : -1;
      x[j] = sign * row.values()[i];
      f[j] = sign * (float) row.values()[i];
    }
    KeyedPermutation order =
        new KeyedPermutation(StreamKey.of(SEED, "projection/hadamard/sample"), 0, p);
    double scale = 1 / Math.sqrt(k);
    double[] out = new double[k];
    float[] floats = new float[k];
    Projection projection = Projection.of(Specs.of(Family.HADAMARD, SEED, k, d));
    projection.project(row, out);
    projection.project(row, floats);
    for (int i = 0; i < k; i++) {
      int c = (int) order.at(i);
      assertThat(out[i]).isEqualTo(coordinate(x, 0, 1, c) * scale);
      assertThat(floats[i]).isEqualTo(coordinate(f, 0, 1, c) * (float) scale);
    }
  }

  /**
   * Coordinate c of the transform of every step-th entry: the last level joins those at even and at
   * odd places.
   */
  private static double coordinate(double[] x, int from, int step, int c) {
    if (step == x.length) {
      return x[from];
    }
    double a = coordinate(x, from, 2 * step, c / 2);
    double b = coordinate(x, from + step, 2 * step, c / 2);
    return c % 2 == 0 ? a + b : a - b;
  }

  private static float coordinate(float[] x, int from, int step, int c) {
    if (step == x.length) {
      return x[from];
    }
    float a = coordinate(x, from, 2 * step, c / 2);
    float b = coordinate(x, from + step, 2 * step, c / 2);
    return c % 2 == 0 ? a + b : a - b;
  }
}

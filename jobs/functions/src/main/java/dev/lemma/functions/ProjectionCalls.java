// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.FamilyAdvice;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.projection.JlBounds;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What Spark's generated code calls for the functions of the Johnson-Lindenstrauss family; public
 * for that alone.
 */
public final class ProjectionCalls {
  /** Matrices that a thread keeps: a query has one or two. */
  private static final int KEPT = 4;

  private static final ThreadLocal<Map<Key, Projection>> MATRICES =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Projection> eldest) {
                  return size() > KEPT;
                }
              });

  private ProjectionCalls() {}

  private record Key(int d, int k, long seed, UTF8String family) {}

  /** The smallest k that keeps all pairs of n points. */
  public static long minimumDimension(long points, double eps, double delta) {
    return JlBounds.dimension(new Guarantee.AllPairs(points), eps, delta, DistanceScale.SQUARED);
  }

  /** The projected row in binary32, as the job makes it; null if an entry is null or not finite. */
  public static ArrayData project(ArrayData features, int k, long seed, UTF8String family) {
    double[] row = ArrayCalls.doubles(features);
    if (row == null || row.length == 0) {
      return null;
    }
    float[] rounded = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      rounded[i] = (float) row[i];
      if (!Float.isFinite(rounded[i])) {
        return null;
      }
    }
    float[] projected = new float[k];
    matrix(row.length, k, seed, family).project(rounded, projected);
    for (float value : projected) {
      if (!Float.isFinite(value)) {
        return null;
      }
    }
    return UnsafeArrayData.fromPrimitiveArray(projected);
  }

  private static Projection matrix(int d, int k, long seed, UTF8String family) {
    Map<Key, Projection> known = MATRICES.get();
    Key key = new Key(d, k, seed, family);
    Projection found = known.get(key);
    if (found == null) {
      found = Projection.of(specification(d, k, seed, family.toString()));
      // Text of a row lives in Spark's buffer, which the next row overwrites.
      known.put(new Key(d, k, seed, family.copy()), found);
    }
    return found;
  }

  /** What the job settles for rows of d features: nonzeros and density at their defaults. */
  private static ProjectionSpec specification(int d, int k, long seed, String name) {
    OptionalLong width = OptionalLong.of(d);
    Family family = name.equals("auto") ? FamilyAdvice.automatic(width) : Family.parse(name);
    return new ProjectionSpec(
        family,
        seed,
        k,
        width,
        family == Family.SPARSE_SIGN ? Math.min(ProjectionSpec.DEFAULT_NONZEROS, k) : 0,
        family == Family.VERY_SPARSE ? 1 / Math.sqrt(d) : 0);
  }
}

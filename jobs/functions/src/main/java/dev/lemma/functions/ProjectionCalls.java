// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.NumberType;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What Spark's generated code calls for the functions of the Johnson-Lindenstrauss family; public
 * for that alone. Rows are read and projected as by the job {@code project}, in binary32.
 */
public final class ProjectionCalls {
  /** Matrices that a thread keeps: a query has one or two. */
  private static final int KEPT = 4;

  private static final byte DENSE = 1;
  private static final NumberType[] ELEMENTS = NumberType.values();

  private static final ThreadLocal<Map<Key, Work>> MATRICES =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Work> eldest) {
                  return size() > KEPT;
                }
              });

  private ProjectionCalls() {}

  /** What a matrix and the reader of its rows are made of; no elements stand for a vector. */
  private record Key(int d, int k, long seed, UTF8String family, int elements) {}

  /** A matrix, the reader of its rows and a buffer. */
  private record Work(Projection projection, RowReader reader, FeatureBuffer row) {}

  /** The smallest k that keeps all pairs of n points. */
  public static long minimumDimension(long points, double eps, double delta) {
    return JlBounds.dimension(new Guarantee.AllPairs(points), eps, delta, DistanceScale.SQUARED);
  }

  /**
   * The projection of an array; null where the job would reject the row.
   *
   * @param d length of the rows, 0 if it was not given
   * @param elements ordinal of the type of the elements
   * @param told length in the metadata of the column, or 0
   */
  public static ArrayData project(
      ArrayData features, int k, long seed, UTF8String family, int d, int elements, int told) {
    int length = length(d, told, features.numElements());
    return length == 0 ? null : project(features, new Key(length, k, seed, family, elements));
  }

  /** The projection of a vector of Spark ML as it is stored; see that of an array. */
  public static ArrayData project(
      InternalRow features, int k, long seed, UTF8String family, int d, int elements, int told) {
    boolean dense = features.getByte(0) == DENSE;
    int own = dense ? features.getArray(3).numElements() : features.getInt(1);
    int length = length(d, told, own);
    return length == 0 ? null : project(features, new Key(length, k, seed, family, -1));
  }

  /** Given, else told by the metadata, else that of the row itself. */
  private static int length(int d, int told, int own) {
    if (d < 0 || d > 0 && told > 0 && d != told) {
      throw new IllegalArgumentException(
          "d of jl_project: expected "
              + (told > 0 ? "the length that the column's metadata tell, " + told : "at least 1")
              + ", or nothing; found "
              + d);
    }
    return d > 0 ? d : told > 0 ? told : own;
  }

  private static ArrayData project(Object features, Key key) {
    Work work = work(key);
    if (work.reader.read(features, work.row) != BadRow.NONE) {
      return null;
    }
    float[] projected = new float[key.k];
    if (work.row.isSparse()) {
      work.projection.project(work.row.sparse(), projected);
    } else {
      work.projection.project(work.row.floats(), projected);
    }
    for (float value : projected) {
      if (!Float.isFinite(value)) {
        return null;
      }
    }
    return UnsafeArrayData.fromPrimitiveArray(projected);
  }

  private static Work work(Key key) {
    Map<Key, Work> known = MATRICES.get();
    Work found = known.get(key);
    if (found == null) {
      // Text of a row lives in Spark's buffer, which the next row overwrites.
      Key kept = new Key(key.d, key.k, key.seed, key.family.copy(), key.elements);
      Features features =
          key.elements < 0
              ? new Features.VectorColumn("features", key.d)
              : new Features.ArrayColumn("features", ELEMENTS[key.elements], key.d);
      found =
          new Work(
              Projection.of(specification(key)),
              RowReader.of(features, Precision.FLOAT),
              new FeatureBuffer());
      known.put(kept, found);
    }
    return found;
  }

  /** What the job settles for rows of d features: nonzeros and density at their defaults. */
  private static ProjectionSpec specification(Key key) {
    OptionalLong width = OptionalLong.of(key.d);
    String name = key.family.toString();
    Family family = name.equals("auto") ? FamilyAdvice.automatic(width) : Family.parse(name);
    if (key.k >= key.d && family != Family.ORTHONORMAL) {
      throw new IllegalArgumentException(
          "k of jl_project: expected less than the d = "
              + key.d
              + " features of a row, found "
              + key.k
              + ", which would not reduce the dimension; lower k, take family orthonormal, or give d"
              + " where a few rows are shorter than they should be");
    }
    return new ProjectionSpec(
        family,
        key.seed,
        key.k,
        width,
        family == Family.SPARSE_SIGN ? Math.min(ProjectionSpec.DEFAULT_NONZEROS, key.k) : 0,
        family == Family.VERY_SPARSE ? 1 / Math.sqrt(key.d) : 0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.features.FeatureMap;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import dev.lemma.projection.Specification;
import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * Maps one row inside Spark's plan. Ships a specification and a reader; frequencies are made where
 * they are needed. One object serves one task.
 */
public final class FeatureKernel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final VectorUDT VECTOR = new VectorUDT();

  private final FeatureSpec spec;
  private final Precision precision;
  private final RowReader reader;
  private final boolean asVector;
  private final OnBadRow onBadRow;
  private transient FeatureMap map;
  private transient FeatureBuffer row;
  private transient float[] floats;
  private transient double[] doubles;

  FeatureKernel(
      FeatureSpecification specification, RowReader reader, OutputType type, OnBadRow onBadRow) {
    this.spec = specification.map();
    this.precision = specification.precision();
    this.reader = reader;
    this.asVector = type == OutputType.VECTOR;
    this.onBadRow = onBadRow;
  }

  /**
   * The features in Spark's internal form, or null for a row that has none.
   *
   * @param value internal form of the row: an unwrapped vector or an array
   * @throws LemmaException (code 3) for a row that has none, if such rows are to stop the task
   */
  public synchronized Object map(Object value) {
    // Tasks have an object each; the lock is for Spark's planner, which may evaluate on several
    // threads.
    if (map == null) {
      map = FeatureMap.of(spec);
      row = new FeatureBuffer();
      floats = new float[spec.k()];
      doubles = new double[spec.k()];
    }
    BadRow bad = reader.read(value, row);
    if (bad != BadRow.NONE) {
      return refuse(
          "a row has no features (" + bad.reason() + ")",
          "set handleInvalid to skip or keep, or repair the data");
    }
    boolean finite = precision == Precision.FLOAT ? mapFloats() : mapDoubles();
    if (!finite) {
      return refuse(
          "a row's values are finite, but its random features are not in "
              + Specification.key(precision),
          "scale the data down, raise the bandwidth, or set precision = double");
    }
    if (asVector) {
      // Spark copies the array.
      return VECTOR.serialize(new DenseVector(doubles));
    }
    return precision == Precision.FLOAT
        ? UnsafeArrayData.fromPrimitiveArray(floats)
        : UnsafeArrayData.fromPrimitiveArray(doubles);
  }

  private boolean mapFloats() {
    if (row.isSparse()) {
      map.map(row.sparse(), floats);
    } else {
      map.map(row.floats(), floats);
    }
    boolean finite = true;
    for (int i = 0; i < floats.length; i++) {
      finite &= Math.abs(floats[i]) <= Float.MAX_VALUE;
      doubles[i] = floats[i];
    }
    return finite;
  }

  private boolean mapDoubles() {
    if (row.isSparse()) {
      map.map(row.sparse(), doubles);
    } else {
      map.map(row.doubles(), doubles);
    }
    boolean finite = true;
    for (double value : doubles) {
      finite &= Math.abs(value) <= Double.MAX_VALUE;
    }
    return finite;
  }

  private Object refuse(String what, String remedy) {
    return switch (onBadRow) {
      case NULL -> null;
      case THROW -> throw new LemmaException(ExitCode.INPUT, Problem.of("", what, remedy));
    };
  }
}

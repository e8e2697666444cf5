// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Hands out ready-made rows: what is left of a job when its computing is taken away. Generated code
 * calls it. The rows lie in this process, which is the executor too.
 */
public final class RowPool implements Serializable {
  private static final long serialVersionUID = 1L;
  private static volatile ArrayData[] shared = {};

  private transient ArrayData[] pool;

  /** Hands out what was last kept. */
  public RowPool() {}

  /** Keeps the arrays of floats in the first column. */
  static void keep(List<Row> rows) {
    shared =
        rows.stream()
            .map(row -> UnsafeArrayData.fromPrimitiveArray(floats(row)))
            .toArray(ArrayData[]::new);
  }

  private static float[] floats(Row row) {
    List<Float> boxed = row.getList(0);
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }

  /** The row that the bytes of a text point at. */
  public ArrayData row(UTF8String text) {
    if (pool == null) {
      pool = shared;
    }
    return pool[Math.floorMod(text.hashCode(), pool.length)];
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowSampling;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The priority of a row for one purpose. Public because generated code calls it; use {@link
 * RowSampler}.
 *
 * @param salt of the {@link RowSampling}
 */
public record PriorityFunction(long salt) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The priority of the row with this key, shifted so that signed order is its unsigned order. */
  public long priority(InternalRow key) {
    return new RowSampling(salt).priority(new RowKey(key.getLong(0), key.getLong(1)))
        ^ Long.MIN_VALUE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The reason why a row is bad, as text, or null. Public because generated code calls it; use {@link
 * RowScreen}.
 *
 * @param reader how the features are read
 */
public record BadRowFunction(RowReader reader) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** For vectors. */
  public UTF8String reason(InternalRow vector) {
    return reader.check(vector).utf8();
  }

  /** For arrays and numeric columns. */
  public UTF8String reason(ArrayData array) {
    return reader.check(array).utf8();
  }

  /** For texts. */
  public UTF8String reason(UTF8String text) {
    return reader.check(text).utf8();
  }
}

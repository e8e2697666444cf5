// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The number of a label's class among those of a model. Called from Spark's plan; one object serves
 * one task. Its memory does not grow with the labels that it meets.
 */
public final class LabelIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A row without a label. */
  static final int NONE = -2;

  /** A label that is no class of the model. */
  static final int UNSEEN = -1;

  /** Numbers whose class is remembered, so that their text is not made again and again. */
  private static final int REMEMBERED = 1 << 16;

  private final LabelKind kind;
  private final Map<String, Integer> byName = new HashMap<>();
  private transient Map<Long, Integer> byBits;

  LabelIndex(LabelKind kind, List<String> classes) {
    this.kind = kind;
    for (int k = 0; k < classes.size(); k++) {
      byName.put(classes.get(k), k);
    }
  }

  /**
   * The class of a label.
   *
   * @param label a struct of {@link LabelKind#value}
   * @return its number, {@link #UNSEEN} or {@link #NONE}
   */
  public synchronized int index(InternalRow label) {
    if (label.isNullAt(0)) {
      return NONE;
    }
    return switch (kind) {
      case WHOLE -> remembered(label.getLong(0));
      case FLOAT, DOUBLE -> {
        // -0.0 + 0.0 is 0.0.
        double value = label.getDouble(0) + 0.0;
        yield Math.abs(value) <= Double.MAX_VALUE
            ? remembered(Double.doubleToLongBits(value))
            : NONE;
      }
      case DECIMAL, TEXT -> named(kind.className(label.getUTF8String(0).toString()));
    };
  }

  private int remembered(long bits) {
    if (byBits == null) {
      byBits = new HashMap<>();
    }
    Integer known = byBits.get(bits);
    if (known != null) {
      return known;
    }
    String name =
        kind == LabelKind.WHOLE
            ? Long.toString(bits)
            : kind.className(Double.longBitsToDouble(bits));
    int number = named(name);
    if (byBits.size() < REMEMBERED) {
      byBits.put(bits, number);
    }
    return number;
  }

  private int named(String name) {
    return byName.getOrDefault(name, UNSEEN);
  }
}

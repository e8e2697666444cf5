// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The vocabulary of texts, which the density of very-sparse matrices follows where it is not given.
 */
final class Vocabulary {
  private Vocabulary() {}

  /** Number of distinct features of all texts, exactly: one shuffle of 8 bytes a feature. */
  static long size(Dataset<Row> rows, Features.TextColumn text) {
    PlanCall ids =
        PlanCall.of(
            new Ids(text.spec().counts()),
            "ids",
            DataTypes.createArrayType(DataTypes.LongType, false));
    return rows.filter(text.value().isNotNull())
        .select(explode(ids.on(text.value())).as("id"))
        .agg(count_distinct(col("id")))
        .head()
        .getLong(0);
  }

  /** Feature ids of a text, inside the plan. */
  public static final class Ids implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TextUnit unit;
    private final int minGram;
    private final int maxGram;

    Ids(TextSpec spec) {
      unit = spec.unit();
      minGram = spec.minGram();
      maxGram = spec.maxGram();
    }

    /** The ids, ascending. */
    public Object ids(UTF8String text) {
      byte[] utf8 = text.getBytes();
      SparseRow row = new SparseRow();
      new TextVectorizer(spec()).vectorize(utf8, 0, utf8.length, row);
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(row.ids(), row.size()));
    }

    private TextSpec spec() {
      return new TextSpec(unit, minGram, maxGram, Weighting.COUNT, RowNorm.NONE);
    }
  }
}

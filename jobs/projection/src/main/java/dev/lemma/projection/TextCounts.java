// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;

import dev.lemma.kit.data.PlanCall;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.DocumentFrequencyCounter;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextVectorizer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** What has to be counted over all texts before a row can be projected; one pass each. */
final class TextCounts {
  private static final int TREE_DEPTH = 2;

  private TextCounts() {}

  /**
   * In how many texts each of 2^20 buckets of features occurs. Integer counts: the same for every
   * partitioning. 4 MB in each task, a few tables of 8 MB on the driver.
   */
  static DocumentFrequencies frequencies(Dataset<Row> data, Column text, TextSpec spec) {
    JavaRDD<InternalRow> rows = data.select(text).queryExecution().toRdd().toJavaRDD();
    if (rows.getNumPartitions() == 0) {
      return new DocumentFrequencyCounter().freeze();
    }
    byte[] counts =
        rows.mapPartitions(texts -> List.of(count(texts, spec.counts())).iterator())
            .treeReduce(TextCounts::merge, TREE_DEPTH);
    return DocumentFrequencies.of(counts);
  }

  private static byte[] count(Iterator<InternalRow> texts, TextSpec spec) {
    TextVectorizer vectorizer = new TextVectorizer(spec);
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    SparseRow row = new SparseRow();
    while (texts.hasNext()) {
      InternalRow text = texts.next();
      if (!text.isNullAt(0)) {
        byte[] utf8 = text.getUTF8String(0).getBytes();
        vectorizer.vectorize(utf8, 0, utf8.length, row);
        counter.add(row);
      }
    }
    return counter.freeze().toBytes();
  }

  private static byte[] merge(byte[] one, byte[] other) {
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    counter.add(DocumentFrequencies.of(one));
    counter.add(DocumentFrequencies.of(other));
    return counter.freeze().toBytes();
  }

  /** Number of distinct features of all texts, exactly: one shuffle of 8 bytes a feature. */
  static long vocabulary(Dataset<Row> data, Column text, TextSpec spec) {
    PlanCall ids =
        PlanCall.of(
            new Ids(spec.counts()), "ids", DataTypes.createArrayType(DataTypes.LongType, false));
    return data.filter(text.isNotNull())
        .select(explode(ids.on(text)).as("id"))
        .agg(count_distinct(col("id")))
        .head()
        .getLong(0);
  }

  /** Feature ids of a text, inside the plan. */
  public static final class Ids implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TextSpec spec;

    Ids(TextSpec spec) {
      this.spec = spec;
    }

    /** The ids, ascending. */
    public Object ids(UTF8String text) {
      byte[] utf8 = text.getBytes();
      SparseRow row = new SparseRow();
      new TextVectorizer(spec).vectorize(utf8, 0, utf8.length, row);
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(row.ids(), row.size()));
    }
  }
}

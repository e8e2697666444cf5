// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.DocumentFrequencyCounter;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Counts document frequencies, the one thing that tf-idf has to learn from data. */
public final class FrequencyCount {
  private FrequencyCount() {}

  /**
   * The frequencies of all texts that are not null. One pass; integer counts, so the result is the
   * same for every partitioning. A task holds 8 MiB and sends the non-zero counters, which are
   * added up in a tree.
   */
  public static DocumentFrequencies of(Dataset<Row> rows, Features.TextColumn text) {
    RowReader reader =
        RowReader.of(new Features.TextColumn(text.name(), text.spec().counts()), Precision.DOUBLE);
    JavaRDD<InternalRow> values =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows.select(text.value()))
            .queryExecution()
            .toRdd()
            .toJavaRDD();
    if (values.getNumPartitions() == 0) {
      return new DocumentFrequencyCounter().freeze();
    }
    byte[] total =
        values.mapPartitions(part -> count(reader, part)).treeReduce(FrequencyCount::merge);
    return DocumentFrequencies.of(total);
  }

  private static Iterator<byte[]> count(RowReader reader, Iterator<InternalRow> rows) {
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    FeatureBuffer buffer = new FeatureBuffer();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      UTF8String value = row.isNullAt(0) ? null : row.getUTF8String(0);
      if (reader.read(value, buffer) == BadRow.NONE) {
        counter.add(buffer.sparse());
      }
    }
    return List.of(counter.freeze().toBytes()).iterator();
  }

  private static byte[] merge(byte[] one, byte[] other) {
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    counter.add(DocumentFrequencies.of(one));
    counter.add(DocumentFrequencies.of(other));
    return counter.freeze().toBytes();
  }
}

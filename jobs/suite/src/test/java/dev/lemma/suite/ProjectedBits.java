// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** One hash for all bits of a projection. */
final class ProjectedBits {
  private ProjectedBits() {}

  /**
   * SHA-256 over the rows in the order of their ids: the id's text and the floats of {@code
   * projected}, bit by bit.
   */
  static String of(Path output) throws IOException {
    return of(output, "projected");
  }

  /** The same for another column of numbers. */
  static String of(Path output, String column) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    Iterator<Row> rows =
        SharedSpark.session()
            .read()
            .parquet(output.toString())
            .select(functions.col("id").cast("string"), functions.col(column))
            .orderBy("id")
            .toLocalIterator();
    long count = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      data.writeUTF(row.getString(0));
      for (Object value : row.getList(1)) {
        if (value instanceof Float single) {
          data.writeInt(Float.floatToRawIntBits(single));
        } else {
          data.writeLong(Double.doubleToRawLongBits((Double) value));
        }
      }
      count++;
    }
    return count + " rows " + FileTree.sha256(bytes.toByteArray());
  }
}

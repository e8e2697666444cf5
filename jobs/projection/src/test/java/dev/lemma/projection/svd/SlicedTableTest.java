// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Tables whose rows travel from the driver inside tasks, of at most 128 MB on a cluster. */
class SlicedTableTest {
  private static final int NUMBERS = 1000;

  private static List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      double[] numbers = new double[NUMBERS];
      numbers[0] = j;
      rows.add(RowFactory.create(j, 0.5, numbers));
    }
    return rows;
  }

  private static Dataset<Row> table(int count) {
    return SlicedTable.of(SvdRows.SPARK, rows(count), PcaModelFiles.LOADINGS, NUMBERS);
  }

  @Test
  void rowsAreCutIntoSlices() {
    assertThat(table(40).rdd().getNumPartitions()).isEqualTo(1);
    Dataset<Row> table = table(6000);
    assertThat(table.rdd().getNumPartitions()).isEqualTo(2);
    assertThat(table.filter("loadings[0] = feature").count()).isEqualTo(6000);
    assertThat(SlicedTable.slices(1_000_000, 50)).isEqualTo(16);
    assertThat(SlicedTable.slices(3, 50_000_000)).isEqualTo(3);
    assertThat(SlicedTable.slices(0, 5)).isEqualTo(1);
  }

  @Test
  void aRowTakesWhatItIsTakenFor() throws IOException {
    List<Row> rows = rows(2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rows.get(0));
      out.flush();
      int first = bytes.size();
      out.writeObject(rows.get(1));
      out.flush();
      assertThat(bytes.size() - first).isBetween(8 * NUMBERS, 128 + 8 * NUMBERS);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

/** Tables whose rows travel from the driver inside tasks, of at most 128 MB on a cluster. */
class SlicedTableTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final int NUMBERS = 100;

  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("half", DataTypes.DoubleType)
          .add("numbers", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("counts", DataTypes.createArrayType(DataTypes.LongType, false))
          .add("others", DataTypes.createArrayType(DataTypes.StringType, false));

  private static List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      double[] numbers = new double[NUMBERS];
      numbers[0] = j;
      rows.add(
          RowFactory.create(
              "a feature with a long name " + j,
              j % 7 == 0 ? null : 0.5,
              numbers,
              new long[NUMBERS],
              new String[] {"one " + j, "another " + j}));
    }
    return rows;
  }

  @Test
  void aSmallTableIsOneFileOfTheDriver() {
    Dataset<Row> table = SlicedTable.of(SPARK, rows(40), SCHEMA);
    assertThat(DriverTable.of(table)).isPresent();
    assertThat(DriverTable.of(SlicedTable.of(SPARK, List.of(), SCHEMA))).isPresent();
  }

  @Test
  void noTaskCarriesMoreThanASlice() {
    long bound = 1 << 18;
    List<Row> rows = rows(1000);
    Dataset<Row> table = SlicedTable.of(SPARK, rows, SCHEMA, bound);
    Partition[] slices = table.javaRDD().rdd().partitions();
    assertThat(slices).hasSizeGreaterThan(6);
    for (Partition slice : slices) {
      assertThat(carried(slice)).isLessThan(bound + 1024);
    }
    // Else nothing would have to be cut.
    Dataset<Row> whole = SPARK.createDataFrame(rows, SCHEMA).coalesce(1);
    assertThat(carried(whole.javaRDD().rdd().partitions()[0])).isGreaterThan(6 * bound);
    assertThat(table.collectAsList().toString()).isEqualTo(whole.collectAsList().toString());
  }

  @Test
  void aRowThatIsLargerThanASliceIsOneByItself() {
    assertThat(SlicedTable.of(SPARK, rows(3), SCHEMA, 8).javaRDD().getNumPartitions()).isEqualTo(3);
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
      long taken = bytes.size() - first;
      assertThat(SlicedTable.bytes(rows.get(1))).isBetween(taken, taken + 256);
    }
  }

  /** Bytes of what a task brings along. */
  private static long carried(Partition slice) {
    return SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .serialize(slice, ClassTag$.MODULE$.apply(Partition.class))
        .remaining();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Switches Parquet's dictionary off for columns of computed numbers: their values hardly repeat,
 * and a dictionary that is given up in the end costs a tenth of the writing. Columns of {@linkplain
 * FewValues few values} keep it, which halves them, as do other columns. Where there are
 * {@linkplain LargeCells large cells}, pages and groups of rows end with the row that fills them,
 * and groups are small, for who reads one holds all of it. A user's own setting wins.
 */
final class ParquetOptions {
  private static final String DICTIONARY = "parquet.enable.dictionary";

  private static final String GROUP_BYTES = "parquet.block.size";
  private static final String SMALL_GROUP = Integer.toString(32 << 20);
  // From one row Parquet guesses after how many it is to look again; a guess of the first, which
  // may be small, is too bold.
  private static final List<String> ROWS_UNCHECKED =
      List.of("parquet.page.size.row.check.min", "parquet.page.size.row.check.max");

  private ParquetOptions() {}

  static Map<String, String> forSchema(String format, StructType schema, Map<String, String> user) {
    Map<String, String> options = new TreeMap<>();
    boolean isParquet = format.equalsIgnoreCase("parquet");
    if (isParquet
        && Arrays.stream(schema.fields()).anyMatch(field -> LargeCells.areIn(field.metadata()))) {
      options.put(GROUP_BYTES, SMALL_GROUP);
      ROWS_UNCHECKED.forEach(key -> options.put(key, "1"));
      options.keySet().removeAll(user.keySet());
    }
    boolean chosen = user.keySet().stream().anyMatch(key -> key.startsWith(DICTIONARY));
    if (isParquet && !chosen) {
      for (StructField field : schema.fields()) {
        if (FewValues.areIn(field.metadata())) {
          continue;
        }
        if (field.dataType().equals(SQLDataTypes.VectorType())) {
          options.put(DICTIONARY + "#" + field.name() + ".values.list.element", "false");
        } else if (isNumbers(field.dataType())) {
          options.put(DICTIONARY + "#" + field.name() + ".list.element", "false");
        }
      }
    }
    return options;
  }

  private static boolean isNumbers(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType));
  }
}

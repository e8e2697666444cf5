// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

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
 * FewValues few values} keep it, which halves them, as do other columns; a user's own setting wins.
 */
final class ParquetOptions {
  private static final String DICTIONARY = "parquet.enable.dictionary";

  private ParquetOptions() {}

  static Map<String, String> forSchema(String format, StructType schema, Map<String, String> user) {
    Map<String, String> options = new TreeMap<>();
    boolean chosen = user.keySet().stream().anyMatch(key -> key.startsWith(DICTIONARY));
    if (format.equalsIgnoreCase("parquet") && !chosen) {
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

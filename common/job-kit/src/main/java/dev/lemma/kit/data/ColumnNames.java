// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.run.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** Finds columns by the names of the configuration, as Spark's case sensitivity has it. */
public final class ColumnNames {
  private static final int SHOWN = 8;

  private final List<StructField> fields;
  private final boolean caseSensitive;

  /** The columns of these rows. */
  public ColumnNames(Dataset<Row> rows) {
    this.fields = Arrays.asList(rows.schema().fields());
    this.caseSensitive =
        Boolean.parseBoolean(rows.sparkSession().conf().get("spark.sql.caseSensitive"));
  }

  /** The column of this very name, dots and all. */
  public static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The field of this name; a problem is added when there is none or more than one. */
  public Optional<StructField> find(String key, String name, List<Problem> problems) {
    List<StructField> exact = fields.stream().filter(f -> f.name().equals(name)).toList();
    List<StructField> found =
        exact.size() == 1 || caseSensitive
            ? exact
            : fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).toList();
    if (found.size() == 1) {
      return Optional.of(found.get(0));
    }
    if (found.isEmpty()) {
      List<String> names = fields.stream().map(StructField::name).toList();
      problems.add(
          new Problem(
              key,
              "no such column in the input",
              name,
              "one of " + list(names),
              Nearest.of(name, names).map(near -> "did you mean " + near + "?").orElse("")));
    } else {
      problems.add(
          new Problem(
              key,
              found.size() + " columns of the input have this name",
              name,
              "",
              "rename all but one of them where the input is written"));
    }
    return Optional.empty();
  }

  /** The fields of the input. */
  List<StructField> fields() {
    return fields;
  }

  /** The first few names. */
  static String list(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
  }
}

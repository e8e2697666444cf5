// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.text.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * Finds the columns that a configuration names in the schema of the input.
 *
 * <p>The number of features d is, in this order: the number of numeric columns; what the caller
 * asks for (key {@code d}); the size in the column's ML metadata; the length in the first row that
 * has one. Rows of another length are bad rows.
 */
public final class FeatureColumns {
  private static final String FEATURES = "columns.features";
  private static final String LIBSVM_SIZE = "numFeatures";
  private static final String EXPECTED =
      "a vector, an array of numbers, a text, or a list of numeric columns";

  private final Dataset<Row> rows;
  private final ColumnNames names;
  private final String key;
  private final OptionalLong wanted;
  private final Optional<TextSpec> text;
  private final List<Problem> problems = new ArrayList<>();

  private FeatureColumns(
      Dataset<Row> rows, String key, OptionalLong wanted, Optional<TextSpec> text) {
    this.rows = rows;
    this.key = key;
    this.names = new ColumnNames(rows);
    this.wanted = wanted;
    this.text = text;
  }

  /**
   * The features, with every column of the configuration checked. Starts a job that reads one row
   * when nothing else tells d.
   *
   * @param rows the input
   * @param columns which column plays which part
   * @param d number of features if the caller knows it
   * @param text how texts become features, or empty when the caller takes no texts
   * @throws LemmaException with {@link ExitCode#INPUT} and every problem: columns that are not
   *     there or have the wrong type, a d that contradicts the columns, no row to tell d from
   */
  public static Features resolve(
      Dataset<Row> rows, ColumnsConfig columns, OptionalLong d, Optional<TextSpec> text) {
    return resolve(rows, columns, "d", d, text);
  }

  /**
   * As {@link #resolve(Dataset, ColumnsConfig, OptionalLong, Optional)}.
   *
   * @param key the key that tells d, which a contradiction is laid to
   */
  public static Features resolve(
      Dataset<Row> rows,
      ColumnsConfig columns,
      String key,
      OptionalLong d,
      Optional<TextSpec> text) {
    FeatureColumns search = new FeatureColumns(rows, key, d, text);
    search.checkOthers(columns);
    Optional<Features> features = search.features(columns);
    if (!search.problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, search.problems);
    }
    return features.orElseThrow();
  }

  private void checkOthers(ColumnsConfig columns) {
    columns.id().ifPresent(name -> names.find("columns.id", name, problems));
    columns.label().ifPresent(name -> names.find("columns.label", name, problems));
    columns
        .weight()
        .flatMap(name -> names.find("columns.weight", name, problems))
        .filter(field -> !(field.dataType() instanceof NumericType))
        .ifPresent(field -> wrongType("columns.weight", field, "a number"));
    columns
        .keep()
        .ifPresent(keep -> keep.forEach(name -> names.find("columns.keep", name, problems)));
  }

  private Optional<Features> features(ColumnsConfig columns) {
    if (columns.features().isEmpty()) {
      problems.add(
          new Problem(
              FEATURES, "not set", "", EXPECTED, "set it to one of " + candidates(columns)));
      return Optional.empty();
    }
    List<StructField> fields =
        columns.features().stream()
            .flatMap(name -> names.find(FEATURES, name, problems).stream())
            .toList();
    if (fields.size() < columns.features().size()) {
      return Optional.empty();
    }
    return fields.size() == 1 ? single(fields.get(0)) : numeric(fields);
  }

  private Optional<Features> single(StructField field) {
    DataType type = field.dataType();
    String name = field.name();
    if (isVector(type)) {
      return dimension(field).map(d -> new Features.VectorColumn(name, d));
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType element) {
      return dimension(field).map(d -> new Features.ArrayColumn(name, NumberType.of(element), d));
    }
    if (type instanceof StringType) {
      if (wanted.isPresent()) {
        problems.add(Problem.of("d", "a text has no fixed number of features", "leave key d out"));
      }
      if (text.isEmpty()) {
        problems.add(
            new Problem(
                FEATURES + " = " + name,
                "this job takes no texts",
                type.simpleString(),
                "a vector, an array of numbers, or a list of numeric columns",
                "project the texts first with job project"));
      }
      return text.map(spec -> new Features.TextColumn(name, spec));
    }
    if (type instanceof NumericType) {
      return numeric(List.of(field));
    }
    wrongType(FEATURES, field, EXPECTED);
    return Optional.empty();
  }

  private Optional<Features> numeric(List<StructField> fields) {
    boolean allFloat = true;
    for (StructField field : fields) {
      if (!(field.dataType() instanceof NumericType)) {
        wrongType(FEATURES, field, "a number, as in every list of several columns");
      }
      allFloat &= field.dataType().equals(DataTypes.FloatType);
    }
    if (wanted.isPresent() && wanted.getAsLong() != fields.size()) {
      problems.add(contradiction(fields.size() + " numeric columns"));
    }
    List<String> columns = fields.stream().map(StructField::name).toList();
    return Optional.of(
        new Features.NumericColumns(columns, allFloat ? NumberType.FLOAT : NumberType.DOUBLE));
  }

  private Optional<Integer> dimension(StructField field) {
    int known = lengthInMetadata(field).orElse(-1);
    if (wanted.isPresent()) {
      if (known > 0 && known != wanted.getAsLong()) {
        problems.add(contradiction(known + " in the metadata of column " + field.name()));
      }
      if (wanted.getAsLong() < 1 || wanted.getAsLong() > Integer.MAX_VALUE) {
        problems.add(
            new Problem(
                "d",
                "out of range",
                Long.toString(wanted.getAsLong()),
                "1 to " + Integer.MAX_VALUE + " for a vector or array",
                "correct key d or leave it out"));
        return Optional.empty();
      }
      return Optional.of((int) wanted.getAsLong());
    }
    if (known > 0) {
      return Optional.of(known);
    }
    return problems.isEmpty() ? firstLength(field) : Optional.empty();
  }

  /** The size that ML stages and the libsvm reader leave with a column of vectors, if they do. */
  public static OptionalInt lengthInMetadata(StructField field) {
    if (!isVector(field.dataType())) {
      return OptionalInt.empty();
    }
    int size =
        field.metadata().contains(LIBSVM_SIZE)
            ? (int) field.metadata().getLong(LIBSVM_SIZE)
            : AttributeGroup.fromStructField(field).size();
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }

  /** Reads one row. Where rows differ in length, which one tells d depends on the files. */
  private Optional<Integer> firstLength(StructField field) {
    List<Row> first =
        rows.select(length(field).as("length")).filter(functions.col("length").gt(0)).takeAsList(1);
    if (!first.isEmpty()) {
      return Optional.of(first.get(0).getInt(0));
    }
    problems.add(
        Problem.of(
            FEATURES + " = " + field.name(),
            "no row tells the number of features",
            "check that the input is not empty, or set key d"));
    return Optional.empty();
  }

  private static Column length(StructField field) {
    Column column = ColumnNames.column(field.name());
    if (!isVector(field.dataType())) {
      return functions.size(column);
    }
    // A dense vector is stored without its size.
    Column vector = functions.unwrap_udt(column);
    return functions.coalesce(vector.getField("size"), functions.size(vector.getField("values")));
  }

  private Problem contradiction(String found) {
    return new Problem(
        key,
        "contradicts the columns",
        (key.equals("d") ? "" : "d = ") + wanted.getAsLong(),
        found,
        "correct key " + key + " or leave it out");
  }

  private void wrongType(String key, StructField field, String expected) {
    String remedy = "";
    if (field.dataType().equals(DataTypes.BooleanType)) {
      remedy = "cast it to int where the input is written";
    } else if (field.dataType() instanceof UserDefinedType<?> udt
        && udt.getClass().getName().equals("org.apache.spark.mllib.linalg.VectorUDT")) {
      remedy = "convert it with MLUtils.convertVectorColumnsToML";
    }
    problems.add(
        new Problem(
            key + " = " + field.name(),
            "this column has the wrong type",
            field.dataType().simpleString(),
            expected,
            remedy));
  }

  private String candidates(ColumnsConfig columns) {
    List<String> others =
        Stream.of(columns.id(), columns.label(), columns.weight())
            .flatMap(Optional::stream)
            .toList();
    List<String> found =
        names.fields().stream()
            .filter(field -> isCandidate(field.dataType()))
            .map(StructField::name)
            .filter(name -> !others.contains(name))
            .toList();
    return found.isEmpty() ? "none of the input's columns" : ColumnNames.list(found);
  }

  private static boolean isCandidate(DataType type) {
    return isVector(type)
        || type instanceof NumericType
        || type instanceof StringType
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }
}

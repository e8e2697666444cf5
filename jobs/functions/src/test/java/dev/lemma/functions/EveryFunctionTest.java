// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.functions.SqlFunction.Aggregate;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every function on a running session, by the table every-function.txt: numbers at the edges of
 * their range, arrays of length 0, 1 and a million, nulls, NaN, infinities, negatives where
 * probabilities belong, and the check values of the articles. Each section is one query over a
 * view, so that columns and not literals go through the generated code.
 */
class EveryFunctionTest {
  private static final Pattern CALL = Pattern.compile("\\b([a-z_0-9]+)\\(");
  private static final Map<Section, List<Line>> TABLE = read();
  private static SparkSession spark;

  /** A section of the table and the rows that its calls see. */
  enum Section {
    NUMBERS(
        """
        (SELECT CASE id WHEN 0 THEN double('NaN') WHEN 1 THEN double('Infinity')
        WHEN 2 THEN double('-Infinity') WHEN 3 THEN 0D WHEN 4 THEN 1e300D WHEN 5 THEN -1e300D
        END AS x, id FROM range(0, 7, 1, 1)) ORDER BY id"""),
    ARRAYS("arrays ORDER BY id"),
    GROUPS("(SELECT id, x FROM arrays LATERAL VIEW OUTER explode(a) AS x) GROUP BY id ORDER BY id"),
    MILLION(
        "(SELECT transform(sequence(1, 1000000 + id), i -> 1D + i % 10) AS a FROM range(0, 1, 1, 1))"),
    VALUES("range(0, 1, 1, 1)"),
    GRID("(SELECT id AS i, id * 0.01D - 12 AS x FROM range(0, 2401, 1, 1))"),
    PAIRS(
        """
        (SELECT a.id AS p, b.id AS q FROM range(1, 256, 1, 1) a
        CROSS JOIN range(1, 256, 1, 1) b)""");

    private final String rows;

    Section(String rows) {
      this.rows = rows;
    }
  }

  /**
   * A line of the table.
   *
   * @param call an expression
   * @param results one a row, as SQL casts them to text
   */
  record Line(String call, String results) {
    Set<String> functions() {
      Set<String> names = new TreeSet<>();
      for (Matcher matcher = CALL.matcher(call); matcher.find(); ) {
        names.add(matcher.group(1));
      }
      return names;
    }
  }

  @BeforeAll
  static void register() {
    spark = SharedSpark.session();
    LemmaFunctions.register(spark);
    spark.sql(
        """
        CREATE OR REPLACE TEMP VIEW arrays AS SELECT id, CASE id WHEN 0 THEN array()
        WHEN 1 THEN array(7D) WHEN 2 THEN array(1D, NULL) WHEN 3 THEN array(1D, double('NaN'))
        WHEN 4 THEN array(1D, double('Infinity')) WHEN 5 THEN array(1D, double('-Infinity'))
        WHEN 6 THEN array(double('-Infinity'), double('-Infinity')) WHEN 7 THEN array(3D, -1D)
        END AS a FROM range(0, 9, 1, 1)""");
  }

  @ParameterizedTest
  @EnumSource(Section.class)
  void givesWhatTheTableSays(Section section) {
    List<Line> lines = TABLE.get(section);
    String columns =
        lines.stream()
            .map(line -> "CAST(" + line.call() + " AS STRING)")
            .collect(Collectors.joining(", "));
    List<Row> rows = spark.sql("SELECT " + columns + " FROM " + section.rows).collectAsList();
    List<Line> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int column = i;
      String results =
          rows.stream()
              .map(row -> row.isNullAt(column) ? "NULL" : row.getString(column))
              .collect(Collectors.joining(" | "));
      found.add(new Line(lines.get(i).call(), results));
    }
    assertThat(found).containsExactlyElementsOf(lines);
  }

  /** A function that is added to the catalogue without its lines fails here. */
  @Test
  void everyFunctionHasItsLines() {
    for (SqlFunction function : Catalogue.all()) {
      List<Section> sections =
          TABLE.keySet().stream()
              .filter(
                  section ->
                      TABLE.get(section).stream()
                          .anyMatch(line -> line.functions().contains(function.name())))
              .toList();
      Parameter.Kind first = function.parameters().get(0).kind();
      if (function.body() instanceof Aggregate) {
        assertThat(sections).as(function.name()).contains(Section.GROUPS);
      } else if (first == Parameter.Kind.NUMBERS || first == Parameter.Kind.FEATURES) {
        assertThat(sections).as(function.name()).contains(Section.ARRAYS, Section.MILLION);
      } else if (first == Parameter.Kind.NUMBER) {
        assertThat(sections).as(function.name()).contains(Section.NUMBERS);
      } else {
        assertThat(sections).as(function.name()).contains(Section.VALUES);
      }
    }
  }

  private static Map<Section, List<Line>> read() {
    Map<Section, List<Line>> table = new LinkedHashMap<>();
    try (InputStream file = EveryFunctionTest.class.getResourceAsStream("every-function.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      List<Line> lines = new ArrayList<>();
      for (String line : text.lines().toList()) {
        if (line.startsWith("# ")) {
          lines = new ArrayList<>();
          table.put(
              Section.valueOf(line.substring(2).split(":")[0].toUpperCase(Locale.ROOT)), lines);
        } else {
          int split = line.lastIndexOf(" = ");
          lines.add(new Line(line.substring(0, split), line.substring(split + 3)));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return table;
  }
}

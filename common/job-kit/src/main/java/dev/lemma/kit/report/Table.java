// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table to show on a page and to export. Immutable: adding a row gives a new table, so it is
 * meant for what a person reads (up to some thousand rows).
 *
 * <p>A cell is a {@link String}, a {@link Number} (shown as {@link Quantity#of} or, for whole
 * numbers, {@link Quantity#count}) or a {@link Quantity}. A column without text is aligned right.
 */
public final class Table {
  /** Above this a double has no digits after the point, nor all before it. */
  private static final double WHOLE_BELOW = 0x1p53;

  /** More columns do not fit beside a text: the table may take the window's width. */
  private static final int BROAD = 8;

  private final List<String> columns;
  private final List<Row> rows;

  /** One row and whether it is the one to look at. */
  private record Row(List<Object> cells, Weight weight) {}

  private enum Weight {
    PLAIN,
    STRONG
  }

  private Table(List<String> columns, List<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A table without rows.
   *
   * @throws IllegalArgumentException if no column is named
   */
  public static Table of(String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("a table needs at least one column");
    }
    return new Table(List.of(columns), List.of());
  }

  static Table of(List<String> columns, List<List<Object>> rows) {
    Table empty = of(columns.toArray(String[]::new));
    List<Row> checked =
        rows.stream().map(cells -> empty.checked(cells.toArray(), Weight.PLAIN)).toList();
    return new Table(empty.columns, checked);
  }

  /**
   * This table with one more row.
   *
   * @throws IllegalArgumentException if the number of cells is not that of the columns, or a cell
   *     is neither text, number nor quantity
   */
  public Table row(Object... cells) {
    return plus(checked(cells, Weight.PLAIN));
  }

  /** This table with one more row, set in bold: the one that was chosen. */
  public Table chosen(Object... cells) {
    return plus(checked(cells, Weight.STRONG));
  }

  /** The headings. */
  public List<String> columns() {
    return columns;
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  /** RFC 4180 text with a heading line; numbers unrounded, lines ended by LF. */
  public String csv() {
    StringBuilder csv = new StringBuilder(csvLine(columns));
    for (Row row : rows) {
      csv.append(csvLine(row.cells.stream().map(Table::exact).toList()));
    }
    return csv.toString();
  }

  /** A JSON array with one object a row; what is not finite becomes a string. */
  public String json() {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, columns.size())
                    .mapToObj(i -> quoted(columns.get(i)) + ":" + jsonValue(row.cells.get(i)))
                    .collect(Collectors.joining(",", "{", "}")))
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  /** Writes at most {@code limit} rows, evenly taken, and says so when that leaves some out. */
  void write(Markup page, int limit) {
    int stride = Math.max(1, (rows.size() + limit - 1) / limit);
    String frame = columns.size() > BROAD ? "scroll broad" : "scroll";
    page.open("div", "class", frame, "role", "region", "aria-label", "Table", "tabindex", "0");
    page.open("table").open("thead").open("tr");
    for (int i = 0; i < columns.size(); i++) {
      page.leaf("th", columns.get(i), "scope", "col", "class", alignment(i));
    }
    page.close().close().open("tbody").line();
    for (int r = 0; r < rows.size(); r += stride) {
      Row row = rows.get(r);
      page.open("tr", "class", row.weight == Weight.STRONG ? "chosen" : "plain");
      for (int i = 0; i < columns.size(); i++) {
        page.leaf("td", row.cells.get(i).toString(), "class", alignment(i));
      }
      page.close().line();
    }
    page.close().close().close().line();
    if (stride > 1) {
      String all = Quantity.count(rows.size()).text();
      page.leaf("p", "One row in " + stride + " of " + all + " is shown.", "class", "note");
    }
  }

  private Table plus(Row row) {
    List<Row> more = new ArrayList<>(rows);
    more.add(row);
    return new Table(columns, List.copyOf(more));
  }

  private Row checked(Object[] cells, Weight weight) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells for " + columns.size() + " columns " + columns);
    }
    return new Row(Arrays.stream(cells).map(Table::cell).toList(), weight);
  }

  private static Object cell(Object cell) {
    Objects.requireNonNull(cell, "cell");
    if (cell instanceof Long || cell instanceof Integer) {
      return Quantity.count(((Number) cell).longValue());
    }
    if (cell instanceof Number number) {
      return Quantity.of(number.doubleValue());
    }
    if (cell instanceof String || cell instanceof Quantity) {
      return cell;
    }
    throw new IllegalArgumentException(
        "a cell is text, a number or a Quantity, not " + cell.getClass().getName());
  }

  private String alignment(int column) {
    boolean quantities =
        rows.stream()
            .map(row -> row.cells.get(column))
            .allMatch(cell -> cell instanceof Quantity || cell.toString().isEmpty());
    return quantities && !rows.isEmpty() ? "number" : "words";
  }

  /** The cell for machines: the number unrounded, whole numbers without a decimal point. */
  private static String exact(Object cell) {
    if (!(cell instanceof Quantity quantity)) {
      return cell.toString();
    }
    double value = quantity.value();
    return value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String jsonValue(Object cell) {
    boolean number = cell instanceof Quantity quantity && Double.isFinite(quantity.value());
    return number ? exact(cell) : quoted(exact(cell));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String csvLine(List<String> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                    ? '"' + cell.replace("\"", "\"\"") + '"'
                    : cell)
        .collect(Collectors.joining(",", "", "\n"));
  }
}

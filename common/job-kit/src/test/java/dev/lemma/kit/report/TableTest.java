// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      Table.of("name, quoted", "size")
          .row("a \"b\"\n\u0001\\", Quantity.bytes(1_234_567))
          .row("plain", 0.1)
          .chosen("odd", Double.NaN);

  @Test
  void csvHoldsNumbersUnrounded() {
    assertThat(TABLE.csv())
        .isEqualTo(
            "\"name, quoted\",size\n\"a \"\"b\"\"\n\u0001\\\",1234567\nplain,0.1\nodd,NaN\n");
  }

  @Test
  void jsonIsReadBackByAnotherParser() throws Exception {
    JsonNode json = new ObjectMapper().readTree(TABLE.json());
    assertThat(json).hasSize(3);
    assertThat(json.get(0).get("name, quoted").asText()).isEqualTo("a \"b\"\n\u0001\\");
    assertThat(json.get(0).get("size").asLong()).isEqualTo(1_234_567);
    assertThat(json.get(1).get("size").asDouble()).isEqualTo(0.1);
    assertThat(json.get(2).get("size").asText()).isEqualTo("NaN");
  }

  @Test
  void columnsOfQuantitiesAreAlignedRight() {
    String html = html(Table.of("k", "kind").row(1, "1").row("", "2"), 10);
    assertThat(html).contains("<td class=\"number\">1</td>", "<td class=\"words\">1</td>");
  }

  @Test
  void rowsLeaveTheTableTheyAreAddedToAlone() {
    Table empty = Table.of("a");
    Table one = empty.row(1);
    assertThat(empty.size()).isZero();
    assertThat(one.size()).isOne();
  }

  @Test
  void longTablesAreThinnedAndSaySo() {
    Table table =
        Table.of(
            List.of("i"),
            java.util.stream.IntStream.range(0, 2001).mapToObj(i -> List.<Object>of(i)).toList());
    String html = html(table, 1000);
    assertThat(html).contains("One row in 3 of 2,001 is shown.").contains(">1,998<");
    assertThat(html.split("<tr ", -1)).hasSizeLessThanOrEqualTo(1001);
    assertThat(html(table, 2001)).doesNotContain("is shown");
  }

  @Test
  void manyColumnsMayBeBroaderThanTheText() {
    Table eight = Table.of("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(html(eight, 10)).contains("class=\"scroll\"").doesNotContain("broad");
    Table nine = Table.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
    assertThat(html(nine, 10)).contains("class=\"scroll broad\"");
  }

  @Test
  void refusesRowsThatDoNotFit() {
    assertThatThrownBy(() -> TABLE.row("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells for 2 columns");
    assertThatThrownBy(() -> TABLE.row("a", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text, a number or a Quantity");
    assertThatThrownBy(Table::of).isInstanceOf(IllegalArgumentException.class);
  }

  private static String html(Table table, int limit) {
    Markup markup = new Markup();
    table.write(markup, limit);
    return markup.toString();
  }
}

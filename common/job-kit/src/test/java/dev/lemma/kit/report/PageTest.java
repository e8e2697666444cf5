// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PageTest {
  private static final String EVIL = "</title></style></svg>\"'><script>alert(1)</script>";

  @Test
  void isWellFormedAndSmall() {
    String html = DemoPage.page().html();
    Pictures.parse(html);
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(200_000);
  }

  @Test
  void escapesEveryText() {
    Table table = Table.of(EVIL, "b").row(EVIL, new Quantity(1, EVIL));
    double[] two = {1, 2};
    String html =
        Page.titled(EVIL, EVIL)
            .warnings(List.of(EVIL))
            .headline(EVIL, EVIL, EVIL)
            .section(EVIL, EVIL)
            .prose(EVIL)
            .fact(EVIL, EVIL, EVIL)
            .table(table)
            .figure(
                Histogram.of(EVIL, two, 2)
                    .x(Axis.linear(EVIL))
                    .counting(EVIL)
                    .law(EVIL, x -> 1)
                    .marker(1.5, EVIL),
                EVIL)
            .figure(
                LineChart.of(EVIL, Axis.linear(EVIL), Axis.linear(EVIL))
                    .line(EVIL, two, two)
                    .points(EVIL, two, two)
                    .vertical(1, EVIL)
                    .horizontal(1, EVIL)
                    .spot(1, 1, EVIL),
                EVIL)
            .figure(BarChart.of(EVIL).bar(EVIL, new Quantity(1, EVIL)), EVIL)
            .figure(
                IntervalChart.of(EVIL, Axis.linear(EVIL)).interval(EVIL, 1, 2, 3).marker(2, EVIL),
                EVIL)
            .footer(EVIL)
            .html();
    Document page = Pictures.parse(html);
    assertThat(html).doesNotContainIgnoringCase("<script");
    assertThat(Pictures.elements(page, "script")).isEmpty();
    assertThat(Pictures.elements(page, "style")).hasSize(1);
    assertThat(Pictures.elements(page, "h1").get(0).getTextContent()).isEqualTo(EVIL);
  }

  @Test
  void policyAdmitsItsOwnStyleAndNothingElse() throws Exception {
    Document page = Pictures.parse(DemoPage.page().html());
    String policy =
        Pictures.elements(page, "meta").stream()
            .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
            .map(meta -> meta.getAttribute("content"))
            .findFirst()
            .orElseThrow();
    byte[] style =
        Pictures.elements(page, "style").get(0).getTextContent().getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(style);
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; base-uri 'none'; form-action 'none'");
  }

  @Test
  void loadsNothing() {
    String html = DemoPage.page().html();
    assertThat(html)
        .doesNotContain(
            "http:", "https:", "src=", "href", "url(", "@import", "style=", "javascript:")
        .doesNotContainPattern("\\son\\w+=");
  }

  @Test
  void theSameContentGivesTheSameBytesInEveryLocale() {
    String first = DemoPage.page().html();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(DemoPage.page().html()).isEqualTo(first);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void warningsAndHeadlinesComeFirst() {
    String html =
        Page.titled("t", "")
            .section("Section", "text")
            .headline("1", "tile", "")
            .warnings(List.of("careful"))
            .html();
    assertThat(html).containsSubsequence("<h1>t</h1>", "careful", "tile", "Section");
    assertThat(Page.titled("t", "").html()).doesNotContain("aside", "<ul", "<footer");
  }

  @Test
  void neighbouringFactsFormOneList() {
    Page page = Page.titled("t", "").fact("a", "1", "").fact("b", "2", "because").prose("x");
    Document html = Pictures.parse(page.fact("c", "3", "").html());
    assertThat(Pictures.elements(html, "dl")).hasSize(2);
    assertThat(Pictures.elements(html, "dt")).hasSize(3);
  }

  @Test
  void canBeContinuedAfterItWasWritten() {
    Page page = Page.titled("t", "").section("one", "").fact("a", "1", "");
    String before = page.html();
    assertThat(page.html()).isEqualTo(before);
    assertThat(page.section("two", "").html()).contains("one", "two");
  }

  @Test
  void blankLinesDivideParagraphs() {
    Document html = Pictures.parse(Page.titled("t", "").prose("a\nb\n \n\nc\n").html());
    assertThat(Pictures.elements(html, "p"))
        .extracting(p -> p.getTextContent())
        .containsExactly("a\nb", "c");
  }

  @Test
  void numbersStayWithTheirUnits() {
    assertThat(Page.titled("t", "").prose("99 % in 14.2 s of 3 MBit and 4 more").html())
        .contains("99\u00a0% in 14.2\u00a0s of 3 MBit and 4 more");
  }

  @Test
  void notesStandInTheCaption() {
    String html =
        Page.titled("t", "")
            .figure(Histogram.of("h", new double[] {1, Double.NaN}, 2), "See.")
            .html();
    assertThat(html)
        .containsSubsequence("<figcaption>See.", "Not drawn: 1 not finite.", "<details>");
  }
}

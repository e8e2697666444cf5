// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
  @Test
  void escapesTextAndAttributes() {
    String markup = new Markup().leaf("p", "<script>'a' & \"b\"", "title", "\"><i>").toString();
    assertThat(markup)
        .isEqualTo(
            "<p title=\"&quot;&gt;&lt;i&gt;\">&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;</p>");
  }

  @Test
  void replacesWhatXmlCannotHold() {
    assertThat(Markup.escape("a\u0000b\ud800c\u001bd\uffffe")).isEqualTo("a�b�c�d�e");
    assertThat(Markup.escape("tab\tline\nεpsilon 😀")).isEqualTo("tab\tline\nεpsilon 😀");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.04, 0", "1.04, 1", "1.05, 1.1", "-2.36, -2.4", "719.96, 720"})
  void writesCoordinatesToOneDecimal(double value, String text) {
    assertThat(Markup.coordinate(value)).isEqualTo(text);
  }

  @Test
  void refusesToEndWithAnOpenElement() {
    assertThatThrownBy(() -> new Markup().open("g").toString()).hasMessageContaining("<g>");
  }
}

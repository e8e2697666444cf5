// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0        | 0
          -0.0     | 0
          334      | 334
          -1048576 | −1,048,576
          1234.567 | 1,235
          0.123456 | 0.1235
          0.5      | 0.5
          0.0001   | 0.0001
          0.00002  | 2×10⁻⁵
          1e-300   | 10⁻³⁰⁰
          1e9      | 10⁹
          -2.5e300 | −2.5×10³⁰⁰
          4.9e-324 | 4.9×10⁻³²⁴
          NaN      | NaN
          Infinity | ∞
          -Infinity| −∞
          """)
  void writesNumbers(double value, String text) {
    assertThat(Quantity.of(value).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0          | 0 %
          1          | 100 %
          0.991      | 99.1 %
          0.99137    | 99.137 %
          0.99973    | 99.973 %
          0.98953    | 98.95 %
          0.0105     | 1.05 %
          0.999996   | 99.9996 %
          0.02345678 | 2.35 %
          0.32856    | 32.86 %
          0.328      | 32.8 %
          0.47       | 47 %
          0.00021    | 0.021 %
          1e-12      | 10⁻¹⁰ %
          1.5        | 150 %
          -0.25      | −25 %
          NaN        | NaN
          """)
  void writesPercentages(double share, String text) {
    assertThat(Quantity.percent(share).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0             | 0 B
          999           | 999 B
          1000          | 1 kB
          1336          | 1.34 kB
          999999        | 1 MB
          157192424     | 157 MB
          4120000000    | 4.12 GB
          9223372036854775807 | 9.22 EB
          """)
  void writesBytes(long bytes, String text) {
    assertThat(Quantity.bytes(bytes).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.0321, 32.1 ms",
    "0.9999, 1 s",
    "14.23, 14.2 s",
    "59.97, 1 min 0 s",
    "83, 1 min 23 s",
    "7530, 2 h 5 min",
    "NaN, NaN s"
  })
  void writesDurations(double seconds, String text) {
    assertThat(Quantity.seconds(seconds).text()).isEqualTo(text);
  }

  @Test
  void doesNotFollowTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Quantity.count(1_234_567).in("rows").text()).isEqualTo("1,234,567 rows");
      assertThat(Quantity.of(0.25).text()).isEqualTo("0.25");
    } finally {
      Locale.setDefault(before);
    }
  }
}

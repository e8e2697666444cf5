// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassDictionaryTest {
  private static int number(ClassDictionary dictionary, Object label) {
    return dictionary.classOf(new GenericInternalRow(new Object[] {label}), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "-0.0, 0",
    "0.5, 0.5",
    "-2.50, -2.5",
    "1e-5, 0.00001",
    "1e20, 100000000000000000000"
  })
  void numbersOfEqualValueHaveOneName(double value, String name) {
    ClassDictionary dictionary = new ClassDictionary(LabelKind.DOUBLE, List.of());
    number(dictionary, value);
    assertThat(dictionary.names()).containsExactly(name);
  }

  @Test
  void aFloatIsCalledAsItIsWritten() {
    ClassDictionary dictionary = new ClassDictionary(LabelKind.FLOAT, List.of());
    number(dictionary, (double) 0.1f);
    assertThat(dictionary.names()).containsExactly("0.1");
  }

  @Test
  void decimalsLoseTheirTrailingZerosAndTextsKeepThem() {
    ClassDictionary decimals = new ClassDictionary(LabelKind.DECIMAL, List.of());
    number(decimals, UTF8String.fromString("1.00"));
    number(decimals, UTF8String.fromString("0.00"));
    assertThat(decimals.names()).containsExactly("1", "0");
    ClassDictionary texts = new ClassDictionary(LabelKind.TEXT, List.of());
    number(texts, UTF8String.fromString("1.00"));
    assertThat(texts.names()).containsExactly("1.00");
  }

  @Test
  void classesAreNumberedAsTheyAppearBehindThoseKnown() {
    ClassDictionary dictionary = new ClassDictionary(LabelKind.WHOLE, List.of("7", "3"));
    assertThat(
            IntStream.of(3, 9, 7, 9, 3, 5).map(label -> number(dictionary, (long) label)).toArray())
        .containsExactly(1, 2, 0, 2, 1, 3);
    assertThat(dictionary.names()).containsExactly("7", "3", "9", "5");
  }

  @Test
  void twentyThousandClassesKeepApart() {
    ClassDictionary dictionary = new ClassDictionary(LabelKind.DOUBLE, List.of());
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(number(dictionary, i / 8.0)).isEqualTo(i);
      }
    }
    assertThat(dictionary.size()).isEqualTo(20_000);
  }

  @Test
  void namesAreOrderedAsNumbersWhereAllAre() {
    assertThat(ClassNames.ordered(List.of("10", "9", "-1", "0.5")))
        .containsExactly("-1", "0.5", "9", "10");
    assertThat(ClassNames.ordered(List.of("10", "9", "b"))).containsExactly("10", "9", "b");
  }
}

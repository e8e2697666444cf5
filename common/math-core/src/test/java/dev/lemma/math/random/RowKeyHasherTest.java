// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.XxHash64;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKeyHasherTest {
  private static RowKey keyOf(UnaryOperator<RowKeyHasher> values) {
    return values.apply(new RowKeyHasher()).key();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The key of bytes that are written out here by hand from the table of the specification. */
  private static RowKey ofBytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new RowKey(
        XxHash64.hash(bytes, 0, bytes.length, 0), XxHash64.hash(bytes, 0, bytes.length, 1));
  }

  @Test
  void writesTheBytesOfTheSpecification() {
    assertThat(keyOf(h -> h)).isEqualTo(ofBytes(""));
    assertThat(keyOf(RowKeyHasher::addNull)).isEqualTo(ofBytes("00"));
    assertThat(keyOf(h -> h.addLong(-2))).isEqualTo(ofBytes("01 feffffffffffffff"));
    assertThat(keyOf(h -> h.addDouble(1))).isEqualTo(ofBytes("02 000000000000f03f"));
    assertThat(keyOf(h -> h.addText("aé"))).isEqualTo(ofBytes("03 0300000000000000 61c3a9"));
    assertThat(keyOf(h -> h.addBinary(new byte[] {9, 8, 7}, 1, 2)))
        .isEqualTo(ofBytes("04 0200000000000000 0807"));
    assertThat(keyOf(h -> h.addBoolean(true).addBoolean(false))).isEqualTo(ofBytes("0501 0500"));
    assertThat(keyOf(h -> h.addDecimal(new BigDecimal("-2.560"))))
        .isEqualTo(ofBytes("06 0200000000000000 0200000000000000 ff00"));
    assertThat(keyOf(h -> h.addDate(3))).isEqualTo(ofBytes("07 0300000000000000"));
    assertThat(keyOf(h -> h.addTimestamp(-1))).isEqualTo(ofBytes("08 ffffffffffffffff"));
    assertThat(keyOf(h -> h.addVector(new double[] {0, 2, 0})))
        .isEqualTo(
            ofBytes("09 0300000000000000 0100000000000000 0100000000000000 0000000000000040"));
  }

  /** Version 1 of the keys. A change here changes every fold, sample and leaf: raise VERSION. */
  @Test
  void frozenKeysStand() {
    assertThat(keyOf(h -> h.addLong(1)))
        .isEqualTo(new RowKey(0x7b2075f90a671183L, 0x30f97748085d37fdL));
    assertThat(keyOf(h -> h.addText("lemma")))
        .isEqualTo(new RowKey(0xe36dda48bb002ecaL, 0xc9cb92f6a3576bafL));
    assertThat(keyOf(h -> h.addNull().addVector(new double[] {0, -1.5, Double.NaN}).addText("λ")))
        .isEqualTo(new RowKey(0x90f8ab999a499c40L, 0x0488d0644f158a89L));
  }

  @Test
  void equalNumbersAreEqualWhateverTheirCarrier() {
    RowKey zero = keyOf(h -> h.addDouble(0.0));
    assertThat(keyOf(h -> h.addDouble(-0.0))).isEqualTo(zero);
    RowKey nan = keyOf(h -> h.addDouble(Double.NaN));
    assertThat(keyOf(h -> h.addDouble(Double.longBitsToDouble(0xfff8000000000123L))))
        .isEqualTo(nan);
    assertThat(keyOf(h -> h.addDouble(0.1f))).isEqualTo(keyOf(h -> h.addDouble((double) 0.1f)));
    assertThat(keyOf(h -> h.addDecimal(new BigDecimal("1.00"))))
        .isEqualTo(keyOf(h -> h.addDecimal(new BigDecimal("1"))));
    assertThat(keyOf(h -> h.addDecimal(new BigDecimal("0.000"))))
        .isEqualTo(keyOf(h -> h.addDecimal(BigDecimal.ZERO)));
  }

  @Test
  void denseAndSparseVectorsAreOne() {
    RowKey dense = keyOf(h -> h.addVector(new double[] {0, 1.5, -0.0, Double.NaN, 0}));
    SparseRow row = new SparseRow();
    row.append(1, 1.5);
    row.append(2, 0.0);
    row.append(3, Double.NaN);
    assertThat(keyOf(h -> h.addVector(new float[] {0, 1.5f, 0, Float.NaN, -0.0f})))
        .isEqualTo(dense);
    assertThat(keyOf(h -> h.addVector(5, new int[] {1, 3}, new double[] {1.5, Double.NaN})))
        .isEqualTo(dense);
    assertThat(keyOf(h -> h.addVector(5, row))).isEqualTo(dense);
    assertThat(keyOf(h -> h.addVector(6, row))).isNotEqualTo(dense);
  }

  @Test
  void differentRowsHaveDifferentKeys() {
    List<UnaryOperator<RowKeyHasher>> rows =
        List.of(
            h -> h,
            RowKeyHasher::addNull,
            h -> h.addNull().addNull(),
            h -> h.addLong(1),
            h -> h.addDouble(1),
            h -> h.addText("1"),
            h -> h.addText(""),
            h -> h.addText("").addText(""),
            h -> h.addBinary(utf8("1"), 0, 1),
            h -> h.addBoolean(true),
            h -> h.addBoolean(false),
            h -> h.addDecimal(BigDecimal.ONE),
            h -> h.addDate(1),
            h -> h.addTimestamp(1),
            h -> h.addVector(new double[] {1}),
            h -> h.addVector(new double[0]),
            h -> h.addVector(new double[] {1, 0}),
            h -> h.addVector(new double[] {0, 1}),
            h -> h.addText("ab").addText("c"),
            h -> h.addText("a").addText("bc"));
    List<RowKey> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(keyOf(row)));
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).allMatch(key -> key.first() != key.second());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "naïve", "補題 lemma", "🦊"})
  void textIsItsUtf8(String text) {
    byte[] bytes = utf8("<" + text + ">");
    assertThat(keyOf(h -> h.addText(text)))
        .isEqualTo(keyOf(h -> h.addText(bytes, 1, bytes.length - 2)));
  }

  @Test
  void aHasherForgetsItsLastRowAndGrowsWithALongOne() {
    RowKeyHasher hasher = new RowKeyHasher();
    RowKey first = hasher.addText("a").key();
    double[] large = new double[10_000];
    large[9_999] = 1;
    RowKey second = hasher.reset().addVector(large).key();
    assertThat(hasher.reset().addText("a").key()).isEqualTo(first);
    assertThat(hasher.first()).isEqualTo(first.first());
    assertThat(second)
        .isEqualTo(keyOf(h -> h.addVector(10_000, new int[] {9_999}, new double[] {1})));
  }

  @Test
  void refusesIndicesThatDoNotAscend() {
    RowKeyHasher hasher = new RowKeyHasher();
    assertThatThrownBy(() -> hasher.addVector(5, new int[] {3, 3}, new double[] {1, 1}))
        .hasMessage("indices of a sparse vector must ascend from 0 to 4, found 3 after 3");
    assertThatThrownBy(() -> hasher.addVector(5, new int[] {5}, new double[] {1}))
        .hasMessage("indices of a sparse vector must ascend from 0 to 4, found 5 after -1");
    assertThatThrownBy(() -> hasher.addVector(5, new int[] {1, 2}, new double[] {1}))
        .hasMessage("a sparse vector needs one value an index, found 2 indices and 1 values");
  }

  @Test
  void keysAreOrderedAsUnsignedNumbers() {
    assertThat(new RowKey(1, 0)).isLessThan(new RowKey(-1, 0));
    assertThat(new RowKey(1, 1)).isLessThan(new RowKey(1, -1));
    assertThat(new RowKey(1, -1)).isLessThan(new RowKey(2, 0));
    assertThat(new RowKey(7, 7)).isEqualByComparingTo(new RowKey(7, 7));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DocumentFrequenciesTest {
  private static SparseRow row(long... ids) {
    SparseRow row = new SparseRow();
    Arrays.stream(ids).sorted().forEach(id -> row.append(id, 1));
    return row;
  }

  private static DocumentFrequencies count(SparseRow... rows) {
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    for (SparseRow row : rows) {
      counter.add(row);
    }
    return counter.freeze();
  }

  @Test
  void aTextCountsOnceForFeaturesThatShareACounter() {
    long id = 0x123450000000000aL;
    DocumentFrequencies frequencies =
        count(row(id, id + 1, id + 2, -1), row(id + 5), row(), row(5));
    assertThat(frequencies.texts()).isEqualTo(4);
    assertThat(frequencies.frequency(id)).isEqualTo(2);
    assertThat(frequencies.frequency(id + 99)).as("an upper bound").isEqualTo(2);
    assertThat(frequencies.frequency(-1)).isEqualTo(1);
    assertThat(frequencies.frequency(5)).isEqualTo(1);
    assertThat(frequencies.frequency(1L << 50)).isZero();
  }

  @Test
  void inverseFrequenciesFollowTheFormula() {
    SparseRow[] rows = new SparseRow[9999];
    Arrays.fill(rows, row(1));
    rows[0] = row(1, -1);
    DocumentFrequencies frequencies = count(rows);
    assertThat(frequencies.inverse(1)).isEqualTo(1.0);
    assertThat(frequencies.inverse(-1)).isEqualTo(StrictMath.log(10_000.0 / 2) + 1);
    assertThat(frequencies.inverse(1L << 50)).isEqualTo(StrictMath.log(10_000.0) + 1);
  }

  @Test
  void partsAddUpToTheWholeInAnyOrder() {
    SplittableRandom random = new SplittableRandom(4);
    SparseRow[] rows = new SparseRow[300];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(random.longs(50, 0, 1L << 51).toArray());
    }
    DocumentFrequencies whole = count(rows);
    DocumentFrequencyCounter merged = new DocumentFrequencyCounter();
    merged.add(DocumentFrequencies.of(count(Arrays.copyOfRange(rows, 120, 300)).toBytes()));
    merged.add(count(Arrays.copyOfRange(rows, 0, 120)));
    assertThat(merged.freeze()).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(merged.freeze().toBytes()).isEqualTo(whole.toBytes());
  }

  @Test
  void aFrozenTableDoesNotChange() {
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    counter.add(row(1));
    DocumentFrequencies frozen = counter.freeze();
    counter.add(row(1));
    assertThat(frozen.frequency(1)).isEqualTo(1);
    assertThat(frozen).isNotEqualTo(counter.freeze());
  }

  /** Version 1 of the bytes, written out by hand. */
  @Test
  void bytesAreCompactAndFrozen() {
    SparseRow[] rows = new SparseRow[300];
    Arrays.fill(rows, row(1L << 44));
    byte[] bytes = count(rows).toBytes();
    // Version; 300 texts; one zero; 300; 2^20 - 2 zeros.
    assertThat(bytes).containsExactly(1, 0xac, 0x02, 0, 1, 0xac, 0x02, 0, 0xfe, 0xff, 0x3f);
    assertThat(DocumentFrequencies.of(bytes)).isEqualTo(count(rows));
    assertThat(count().toBytes()).containsExactly(1, 0, 0, 0x80, 0x80, 0x40);
  }

  @Test
  void refusesBytesThatAreNoTable() {
    byte[] good = count(row(1), row(2, -1)).toBytes();
    byte[] version = good.clone();
    version[0] = 2;
    assertThatThrownBy(() -> DocumentFrequencies.of(version))
        .hasMessage(
            "these bytes are no table of document frequencies: they do not begin with version 1");
    assertThatThrownBy(() -> DocumentFrequencies.of(new byte[0])).hasMessageContaining("version");
    assertThatThrownBy(() -> DocumentFrequencies.of(Arrays.copyOf(good, good.length - 1)))
        .hasMessageContaining("they end early");
    assertThatThrownBy(() -> DocumentFrequencies.of(Arrays.copyOf(good, good.length + 1)))
        .hasMessageContaining("more bytes follow");
    assertThatThrownBy(() -> DocumentFrequencies.of(new byte[] {1, 1, 2}))
        .hasMessageContaining("above the number of texts");
    assertThatThrownBy(() -> DocumentFrequencies.of(new byte[] {1, 1, 0, -1, -1, -1, 1}))
        .hasMessageContaining("a run of zeros is too long");
  }
}

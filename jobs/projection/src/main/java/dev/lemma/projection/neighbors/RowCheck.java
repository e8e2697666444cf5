// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.RowCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** What one pass over a table counts, and a sample that it draws on the way. */
final class RowCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] bad = new long[BadRow.values().length];
  private final TreeSet<byte[]> sample = new TreeSet<>(new Unsigned());
  private final int most;
  private long rows;
  private long bytes;

  private RowCheck(int most) {
    this.most = most;
  }

  /** Counts alone. */
  static RowCheck counting() {
    return new RowCheck(0);
  }

  /** Draws up to {@link Regions#SAMPLE} rows too. */
  static RowCheck drawing() {
    return new RowCheck(Regions.SAMPLE);
  }

  private static final class Unsigned implements java.util.Comparator<byte[]>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(byte[] a, byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }
  }

  /** Counts a row: its packed features, or null and the reason. */
  RowCheck add(Row row) {
    rows++;
    if (row.isNullAt(0)) {
      bad[BadRow.ofReason(row.getString(1)).ordinal()]++;
      return this;
    }
    byte[] packed = row.getAs(0);
    bytes += packed.length;
    draw(packed);
    return this;
  }

  /** Takes in what another part of the table counted. */
  RowCheck merge(RowCheck other) {
    rows += other.rows;
    bytes += other.bytes;
    for (int i = 0; i < bad.length; i++) {
      bad[i] += other.bad[i];
    }
    other.sample.forEach(this::draw);
    return this;
  }

  /** Keeps the different rows of lowest hash; of longer ones the driver would hold too much. */
  private void draw(byte[] packed) {
    if (most == 0 || packed.length > Regions.LONGEST) {
      return;
    }
    if (sample.size() < most || Arrays.compareUnsigned(packed, sample.last()) < 0) {
      sample.add(packed);
      if (sample.size() > most) {
        sample.pollLast();
      }
    }
  }

  RowCounts counts() {
    Map<BadRow, Long> reasons = new EnumMap<>(BadRow.class);
    for (BadRow each : BadRow.values()) {
      if (bad[each.ordinal()] > 0) {
        reasons.put(each, bad[each.ordinal()]);
      }
    }
    return new RowCounts(rows, reasons);
  }

  /** Of the packed features of all good rows. */
  long bytes() {
    return bytes;
  }

  /**
   * Packed rows of lowest hash, ascending: different ones, none where only is counted. Rows of more
   * than {@link Regions#LONGEST} bytes are left out.
   */
  List<byte[]> sample() {
    return List.copyOf(sample);
  }
}

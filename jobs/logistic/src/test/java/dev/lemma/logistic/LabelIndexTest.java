// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class LabelIndexTest {
  private static int index(LabelKind kind, Object value, String... classes) {
    LabelIndex index = new LabelIndex(kind, List.of(classes));
    int first = index.index(new GenericInternalRow(new Object[] {value}));
    // Numbers are remembered; the second answer comes from there.
    assertThat(index.index(new GenericInternalRow(new Object[] {value}))).isEqualTo(first);
    return first;
  }

  @Test
  void aLabelIsTheClassOfItsCanonicalString() {
    assertThat(index(LabelKind.WHOLE, 1L, "0", "1")).isEqualTo(1);
    assertThat(index(LabelKind.DOUBLE, 1.0, "0", "1")).isEqualTo(1);
    assertThat(index(LabelKind.DOUBLE, -0.0, "0", "1")).isZero();
    assertThat(index(LabelKind.FLOAT, (double) 0.1f, "0", "0.1")).isEqualTo(1);
    assertThat(index(LabelKind.DECIMAL, UTF8String.fromString("1.0000"), "0", "1")).isEqualTo(1);
    assertThat(index(LabelKind.TEXT, UTF8String.fromString("true"), "false", "true")).isEqualTo(1);
    assertThat(index(LabelKind.TEXT, UTF8String.fromString("1.0"), "1", "1.0")).isEqualTo(1);
  }

  @Test
  void whatIsNoClassAndWhatIsNoLabelAreToldApart() {
    assertThat(index(LabelKind.WHOLE, 2L, "0", "1")).isEqualTo(LabelIndex.UNSEEN);
    assertThat(index(LabelKind.DOUBLE, 0.5, "0", "1")).isEqualTo(LabelIndex.UNSEEN);
    assertThat(index(LabelKind.TEXT, UTF8String.fromString(""), "a", "b"))
        .isEqualTo(LabelIndex.UNSEEN);
    assertThat(index(LabelKind.DOUBLE, Double.NaN, "0", "1")).isEqualTo(LabelIndex.NONE);
    assertThat(index(LabelKind.DOUBLE, Double.POSITIVE_INFINITY, "0", "1"))
        .isEqualTo(LabelIndex.NONE);
    assertThat(index(LabelKind.WHOLE, null, "0", "1")).isEqualTo(LabelIndex.NONE);
  }
}

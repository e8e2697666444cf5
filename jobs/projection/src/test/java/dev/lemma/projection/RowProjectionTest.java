// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import dev.lemma.projection.RowProjection.OutputType;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowProjectionTest {
  private static final String MARK = "lemma.few-values";

  @ParameterizedTest
  @CsvSource({
    "SPARSE_SIGN, COUNT, NONE, true",
    "SPARSE_SIGN, LOG, NONE, true",
    "SPARSE_SIGN, COUNT, L2, false",
    "SIGN, COUNT, NONE, true",
    "GAUSSIAN, COUNT, NONE, false"
  })
  void sumsOfSignedCountsAreFewValues(
      Family family, Weighting weighting, RowNorm norm, boolean few) {
    int nonzeros = family == Family.SPARSE_SIGN ? 4 : 0;
    ProjectionSpec matrix = new ProjectionSpec(family, 1, 16, OptionalLong.empty(), nonzeros, 0);
    TextSpec text = new TextSpec(TextUnit.WORDS, 1, 1, weighting, norm);
    Specification specification =
        new Specification(matrix, Precision.FLOAT, Optional.of(text), Optional.empty());

    assertThat(RowProjection.metadata(specification, "y", OutputType.ARRAY, 16).contains(MARK))
        .isEqualTo(few);
  }

  @Test
  void projectedNumbersAreManyValues() {
    ProjectionSpec matrix =
        new ProjectionSpec(Family.SPARSE_SIGN, 1, 16, OptionalLong.of(100), 4, 0);
    Specification specification =
        new Specification(matrix, Precision.FLOAT, Optional.empty(), Optional.empty());

    assertThat(RowProjection.metadata(specification, "y", OutputType.ARRAY, 16).contains(MARK))
        .isFalse();
  }
}

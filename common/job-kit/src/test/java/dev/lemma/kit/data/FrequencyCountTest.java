// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.DocumentFrequencyCounter;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FrequencyCountTest {
  private static final Features.TextColumn TEXT =
      new Features.TextColumn(
          "t", new TextSpec(TextUnit.WORDS, 1, 1, Weighting.TF_IDF, RowNorm.L2));

  @Test
  void countsTextsNotOccurrencesWhateverTheLayout() {
    Dataset<Row> rows =
        SharedSpark.session()
            .range(300)
            .selectExpr(
                "case when id % 3 = 0 then 'red red apple'"
                    + " when id % 3 = 1 then 'green apple' end as t");
    for (Dataset<Row> layout : Layouts.of(rows).subList(0, 3)) {
      DocumentFrequencies found = FrequencyCount.of(layout, TEXT);
      assertThat(found.texts()).isEqualTo(200);
      assertThat(found.frequency(TextVectorizer.featureId("red"))).isEqualTo(100);
      assertThat(found.frequency(TextVectorizer.featureId("green"))).isEqualTo(100);
      assertThat(found.frequency(TextVectorizer.featureId("apple"))).isEqualTo(200);
      assertThat(found.frequency(TextVectorizer.featureId("blue"))).isZero();
    }
    assertThat(FrequencyCount.of(rows.limit(0), TEXT))
        .isEqualTo(new DocumentFrequencyCounter().freeze());
  }
}

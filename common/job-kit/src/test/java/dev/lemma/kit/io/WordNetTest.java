// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.SharedSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class WordNetTest {
  @Test
  void holdsTheWholeOfWordNet() {
    Dataset<Row> rows = WordNet.read(SharedSpark.session()).cache();
    try {
      assertThat(rows.count()).isEqualTo(117_791);
      assertThat(rows.select("id").distinct().count()).isEqualTo(117_791);
      assertThat(rows.select("lexname").distinct().count()).isEqualTo(45);
      assertThat(rows.filter("gloss = '' or word like '%\\_%' or word like '%(%'").count())
          .isZero();
      assertThat(rows.filter("pos = 'a'").count()).isEqualTo(18_185);
      assertThat(rows.javaRDD().getNumPartitions()).isEqualTo(32);
      assertThat(rows.first())
          .isEqualTo(
              RowFactory.create(
                  "n00001740",
                  "entity",
                  "noun.Tops",
                  "n",
                  "that which is perceived or known or inferred to have its own distinct"
                      + " existence (living or nonliving)"));
    } finally {
      rows.unpersist();
    }
  }

  @Test
  void namesTheLexicographerFiles() {
    assertThat(lexname("00001740 29 v 04 breathe 0 x | draw air")).isEqualTo("verb.body");
    assertThat(lexname("00001740 44 a 01 spent 0 x | used up")).isEqualTo("adj.ppl");
    assertThat(lexname("00001740 02 r 01 away 0 x | from a place")).isEqualTo("adv.all");
  }

  @Test
  void cleansTheWord() {
    Row row = WordNet.row("a", "00001740 00 s 01 dead_on(a) 0 000 | accurate;  \"a | b\"  ");
    assertThat(row.<String>getAs(1)).isEqualTo("dead on");
    assertThat(row.<String>getAs(4)).isEqualTo("accurate;  \"a | b\"");
  }

  @Test
  void saysWhatIsMissingWithoutTheArtifact() {
    ClassLoader bare = ClassLoader.getPlatformClassLoader();
    assertThatThrownBy(() -> WordNet.rows(bare))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "input.sample: WordNet is not on the class path; run through bin/lemma, which adds"
                + " lemma-sample.jar, or pass spark-submit --jars lemma-sample.jar")
        .extracting(e -> ((LemmaException) e).code())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void countsBytesOfTheDataFiles() {
    assertThat(WordNet.size()).isEqualTo(new SourceSize(4, 15325523L + 2778475 + 3167437 + 520168));
  }

  private static String lexname(String line) {
    return WordNet.row(line.substring(12, 13), line).<String>getAs(2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateJobTest {
  private static final int ROWS = 40;

  @TempDir Path folder;

  private JsonNode generate(String name, String... keys) {
    String[] all = new String[keys.length + 3];
    System.arraycopy(keys, 0, all, 0, keys.length);
    all[keys.length] = "features=6";
    all[keys.length + 1] = "rank=3";
    all[keys.length + 2] = "output.path=" + folder.resolve(name);
    JobCall call = JobCall.of(new GenerateJob(), all);
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    return JobCall.manifest(folder.resolve(name));
  }

  private Dataset<Row> read(String name) {
    return SharedSpark.session().read().parquet(folder.resolve(name).toString());
  }

  /** To the last digit, and the type with them. */
  private List<String> rows(String name) {
    Dataset<Row> rows = read(name);
    return rows.where("id < " + ROWS).orderBy("id").collectAsList().stream()
        .map(row -> row.schema().simpleString() + row)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "gaussian-classes, 'logit-offsets', 12",
    "low-rank, 'covariance-eigenvalues', 18",
    "sparse-zipf, 'probability-of-rank-j', 0",
    "dense-clusters, 'expected-pairs-within-radius', 0"
  })
  void aRowIsTheSameWhateverThePartitionsAndHoweverManyThereAre(
      String data, String known, long tabulated) {
    JsonNode first = generate("one", "data=" + data, "rows=" + ROWS, "output.partitions=1");
    generate("seven", "data=" + data, "rows=100", "output.partitions=7");
    generate("other", "data=" + data, "rows=" + ROWS, "output.partitions=1", "seed=1");

    assertThat(rows("one")).hasSize(ROWS).doesNotHaveDuplicates().isEqualTo(rows("seven"));
    assertThat(read("seven").count()).isEqualTo(100);
    assertThat(rows("other")).isNotEqualTo(rows("one"));
    assertThat(first.path("bits").asText()).isEqualTo("any");
    assertThat(first.path("metrics").path("truth").has(known)).isTrue();
    assertThat(tabulated == 0 ? 0 : read("one/_lemma/tables/truth").count()).isEqualTo(tabulated);
  }

  /** The linear score that the table tells finds the class far more often than chance. */
  @Test
  void theTableOfTruthSpeaksOfTheRows() {
    JsonNode manifest = generate("classes", "rows=400", "separation=4");
    JsonNode offsets = manifest.path("metrics").path("truth").path("logit-offsets");
    double[][] weights = new double[2][6];
    for (Row row : read("classes/_lemma/tables/truth").collectAsList()) {
      weights[row.getInt(0)][row.getInt(1)] = row.getDouble(3);
    }
    long right =
        read("classes").collectAsList().stream()
            .filter(
                row -> {
                  double[] x = row.<Vector>getAs(2).toArray();
                  double score = offsets.get(1).asDouble() - offsets.get(0).asDouble();
                  for (int j = 0; j < x.length; j++) {
                    score += x[j] * (weights[1][j] - weights[0][j]);
                  }
                  return score > 0 == (row.getInt(1) == 1);
                })
            .count();
    assertThat(right).isGreaterThan(350);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.testing.SharedSpark;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that are the same for all rows and wrong: no row is read. */
class ConstantArgumentsTest {
  private static SparkSession spark;

  @BeforeAll
  static void register() {
    spark = SharedSpark.session();
    LemmaFunctions.register(spark);
  }

  /** Call with a constant out of its range, and what the error says of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "softmax(array(1, 2), -1) | parameter tau of softmax: expected a number above 0 and finite,"
            + " found -1; 1 is the usual one",
        "logsumexp(array(1, 2), 0.0) | parameter tau of logsumexp: expected a number above 0 and"
            + " finite, found 0.0; 1 is the usual one",
        "swish(1, 1 - 1) | parameter t of swish: expected a number above 0 and finite, found 0;",
        "gelu(1, double('NaN')) | parameter s of gelu: expected a number above 0 and finite, found"
            + " NaN;",
        "squareplus(1, -4) | parameter b of squareplus: expected a finite number from 0 on, found"
            + " -4; 0 is allowed",
        "taylor_softmax(array(1, 2), 3) | parameter n of taylor_softmax: expected an even number"
            + " from 2 to 100, found 3; odd orders can be negative; take 2",
        "renyi_entropy(array(1, 2), -1) | parameter t of renyi_entropy: expected a number from 0 on,"
            + " or Infinity, found -1;",
        "logsumexp_entropy_bound(array(1), array(1), 0.5) | expected a number from 1 on, or"
            + " Infinity, found 0.5;",
        "prime_sum(20000000001) | parameter n of prime_sum: expected at most 2 * 10^10, found"
            + " 20000000001; the sum of more would not fit into a BIGINT",
        "prime_count(1000000000001) | parameter n of prime_count: expected at most 10^12, found"
            + " 1000000000001; a sieve of more would take hours",
        "bm25(1, 1, 2, 3, 4, 1.2, 2) | parameter b of bm25: expected a number from 0 to 1, found 2;"
            + " 0.75 is the usual one",
        "jl_min_dim(1, 0.1, 0.1) | parameter n of jl_min_dim: expected at least 2, found 1; one"
            + " point has no distances to keep",
        "jl_min_dim(9, 1.0, 0.1) | parameter eps of jl_min_dim: expected a number above 0 and below"
            + " 1, found 1.0; take 0.1 or 0.01",
        "jl_project(array(1, 2), 0, 0, 'sign') | parameter k of jl_project: expected at least 1,"
            + " found 0; give the size as it is",
        "jl_project(array(1, 2), 1, 0, 'sine') | parameter family of jl_project: expected auto, sign,"
            + " sparse-sign, hadamard, gaussian, orthonormal or very-sparse, found sine; auto takes"
            + " the one that fits the number of features",
        "jl_project(array(1, 2), 1, 0, 'sign', -2) | parameter d of jl_project: expected at least 1,"
            + " or nothing, found -2; leave it out to take the length of each row",
        "he_normal(0, 0, 0, 0) | parameter inputs of he_normal: expected at least 1, found 0;",
        "truncated_normal(-0.5, 0, 0, 0) | expected a finite number from 0 on, found -0.5;"
      })
  void aWrongConstantFailsTheAnalysis(String call, String message) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("DATATYPE_MISMATCH")
        .hasMessageContaining(message);
  }

  /** A column may hold anything, and what fails by itself or is NULL is not for the analysis. */
  @Test
  void onlyConstantsFailTheAnalysis() {
    assertThat(spark.sql("SELECT swish(1, t) FROM VALUES (-1) AS v(t)").first().getDouble(0))
        .isNaN();
    assertThat(spark.sql("SELECT swish(1, NULL)").first().isNullAt(0)).isTrue();
    assertThatCode(() -> spark.sql("SELECT swish(1, 1 / 0)")).doesNotThrowAnyException();
  }
}

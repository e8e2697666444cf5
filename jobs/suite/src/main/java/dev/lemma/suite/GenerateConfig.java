// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;

/**
 * Configuration of the job {@code generate}.
 *
 * @param data what is generated
 * @param rows number of rows
 * @param features number of features
 * @param classes number of classes
 * @param separation expected length of a class mean
 * @param condition condition number of the covariance
 * @param rank number of directions
 * @param decay ratio of successive scales
 * @param noise standard deviation of the noise
 * @param draws words of a sparse row
 * @param power tail of the sparse law
 * @param groupSize rows of a group of near neighbours
 * @param clusterGroups groups of a cluster
 * @param spread standard deviation of groups within a cluster
 * @param type type of the features column
 * @param output where the rows go
 * @param run what all jobs have
 */
public record GenerateConfig(
    @Key(
            doc =
                "Gaussian classes with one covariance; a low-rank matrix plus noise; sparse counts"
                    + " with a long tail; or groups of near neighbours in dense clusters",
            fallback = "gaussian-classes")
        Kind data,
    @Key(doc = "Number of rows") long rows,
    @Key(doc = "Number of features", fallback = "100") int features,
    @Key(doc = "Number of classes (gaussian-classes)", fallback = "2") int classes,
    @Key(
            doc = "Expected length of a class mean in units of the noise (gaussian-classes)",
            fallback = "2")
        double separation,
    @Key(doc = "Condition number of the covariance (gaussian-classes)", fallback = "1")
        double condition,
    @Key(doc = "Number of directions with signal (low-rank)", fallback = "10") int rank,
    @Key(doc = "Ratio of successive scales (low-rank)", fallback = "0.8") double decay,
    @Key(
            doc =
                "Standard deviation of the noise in each feature (low-rank); of a row about its"
                    + " group's centre (dense-clusters)",
            fallback = "0.1")
        double noise,
    @Key(doc = "Words of a row, so many counts in all (sparse-zipf)", fallback = "100") int draws,
    @Key(
            doc = "Tail: a feature is floor(features u^power), u uniform (sparse-zipf)",
            fallback = "3")
        int power,
    @Key(doc = "Rows of a group of near neighbours (dense-clusters)", fallback = "11")
        int groupSize,
    @Key(doc = "Groups of a cluster (dense-clusters)", fallback = "100") int clusterGroups,
    @Key(
            doc =
                "Standard deviation in each feature of a group's centre about its cluster's, whose"
                    + " own is 1 (dense-clusters)",
            fallback = "0.3")
        double spread,
    @Key(doc = "Type of the column features; sparse-zipf is always a vector", fallback = "vector")
        FeatureType type,
    @Key(doc = "Where the rows go") OutputConfig output,
    @Inline RunConfig run)
    implements Checked {
  /** What is generated. */
  public enum Kind {
    /** Gaussian classes with one covariance. */
    GAUSSIAN_CLASSES,
    /** A matrix of low rank plus noise. */
    LOW_RANK,
    /** Sparse counts with a long tail. */
    SPARSE_ZIPF,
    /** Groups of near neighbours in dense clusters. */
    DENSE_CLUSTERS
  }

  /** Type of the column of features. */
  public enum FeatureType {
    /** A vector of Spark ML. */
    VECTOR,
    /** An array of numbers of the configured precision. */
    ARRAY
  }

  /** Checks the ranges that hold whatever is generated. */
  public GenerateConfig {
    atLeast("rows", rows, 0);
    atLeast("features", features, 1);
    atLeast("classes", classes, 1);
    atLeast("rank", rank, 1);
    atLeast("draws", draws, 1);
    atLeast("power", power, 1);
    atLeast("group-size", groupSize, 1);
    atLeast("cluster-groups", clusterGroups, 1);
    atLeast("spread", spread, 0);
    atLeast("separation", separation, 0);
    atLeast("condition", condition, 1);
    atLeast("noise", noise, 0);
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("decay must lie above 0 and up to 1, found " + decay);
    }
  }

  @Override
  public void check(Findings findings) {
    if (data == Kind.LOW_RANK && rank > features) {
      findings.add(
          "rank",
          "rank = " + rank + " directions do not fit into features = " + features,
          "lower rank or raise features");
    }
    if (data == Kind.DENSE_CLUSTERS && noise == 0) {
      findings.add("noise", "without noise all rows of a group are equal", "raise noise above 0");
    }
    if (data == Kind.DENSE_CLUSTERS && rows / groupSize > Integer.MAX_VALUE) {
      findings.add(
          "group-size",
          "more groups than the label, a 32-bit number, can tell apart",
          "raise group-size or lower rows");
    }
    if (data == Kind.SPARSE_ZIPF && type == FeatureType.ARRAY) {
      findings.add("type", "sparse rows are not written as arrays", "set type = vector");
    }
  }

  private static void atLeast(String key, double value, double least) {
    if (!(value >= least)) {
      throw new IllegalArgumentException(
          key + " must be at least " + (long) least + ", found " + value);
    }
  }
}

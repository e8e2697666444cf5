// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link NeighborJoin} and its model share: each as Spark ML wants it, an
 * accessor for the parameter and a getter for its value.
 */
public interface NeighborParams extends Params {
  /** The parameter objects of this stage. */
  NeighborParamSet own();

  /** Column of vectors, arrays of numbers, or text. */
  default Param<String> inputCol() {
    return own().inputCol;
  }

  /** Value of {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(own().inputCol);
  }

  /** Column that names rows, in the rows and in queries. */
  default Param<String> idCol() {
    return own().idCol;
  }

  /** Value of {@link #idCol}. */
  default String getIdCol() {
    return getOrDefault(own().idCol);
  }

  /** Column of the neighbours: an array of id and distance. */
  default Param<String> outputCol() {
    return own().outputCol;
  }

  /** Value of {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(own().outputCol);
  }

  /** Most neighbours of a query. */
  default IntParam k() {
    return own().k;
  }

  /** Value of {@link #k}. */
  default int getK() {
    return (int) getOrDefault(own().k);
  }

  /** Largest distance of a neighbour; 0 sets no limit but k. */
  default DoubleParam radius() {
    return own().radius;
  }

  /** Value of {@link #radius}. */
  default double getRadius() {
    return (double) getOrDefault(own().radius);
  }

  /** {@code cosine} or {@code euclidean}. */
  default Param<String> distance() {
    return own().distance;
  }

  /** Value of {@link #distance}. */
  default String getDistance() {
    return getOrDefault(own().distance);
  }

  /** {@code auto}, {@code exact} or {@code lsh}. */
  default Param<String> method() {
    return own().method;
  }

  /** Value of {@link #method}. */
  default String getMethod() {
    return getOrDefault(own().method);
  }

  /** Share of the true neighbours that hashes are to find, in (0, 1). */
  default DoubleParam recall() {
    return own().recall;
  }

  /** Value of {@link #recall}. */
  default double getRecall() {
    return (double) getOrDefault(own().recall);
  }

  /** Most pairs that may be compared. */
  default LongParam budget() {
    return own().budget;
  }

  /** Value of {@link #budget}. */
  default long getBudget() {
    return (long) getOrDefault(own().budget);
  }

  /** Key of the hash functions. */
  default LongParam seed() {
    return own().seed;
  }

  /** Value of {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(own().seed);
  }
}

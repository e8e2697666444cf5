// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.math.lowrank.RankTarget;
import dev.lemma.math.lowrank.SvdSettings;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link RandomizedPca} and its model share: each as Spark ML wants it, an
 * accessor for the parameter and a getter for its value.
 */
public interface PcaParams extends Params {
  /** The parameter objects of this stage. */
  PcaParamSet own();

  /** Column of vectors or arrays of numbers. */
  default Param<String> inputCol() {
    return own().inputCol;
  }

  /** Value of {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(own().inputCol);
  }

  /** Column that the scores are put into. */
  default Param<String> outputCol() {
    return own().outputCol;
  }

  /** Value of {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(own().outputCol);
  }

  /** {@code vector} or {@code array}: the type of the output column. */
  default Param<String> outputType() {
    return own().outputType;
  }

  /** Value of {@link #outputType}. */
  default String getOutputType() {
    return getOrDefault(own().outputType);
  }

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that cannot be used. */
  default Param<String> handleInvalid() {
    return own().handleInvalid;
  }

  /** Value of {@link #handleInvalid}. */
  default String getHandleInvalid() {
    return getOrDefault(own().handleInvalid);
  }

  /** Number of components. */
  default IntParam k() {
    return own().k;
  }

  /** Value of {@link #k}. */
  default int getK() {
    return (int) getOrDefault(own().k);
  }

  /** Columns that are looked for beyond k; unset: 20, or half of k if that is more. */
  default IntParam oversampling() {
    return own().oversampling;
  }

  /** Value of {@link #oversampling}, or what follows from k. */
  default int getOversampling() {
    return isSet(own().oversampling)
        ? (int) getOrDefault(own().oversampling)
        : SvdSettings.oversamplingFor(new RankTarget.Fixed(getK()));
  }

  /** How often fitting reads the rows. */
  default IntParam reads() {
    return own().reads;
  }

  /** Value of {@link #reads}. */
  default int getReads() {
    return (int) getOrDefault(own().reads);
  }

  /** {@code power} or {@code two-sided}. */
  default Param<String> mode() {
    return own().mode;
  }

  /** Value of {@link #mode}. */
  default String getMode() {
    return getOrDefault(own().mode);
  }

  /** Whether the mean of each column is subtracted. */
  default BooleanParam center() {
    return own().center;
  }

  /** Value of {@link #center}. */
  default boolean getCenter() {
    return (boolean) getOrDefault(own().center);
  }

  /** Whether each column is divided by its standard deviation. */
  default BooleanParam scale() {
    return own().scale;
  }

  /** Value of {@link #scale}. */
  default boolean getScale() {
    return (boolean) getOrDefault(own().scale);
  }

  /** Key of the start matrix. */
  default LongParam seed() {
    return own().seed;
  }

  /** Value of {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(own().seed);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  default Param<String> kernel() {
    return own().kernel;
  }

  /** Value of {@link #kernel}. */
  default String getKernel() {
    return getOrDefault(own().kernel);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link RandomFeatures} and its model share: each as Spark ML wants it, an
 * accessor for the parameter and a getter for its value.
 */
public interface FeatureParams extends Params {
  /** The parameter objects of this stage. */
  FeatureParamSet own();

  /** Column of vectors or arrays of numbers. */
  default Param<String> inputCol() {
    return own().inputCol;
  }

  /** Value of {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(own().inputCol);
  }

  /** Column that the features are put into. */
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

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that have no features. */
  default Param<String> handleInvalid() {
    return own().handleInvalid;
  }

  /** Value of {@link #handleInvalid}. */
  default String getHandleInvalid() {
    return getOrDefault(own().handleInvalid);
  }

  /** {@code gaussian}, {@code laplacian}, {@code matern} or {@code softmax}. */
  default Param<String> kernelFunction() {
    return own().kernelFunction;
  }

  /** Value of {@link #kernelFunction}. */
  default String getKernelFunction() {
    return getOrDefault(own().kernelFunction);
  }

  /** Smoothness nu of the Matern kernel: 0.5, 1.5, ... 10.5. */
  default DoubleParam smoothness() {
    return own().smoothness;
  }

  /** Value of {@link #smoothness}. */
  default double getSmoothness() {
    return (double) getOrDefault(own().smoothness);
  }

  /** Length that rows are divided by; 0 in the estimator takes the median distance. */
  default DoubleParam bandwidth() {
    return own().bandwidth;
  }

  /** Value of {@link #bandwidth}. */
  default double getBandwidth() {
    return (double) getOrDefault(own().bandwidth);
  }

  /** Number of features, even. */
  default IntParam k() {
    return own().k;
  }

  /** Value of {@link #k}. */
  default int getK() {
    return (int) getOrDefault(own().k);
  }

  /** Length of a row; 0 takes it from the column. */
  default LongParam d() {
    return own().d;
  }

  /** Value of {@link #d}. */
  default long getD() {
    return (long) getOrDefault(own().d);
  }

  /** {@code auto}, {@code iid}, {@code orthogonal} or {@code hadamard}. */
  default Param<String> frequencies() {
    return own().frequencies;
  }

  /** Value of {@link #frequencies}. */
  default String getFrequencies() {
    return getOrDefault(own().frequencies);
  }

  /** {@code auto}, {@code independent}, {@code stratified} or {@code quantiles}. */
  default Param<String> norms() {
    return own().norms;
  }

  /** Value of {@link #norms}. */
  default String getNorms() {
    return getOrDefault(own().norms);
  }

  /** Key of the frequencies and of the sample that the median is taken of. */
  default LongParam seed() {
    return own().seed;
  }

  /** Value of {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(own().seed);
  }

  /** {@code float} or {@code double}: type of the arithmetic. */
  default Param<String> precision() {
    return own().precision;
  }

  /** Value of {@link #precision}. */
  default String getPrecision() {
    return getOrDefault(own().precision);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link RandomProjection} and its model share: each as Spark ML wants it, an
 * accessor for the parameter and a getter for its value.
 */
public interface ProjectionParams extends Params {
  /** The parameter objects of this stage. */
  ParamSet own();

  /** Column of vectors, arrays of numbers, or text. */
  default Param<String> inputCol() {
    return own().inputCol;
  }

  /** Value of {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(own().inputCol);
  }

  /** Column that the projection is put into. */
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

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that cannot be projected. */
  default Param<String> handleInvalid() {
    return own().handleInvalid;
  }

  /** Value of {@link #handleInvalid}. */
  default String getHandleInvalid() {
    return getOrDefault(own().handleInvalid);
  }

  /** {@code project} or {@code back-project}. */
  default Param<String> direction() {
    return own().direction;
  }

  /** Value of {@link #direction}. */
  default String getDirection() {
    return getOrDefault(own().direction);
  }

  /** Output dimension; 0 in the estimator takes the smallest that keeps the guarantee. */
  default IntParam k() {
    return own().k;
  }

  /** Value of {@link #k}. */
  default int getK() {
    return (int) getOrDefault(own().k);
  }

  /** Input dimension; 0 takes it from the column. */
  default LongParam d() {
    return own().d;
  }

  /** Value of {@link #d}. */
  default long getD() {
    return (long) getOrDefault(own().d);
  }

  /** Law of the random matrix. */
  default Param<String> family() {
    return own().family;
  }

  /** Value of {@link #family}. */
  default String getFamily() {
    return getOrDefault(own().family);
  }

  /** Non-zero entries for each feature (sparse-sign). */
  default IntParam nonzeros() {
    return own().nonzeros;
  }

  /** Value of {@link #nonzeros}. */
  default int getNonzeros() {
    return (int) getOrDefault(own().nonzeros);
  }

  /** Share of non-zero entries (very-sparse). */
  default DoubleParam density() {
    return own().density;
  }

  /** Value of {@link #density}. */
  default double getDensity() {
    return (double) getOrDefault(own().density);
  }

  /** Key of the random matrix. */
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

  /** {@code exact} or {@code fast}: how sums are formed. */
  default Param<String> kernel() {
    return own().kernel;
  }

  /** Value of {@link #kernel}. */
  default String getKernel() {
    return getOrDefault(own().kernel);
  }

  /** What holds within eps. */
  default Param<String> guarantee() {
    return own().guarantee;
  }

  /** Value of {@link #guarantee}. */
  default String getGuarantee() {
    return getOrDefault(own().guarantee);
  }

  /** Tolerated relative change of distances, in (0, 1). */
  default DoubleParam eps() {
    return own().eps;
  }

  /** Value of {@link #eps}. */
  default double getEps() {
    return (double) getOrDefault(own().eps);
  }

  /** {@code squared} or {@code unsquared}: the distances that eps speaks of. */
  default Param<String> distance() {
    return own().distance;
  }

  /** Value of {@link #distance}. */
  default String getDistance() {
    return getOrDefault(own().distance);
  }

  /** Probability that the guarantee fails, in (0, 1). */
  default DoubleParam delta() {
    return own().delta;
  }

  /** Value of {@link #delta}. */
  default double getDelta() {
    return (double) getOrDefault(own().delta);
  }

  /** Expected share of pairs within eps, in (0, 1). */
  default DoubleParam share() {
    return own().share;
  }

  /** Value of {@link #share}. */
  default double getShare() {
    return (double) getOrDefault(own().share);
  }

  /** Number of rows that the guarantee speaks of; 0 counts the data. */
  default LongParam rows() {
    return own().rows;
  }

  /** Value of {@link #rows}. */
  default long getRows() {
    return (long) getOrDefault(own().rows);
  }

  /** Number of query rows. */
  default LongParam queries() {
    return own().queries;
  }

  /** Value of {@link #queries}. */
  default long getQueries() {
    return (long) getOrDefault(own().queries);
  }

  /** {@code words} or {@code characters}. */
  default Param<String> textUnit() {
    return own().textUnit;
  }

  /** Value of {@link #textUnit}. */
  default String getTextUnit() {
    return getOrDefault(own().textUnit);
  }

  /** Shortest n-gram. */
  default IntParam minGram() {
    return own().minGram;
  }

  /** Value of {@link #minGram}. */
  default int getMinGram() {
    return (int) getOrDefault(own().minGram);
  }

  /** Longest n-gram. */
  default IntParam maxGram() {
    return own().maxGram;
  }

  /** Value of {@link #maxGram}. */
  default int getMaxGram() {
    return (int) getOrDefault(own().maxGram);
  }

  /** {@code count}, {@code log} or {@code tf-idf}. */
  default Param<String> weighting() {
    return own().weighting;
  }

  /** Value of {@link #weighting}. */
  default String getWeighting() {
    return getOrDefault(own().weighting);
  }

  /** {@code none} or {@code l2}. */
  default Param<String> rowNorm() {
    return own().rowNorm;
  }

  /** Value of {@link #rowNorm}. */
  default String getRowNorm() {
    return getOrDefault(own().rowNorm);
  }
}

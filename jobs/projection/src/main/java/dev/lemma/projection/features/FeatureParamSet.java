// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of both stages, made once for each stage object. */
final class FeatureParamSet {
  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> outputType;
  final Param<String> handleInvalid;
  final Param<String> kernelFunction;
  final DoubleParam smoothness;
  final DoubleParam bandwidth;
  final IntParam k;
  final LongParam d;
  final Param<String> frequencies;
  final Param<String> norms;
  final LongParam seed;
  final Param<String> precision;

  FeatureParamSet(Params owner) {
    inputCol = new Param<>(owner, "inputCol", "column of vectors or arrays of numbers");
    outputCol = new Param<>(owner, "outputCol", "column of the k random features");
    outputType = choice(owner, "outputType", "type of the output column", "vector", "array");
    handleInvalid =
        choice(
            owner,
            "handleInvalid",
            "rows that have no features (null, NaN, infinite, wrong length): error stops, skip"
                + " drops them, keep gives null",
            "error",
            "skip",
            "keep");
    kernelFunction =
        choice(
            owner,
            "kernelFunction",
            "what inner products of features estimate",
            "gaussian",
            "laplacian",
            "matern",
            "softmax");
    smoothness =
        new DoubleParam(
            owner,
            "smoothness",
            "nu of the Matern kernel: 0.5, 1.5, ... 10.5",
            ParamValidators.inRange(0.5, 10.5));
    bandwidth =
        new DoubleParam(
            owner,
            "bandwidth",
            "length that rows are divided by; 0 takes the median distance of sampled pairs (softmax:"
                + " the fourth root of d)",
            ParamValidators.gtEq(0.0));
    k =
        new IntParam(
            owner,
            "k",
            "number of features, even: a cosine and a sine of each frequency",
            ParamValidators.gtEq(2.0));
    d =
        new LongParam(
            owner,
            "d",
            "length of a row; 0 takes it from the column's metadata or its first row",
            ParamValidators.gtEq(0.0));
    frequencies =
        choice(
            owner,
            "frequencies",
            "how directions of frequencies are drawn; auto is iid for the Laplacian kernel,"
                + " orthogonal where that is quickly made, else hadamard",
            "auto",
            "iid",
            "orthogonal",
            "hadamard");
    norms =
        choice(
            owner,
            "norms",
            "how norms of frequencies are drawn; auto is independent for the Laplacian kernel, else"
                + " stratified",
            "auto",
            "independent",
            "stratified",
            "quantiles");
    seed = new LongParam(owner, "seed", "key of the frequencies");
    precision = choice(owner, "precision", "type of the arithmetic", "float", "double");
  }

  /** The defaults of {@link RandomFeatures}: 2,048 features of the Gaussian kernel, float. */
  void setDefaults(FeatureParams stage) {
    stage.setDefault(outputType, "vector");
    stage.setDefault(handleInvalid, "error");
    stage.setDefault(kernelFunction, "gaussian");
    stage.setDefault(smoothness, 1.5);
    stage.setDefault(bandwidth, 0.0);
    stage.setDefault(k, 2048);
    stage.setDefault(d, 0L);
    stage.setDefault(frequencies, "auto");
    stage.setDefault(norms, "auto");
    stage.setDefault(seed, 0L);
    stage.setDefault(precision, "float");
  }

  private static Param<String> choice(Params owner, String name, String doc, String... values) {
    List<String> allowed = Arrays.asList(values);
    return new Param<>(
        owner,
        name,
        doc + " (" + String.join(", ", allowed) + ")",
        ParamValidators.inArray(allowed));
  }
}

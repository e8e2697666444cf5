// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.projection.ProjectionSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of both stages, made once for each stage object. */
final class ParamSet {
  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> outputType;
  final Param<String> handleInvalid;
  final Param<String> direction;
  final IntParam k;
  final LongParam d;
  final Param<String> family;
  final IntParam nonzeros;
  final DoubleParam density;
  final LongParam seed;
  final Param<String> precision;
  final Param<String> kernel;
  final Param<String> guarantee;
  final DoubleParam eps;
  final Param<String> distance;
  final DoubleParam delta;
  final DoubleParam share;
  final LongParam rows;
  final LongParam queries;
  final Param<String> textUnit;
  final IntParam minGram;
  final IntParam maxGram;
  final Param<String> weighting;
  final Param<String> rowNorm;

  ParamSet(Params owner) {
    inputCol = new Param<>(owner, "inputCol", "column of vectors, arrays of numbers, or text");
    outputCol = new Param<>(owner, "outputCol", "column of the k projected values");
    outputType = choice(owner, "outputType", "type of the output column", "vector", "array");
    handleInvalid =
        choice(
            owner,
            "handleInvalid",
            "rows that cannot be projected (null, NaN, infinite, wrong length): error stops, skip"
                + " drops them, keep gives null",
            "error",
            "skip",
            "keep");
    direction =
        choice(
            owner,
            "direction",
            "project a row x to Rx, or take a projected row y back to R'y",
            "project",
            "back-project");
    k =
        new IntParam(
            owner,
            "k",
            "output dimension; 0 takes the smallest that keeps the guarantee",
            ParamValidators.gtEq(0.0));
    d =
        new LongParam(
            owner,
            "d",
            "input dimension; 0 takes it from the column's metadata or its first row",
            ParamValidators.gtEq(0.0));
    family =
        choice(
            owner,
            "family",
            "law of the random matrix; auto is sign for a known d up to 16384, else sparse-sign",
            "auto",
            "sign",
            "sparse-sign",
            "hadamard",
            "gaussian",
            "orthonormal",
            "very-sparse");
    nonzeros =
        new IntParam(
            owner,
            "nonzeros",
            "non-zero entries for each feature (sparse-sign)",
            ParamValidators.gtEq(1.0));
    density =
        new DoubleParam(
            owner,
            "density",
            "share of non-zero entries (very-sparse); 0 takes 1/sqrt(d)",
            ParamValidators.inRange(0.0, 1.0));
    seed = new LongParam(owner, "seed", "key of the random matrix");
    precision = choice(owner, "precision", "type of the arithmetic", "float", "double");
    kernel =
        choice(
            owner,
            "kernel",
            "exact: the same bits whatever the cluster's shape; fast: blocks of rows through the"
                + " machine's BLAS, for sign, gaussian and orthonormal",
            "exact",
            "fast");
    guarantee =
        choice(
            owner,
            "guarantee",
            "what holds within eps: a share of all pairs, every pair, every pair of a query and a"
                + " row, or every norm",
            "share",
            "all-pairs",
            "queries",
            "norms");
    eps =
        new DoubleParam(
            owner,
            "eps",
            "tolerated relative change of distances",
            ParamValidators.inRange(0.0, 1.0, false, false));
    distance =
        choice(
            owner, "distance", "whether eps speaks of squared distances", "squared", "unsquared");
    delta =
        new DoubleParam(
            owner,
            "delta",
            "probability that the guarantee fails",
            ParamValidators.inRange(0.0, 1.0, false, false));
    share =
        new DoubleParam(
            owner,
            "share",
            "expected share of pairs within eps (guarantee share)",
            ParamValidators.inRange(0.0, 1.0, false, false));
    rows =
        new LongParam(
            owner,
            "rows",
            "number of rows that the guarantee speaks of; 0 counts the data",
            ParamValidators.gtEq(0.0));
    queries =
        new LongParam(
            owner,
            "queries",
            "number of query rows (guarantee queries)",
            ParamValidators.gtEq(1.0));
    textUnit = choice(owner, "textUnit", "what a text is cut into", "words", "characters");
    minGram = new IntParam(owner, "minGram", "shortest n-gram of units", ParamValidators.gtEq(1.0));
    maxGram = new IntParam(owner, "maxGram", "longest n-gram of units", ParamValidators.gtEq(1.0));
    weighting =
        choice(owner, "weighting", "weight of a feature in a text", "count", "log", "tf-idf");
    rowNorm = choice(owner, "rowNorm", "scale of a text's row", "none", "l2");
  }

  /** The defaults of {@link RandomProjection}: 99 % of pairs within 20 %, float, vectors out. */
  void setDefaults(ProjectionParams stage) {
    stage.setDefault(outputType, "vector");
    stage.setDefault(handleInvalid, "error");
    stage.setDefault(direction, "project");
    stage.setDefault(k, 0);
    stage.setDefault(d, 0L);
    stage.setDefault(family, "auto");
    stage.setDefault(nonzeros, ProjectionSpec.DEFAULT_NONZEROS);
    stage.setDefault(density, 0.0);
    stage.setDefault(seed, 0L);
    stage.setDefault(precision, "float");
    stage.setDefault(kernel, "exact");
    stage.setDefault(guarantee, "share");
    stage.setDefault(eps, 0.2);
    stage.setDefault(distance, "squared");
    stage.setDefault(delta, 0.01);
    stage.setDefault(share, 0.99);
    stage.setDefault(rows, 0L);
    stage.setDefault(queries, 1000L);
    stage.setDefault(textUnit, "words");
    stage.setDefault(minGram, 1);
    stage.setDefault(maxGram, 1);
    stage.setDefault(weighting, "count");
    stage.setDefault(rowNorm, "none");
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

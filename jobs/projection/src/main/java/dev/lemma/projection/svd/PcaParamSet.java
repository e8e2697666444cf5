// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of both stages, made once for each stage object. */
final class PcaParamSet {
  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> outputType;
  final Param<String> handleInvalid;
  final IntParam k;
  final IntParam oversampling;
  final IntParam reads;
  final Param<String> mode;
  final BooleanParam center;
  final BooleanParam scale;
  final LongParam seed;
  final Param<String> kernel;

  PcaParamSet(Params owner) {
    inputCol = new Param<>(owner, "inputCol", "column of vectors or arrays of numbers");
    outputCol = new Param<>(owner, "outputCol", "column of the k scores");
    outputType = choice(owner, "outputType", "type of the output column", "vector", "array");
    handleInvalid =
        choice(
            owner,
            "handleInvalid",
            "rows that cannot be used (null, NaN, infinite, wrong length): error stops, skip drops"
                + " them, keep gives null scores",
            "error",
            "skip",
            "keep");
    k = new IntParam(owner, "k", "number of components", ParamValidators.gtEq(1.0));
    oversampling =
        new IntParam(
            owner,
            "oversampling",
            "columns looked for beyond k; unset: 20, or half of k if that is more",
            ParamValidators.gtEq(0.0));
    reads =
        new IntParam(owner, "reads", "how often fitting reads the rows", ParamValidators.gtEq(1.0));
    mode =
        choice(
            owner,
            "mode",
            "power reads once a power step and cuts values below 1e-8 of the largest; two-sided"
                + " reads twice",
            "power",
            "two-sided");
    center = new BooleanParam(owner, "center", "subtract the mean of each column");
    scale = new BooleanParam(owner, "scale", "divide each column by its standard deviation");
    seed = new LongParam(owner, "seed", "key of the start matrix");
    kernel =
        choice(
            owner,
            "kernel",
            "exact: the same bits for every partitioning; fast: the machine's BLAS",
            "exact",
            "fast");
  }

  private static Param<String> choice(Params owner, String name, String doc, String... values) {
    List<String> known = Arrays.asList(values);
    return new Param<>(
        owner, name, doc + " (" + String.join(", ", values) + ")", ParamValidators.inArray(known));
  }

  void setDefaults(PcaParams owner) {
    owner.setDefault(outputType, "vector");
    owner.setDefault(handleInvalid, "error");
    owner.setDefault(reads, 3);
    owner.setDefault(mode, "power");
    owner.setDefault(center, true);
    owner.setDefault(scale, false);
    owner.setDefault(seed, 0L);
    owner.setDefault(kernel, "fast");
  }
}
